"""What is told of a fault of the program's own: where it happened, never with which values.

Textual's report shows the local variables of every frame and what was said with the error; its switches for developers
write every key to a file, send it to another program, or draw the screen into a file. Passwords and login links would
be among them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from rich.segment import Segment, Segments
from textual import constants

from cotui.tui.engine.scrub import scrub

if TYPE_CHECKING:
    from rich.console import Console
    from rich.traceback import Trace

#: what stands for an error's own text, which may hold whatever was worked with
_LEFT_OUT: Final = "(its text is left out: it may hold what was worked with)"
#: Textual's switches by which keys or screens leave, or by which keys come that nobody has pressed; and what turns each
#: off. They are set by variables of the environment, which Textual has read when this is loaded.
OFF: Final[dict[str, Any]] = {
    "DEBUG": False,  # TEXTUAL_DEBUG: every key goes to ./keys.log
    "LOG_FILE": None,  # TEXTUAL_LOG: and to this file
    "SCREENSHOT_DELAY": -1,  # TEXTUAL_SCREENSHOT: the screen is drawn into a file
    "SCREENSHOT_LOCATION": None,
    "SCREENSHOT_FILENAME": None,
    "PRESS": "",  # TEXTUAL_PRESS: these keys are pressed
    "SHOW_RETURN": False,
}
#: the variable that has Textual connect to a developer's console, which is told of every key
FEATURES: Final = "TEXTUAL"


def report(console: Console) -> Segments:
    """The fault that is being handled, with its source lines and without its variables and its text.

    What the fault says may be a text of the server's, so nothing of it commands the terminal.
    """
    import sys

    import rich
    from rich.traceback import Traceback

    kind, error, way = sys.exc_info()
    if kind is None or error is None:
        return Segments(())
    try:
        trace = Traceback.extract(kind, error, way, show_locals=False)
        _leave_texts_out(trace)
        drawn = list(
            console.render(Traceback(trace, show_locals=False, width=None, suppress=[rich]), console.options)
        )
    except Exception:  # noqa: BLE001 - a fault that can't be drawn in colours is told all the same
        import traceback

        drawn = [Segment("".join(traceback.format_tb(way)) + f"{kind.__name__}: {_LEFT_OUT}\n")]
    return Segments([_harmless(segment) for segment in drawn])


def _harmless(segment: Segment) -> Segment:
    lines = segment.text.split("\n")
    return Segment("\n".join(scrub(line) for line in lines), segment.style)


def _leave_texts_out(trace: Trace) -> None:
    for stack in trace.stacks:
        stack.exc_value = _LEFT_OUT
        stack.notes = []
        stack.syntax_error = None
        for inner in stack.exceptions:
            _leave_texts_out(inner)


def keep_no_log() -> None:
    """None of Textual's switches for developers has an effect on cotui. Call it before an app is made."""
    for name, value in OFF.items():
        setattr(constants, name, value)
    os.environ.pop(FEATURES, None)
