"""The lines of a statement to scroll through, with a cursor on its entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from cotui.desk.statement.balances import Statement
from cotui.tui.base.cells import wrap
from cotui.tui.base.frame_screen import RecordWanted
from cotui.tui.records.page_view import PageView
from cotui.tui.records.record_page import Entry, RecordPage
from cotui.tui.statement.statement_page import OLDER, build_page


class StatementView(PageView):
    """Shows a statement, or lines of text in its place."""

    help_heading = "Entries"
    #: tells the line under the cursor where there are no colours
    cursor_sign = ">"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="statement.entry"),
        Binding("end,G", "older", "Load older", key_display="end", id="statement.older"),
    ]

    class OlderWanted(Message):
        """Its user is at the end and wants what is older."""

    def __init__(self) -> None:
        super().__init__(id="statement")
        self.statement: Statement | None = None
        self._message: tuple[str, ...] = ()

    def show(self, statement: Statement) -> None:
        """Show a statement; the cursor stays on its entry."""
        self.statement = statement
        self.rebuild(keep=True)

    def show_message(self, lines: Sequence[str]) -> None:
        """Show lines of text, the first one prominent: loading, failed."""
        self.statement, self._message = None, tuple(lines)
        self.rebuild(keep=False)

    def make_page(self, width: int) -> RecordPage:
        if self.statement is not None:
            return build_page(self.statement, width)
        page = RecordPage(width)
        for number, text in enumerate(self._message):
            for part in wrap(text, width - 1):
                page.add_line((f" {part}", "title" if number == 0 else ""))
        return page

    def describe(self, entry: Entry) -> str:
        return entry.meaning

    def action_open(self) -> None:
        """Open what the line is about."""
        entry = self.selected_entry
        if entry is None:
            return
        if entry.reference is not None:
            self.post_message(RecordWanted(*entry.reference))
        elif entry.name.startswith(OLDER):
            self.post_message(self.OlderWanted())

    def action_older(self) -> None:
        """Go to the oldest entry that is here, and have what is older read."""
        self.action_jump(-1)
        self.post_message(self.OlderWanted())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the entry under the pointer; a second click opens it."""
        at = event.get_content_offset(self)
        if at is None or at.y >= self._body_height:
            return
        number = self.scroll_offset.y + at.y
        entry = self._page.lines[number].entry if number < len(self._page.lines) else -1
        if entry < 0:
            return
        if entry == self._index and event.chain > 1:
            self.action_open()
        else:
            self._select(entry)
