"""An answer page on the screen: facts, tables and fields, with one cursor through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from cotui.api import Record
from cotui.catalog import Resource
from cotui.desk.answers.page import Page, Row
from cotui.tui.base.frame_screen import RecordWanted
from cotui.tui.pages.answer_entry import ALL_FIELDS, GROUP, AnswerEntry, part_of
from cotui.tui.pages.answer_lines import build_answer
from cotui.tui.pages.field_lines import group_of, groups_of
from cotui.tui.records.record_page import Entry, RecordPage
from cotui.tui.records.record_view import RecordView

#: lines of a page from which blank ones part its tables
_AIRY = 26


class AnswerView(RecordView):
    """Shows a record with its answer; without one, until that is here, the record alone."""

    help_heading = "Page"
    cursor_sign = ">"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "part(1)", "Next part", id="page.next_part"),
        Binding("shift+tab", "part(-1)", "Previous part", show=False, id="page.previous_part"),
        Binding("right,l", "column(1)", "Column at the right", show=False, id="page.right"),
        Binding("left,h", "column(0)", "Column at the left", show=False, id="page.left"),
    ]

    class ListWanted(Message):
        """The user wants all that a table has the first rows of."""

        def __init__(self, relation: str) -> None:
            super().__init__()
            self.relation = relation

    #: what is said of the record; None where it is shown as it is
    page: Page | None = None
    _airy = False

    def answer(self, resource: Resource, page: Page, record: Record | None) -> None:
        """Show an answer. What is selected stays so, on its line where that is possible."""
        same = self.page is not None and (self.page.resource_id, self.page.ref) == (
            page.resource_id,
            page.ref,
        )
        if not same:
            self._opened.clear()
        self.page, self.resource, self.record, self.raw, self._message = page, resource, record, False, ()
        self.rebuild(keep=same)

    def show(self, resource: Resource, record: Record, *, raw: bool = False) -> None:
        if not raw:
            self.page = None
        super().show(resource, record, raw=raw)

    def show_message(self, lines: Sequence[str]) -> None:
        self.page = None
        super().show_message(lines)

    def make_page(self, width: int) -> RecordPage:
        if self.page is None or self.resource is None or self.raw:
            return super().make_page(width)
        self._airy = self.size.height >= _AIRY
        options = replace(self.options(width), titled=False)
        return build_answer(
            self.resource,
            self.page,
            self.record,
            options,
            retry_key=self.retry_key(),
            airy=self._airy,
        )

    def retry_key(self) -> str:
        """The key of the screen that reads again."""
        found = (item.binding for item in self.screen.active_bindings.values())
        return next((self.app.get_key_display(item) for item in found if item.action == "refresh"), "")

    def on_resize(self) -> None:
        if self.page is not None and self._airy != (self.size.height >= _AIRY) and self._page.width:
            self.rebuild(keep=True)
        super().on_resize()

    @property
    def selected_row(self) -> Row | None:
        """The row under the cursor, where it is a record of its own."""
        entry = self.selected_entry
        row = entry.row if isinstance(entry, AnswerEntry) else None
        return row if row is not None and row.resource_id and row.ref is not None else None

    def select(self, name: str) -> bool:
        """Select a value by its place; its group is opened for it."""
        if super().select(name):
            return True
        if self.page is None or self.resource is None or self.record is None:
            return False
        self._opened.add(group_of(self.resource, name))
        self.rebuild(keep=True)
        return super().select(name)

    def describe(self, entry: Entry) -> str:
        if isinstance(entry, AnswerEntry):
            if entry.row is None and entry.table is not None:
                opens = "enter opens them as a list" if entry.table.relation else ""
                return " · ".join(filter(None, (entry.meaning or entry.label, opens)))
            return entry.meaning
        if entry.name.startswith(GROUP):
            return f"{entry.label} · {'enter closes it' if entry.name in self._opened else 'enter opens it'}"
        return super().describe(entry)

    def action_open(self) -> None:
        entry = self.selected_entry
        if isinstance(entry, AnswerEntry) and entry.row is None:
            if entry.table is not None and entry.table.relation:
                self.post_message(self.ListWanted(entry.table.relation))
        elif entry is not None and entry.name == ALL_FIELDS:
            self._toggle_all()
        else:
            super().action_open()

    def action_follow(self) -> None:
        entry = self.selected_entry
        if isinstance(entry, AnswerEntry) and entry.reference is not None and entry.row is not None:
            self.post_message(RecordWanted(*entry.reference, entry.row.record))
        else:
            super().action_follow()

    def _toggle_all(self) -> None:
        assert self.resource is not None
        assert self.record is not None
        names = groups_of(self.resource, self.record)
        if names <= self._opened:
            self._opened -= names
        else:
            self._opened |= names
        self.rebuild(keep=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an answer there are no parts."""
        if action in ("part", "column"):
            return self.page is not None and not self.raw
        return super().check_action(action, parameters)

    def action_part(self, step: int) -> None:
        """Go to the next part: the first row of a table, or its head where it has none; round at the ends."""
        firsts = self._firsts()
        if not firsts:
            return
        here = part_of(self._page.entries[self._index])
        parts = list(firsts)
        self._select(firsts[parts[(parts.index(here) + step) % len(parts)]])

    def _firsts(self) -> dict[str, int]:
        """The entry that each part begins with, in their order."""
        firsts: dict[str, int] = {}
        heads: set[str] = set()
        for at, entry in enumerate(self._page.entries):
            part = part_of(entry)
            if part not in firsts:
                firsts[part] = at
                if isinstance(entry, AnswerEntry) and entry.table is not None and entry.row is None:
                    heads.add(part)
            elif part in heads:
                firsts[part] = at
                heads.discard(part)
        return firsts

    def action_column(self, column: int) -> None:
        """Go to what stands beside, in the other column."""
        entries: Sequence[Entry] = self._page.entries
        if self._index >= len(entries) or entries[self._index].column == column:
            return
        line = entries[self._index].first
        beside = [at for at, entry in enumerate(entries) if entry.column == column]
        if column == 1 and (not beside or line < entries[beside[0]].first):
            return
        if beside:
            self._select(min(beside, key=lambda at: abs(entries[at].first - line)))
