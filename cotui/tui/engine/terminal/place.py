"""Where the screens are drawn."""

from __future__ import annotations

import sys
from typing import TextIO


def screen() -> TextIO:
    """The standard stream that is a terminal: output where it can be, as the keys come from there as well.

    Textual takes standard error. In `cotui 2> log` the screen would be in the log, and nothing to be seen.
    """
    streams = [stream for stream in (sys.__stdout__, sys.__stderr__) if stream is not None]
    return next((stream for stream in streams if stream.isatty()), streams[-1])
