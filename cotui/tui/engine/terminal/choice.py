"""Which driver draws: ours, or Textual's own where ours is not wanted or not sure; and on which stream."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TextIO

#: TERM names of what is no screen
_NO_SCREEN: Final = r"dumb$|unknown$|network$|dialup$"
#: TERM names of terminals that don't place text as our driver expects, with what is known of them (terminfo)
_BROKEN: Final = (
    (_NO_SCREEN, "has no cursor that can be moved"),
    (r"vt52|vt100-s|adm|wyse?[0-9]|tvi|hp|ibm|sun|emacs|eterm-?color$|eterm$", "is not a terminal of the xterm family"),
    (r"cons25|pcansi|ansi$|ansi-m|cygwin|interix|ms-vt", "treats colours and scroll regions in a way of its own"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether the driver is ours or Textual's own, and why (for `cotui --version --verbose`)."""

    lean: bool
    reason: str


def no_screens(environ: Mapping[str, str]) -> str:
    """Why this terminal can show no screens, whichever driver draws; "" where it can."""
    term = environ.get("TERM", "")
    return f"TERM says {term}, which {_BROKEN[0][1]}" if re.match(_NO_SCREEN, term, re.IGNORECASE) else ""


def choose(wanted: str, environ: Mapping[str, str], platform: str = sys.platform) -> Choice:
    """Choose the driver.

    Args:
        wanted: the option or the setting `driver`: "lean", "stock" or "auto", which is ours wherever it is exact.
        environ: where TERM and TEXTUAL_DRIVER are looked up; the latter names a driver of Textual's, for
            developers, and wins over `auto`.
        platform: as `sys.platform`; ours needs what Unix terminals have.
    """
    if platform == "win32":
        return Choice(False, "Windows consoles are Textual's own matter")
    if wanted == "stock":
        return Choice(False, "chosen by --driver or the setting interface.driver")
    if wanted == "lean":
        return Choice(True, "chosen by --driver or the setting interface.driver")
    if environ.get("TEXTUAL_DRIVER"):
        return Choice(False, "TEXTUAL_DRIVER names one")
    term = environ.get("TERM", "")
    if not term:
        return Choice(False, "TERM is not set, so nothing is known of the terminal")
    for names, reason in _BROKEN:
        if re.match(names, term, re.IGNORECASE):
            return Choice(False, f"TERM says {term}, which {reason}")
    return Choice(True, f"TERM says {term}")


def terminal_stream() -> TextIO:
    """The standard stream that is a terminal: output where it can be, as the keys come from there as well.

    Textual takes standard error. In `cotui 2> log` the screen would be in the log, and nothing to be seen.
    """
    streams = [stream for stream in (sys.__stdout__, sys.__stderr__) if stream is not None]
    return next((stream for stream in streams if stream.isatty()), streams[-1])
