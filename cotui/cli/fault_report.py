"""What is told of a fault of cotui's own: what kind it is and where it happened, never with which values."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cotui.safety.tracebacks import way

#: the environment variable that asks for the whole way to the fault
WAY: Final = "COTUI_TRACEBACK"
_PACKAGE = Path(__file__).parent.parent


def report(error: BaseException, environ: Mapping[str, str]) -> str:
    """One line about a fault, and below it the way there if the environment asks for that.

    An error's own text is left out: it may hold whatever was worked with, such as a password.
    """
    line = f"a fault of cotui's own: {type(error).__name__} {_place(error)}"
    if not environ.get(WAY):
        return (
            f"{line}. To report it, run it again with {WAY}=1: that shows the way there, without any values"
        )
    return f"{line}\n{''.join(way(error))}".rstrip()


def _place(error: BaseException) -> str:
    """Where in cotui it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    if not own:
        return "outside of its files"
    return f"in {Path(own[-1].filename).relative_to(_PACKAGE.parent)}, line {own[-1].lineno}"
