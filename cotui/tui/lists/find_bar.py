"""Find in the rows that are loaded: at the bottom and in other colours, so that nobody takes it for a filter."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from cotui.tui.base.line import TextLine
from cotui.tui.base.typed_line import TypedLine


class FindBar(Horizontal):
    """A line that is there only while something is searched for."""

    DEFAULT_CSS = """
    FindBar { height: 1; background: $warning-muted; color: $text-warning; display: none; }
    FindBar > TextLine { width: auto; padding: 0 1; background: $warning-muted; color: $text-warning; }
    FindBar > Input { width: 1fr; height: 1; border: none; padding: 0; background: $warning-muted; color: $foreground; }
    FindBar > Input:focus { border: none; }
    """
    help_heading = "Find"
    BINDINGS = [
        Binding("escape", "close(False)", "All rows again", id="find.close"),
        Binding("enter", "close(True)", "Keep", id="find.keep", priority=True),
    ]

    @dataclass
    class Changed(Message):
        """Another text is searched for; none: all rows again."""

        text: str

    @dataclass
    class Closed(Message):
        """The line has gone; `keep` when the narrowed rows stay."""

        keep: bool

    def __init__(self) -> None:
        super().__init__()
        self._entry = TypedLine(compact=True, max_length=200, select_on_focus=False)
        self._entry.cursor_blink = False

    def compose(self) -> ComposeResult:
        yield TextLine("find in loaded rows only")
        yield self._entry

    def open(self) -> None:
        """Show the line and take the keys."""
        self.display = True
        self._entry.focus()

    def close(self, *, keep: bool) -> None:
        """Give the keys back; without `keep` the text is forgotten and all rows are shown."""
        if not keep:
            with self.prevent(Input.Changed):
                self._entry.value = ""
            self.display = False
        self.post_message(self.Closed(keep))

    def action_close(self, keep: bool) -> None:
        self.close(keep=keep and bool(self._entry.value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
