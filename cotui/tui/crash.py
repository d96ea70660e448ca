"""What is told of a fault of the program's own: where it happened, never with which values.

Textual's report shows the local variables of every frame, and its debug log every key. Passwords and login
links would be among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segments
from textual import constants

if TYPE_CHECKING:
    from rich.console import Console


def report(console: Console) -> Segments:
    """The fault that is being handled, with its source lines and without its variables."""
    import rich
    from rich.traceback import Traceback

    traceback = Traceback(show_locals=False, width=None, suppress=[rich])
    return Segments(console.render(traceback, console.options))


def keep_no_log() -> None:
    """`TEXTUAL_LOG` has no effect on cotui: the file would hold every key that is pressed."""
    constants.LOG_FILE = None  # type: ignore[misc]
