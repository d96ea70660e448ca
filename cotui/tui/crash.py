"""What is told of a fault of the program's own: where it happened, never with which values.

Textual's report shows the local variables of every frame, and its debug log every key. Passwords and login
links would be among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment, Segments
from textual import constants

from cotui.tui.line_filter import scrub

if TYPE_CHECKING:
    from rich.console import Console


def report(console: Console) -> Segments:
    """The fault that is being handled, with its source lines and without its variables.

    What the fault says may be a text of the server's, so nothing of it commands the terminal.
    """
    import rich
    from rich.traceback import Traceback

    try:
        drawn = list(
            console.render(Traceback(show_locals=False, width=None, suppress=[rich]), console.options)
        )
    except Exception:  # noqa: BLE001 - a fault that can't be drawn in colours is told all the same
        import traceback

        drawn = [Segment(traceback.format_exc())]
    return Segments([_harmless(segment) for segment in drawn])


def _harmless(segment: Segment) -> Segment:
    lines = segment.text.split("\n")
    return Segment("\n".join(line if line.isprintable() else scrub(line) for line in lines), segment.style)


def keep_no_log() -> None:
    """`TEXTUAL_LOG` has no effect on cotui: the file would hold every key that is pressed."""
    constants.LOG_FILE = None  # type: ignore[misc]
