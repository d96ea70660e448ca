"""One record, line by line: the preview beside the table and the body of the record's page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from cotui.api import Record
from cotui.catalog import Resource
from cotui.desk.account_words import AccountWords
from cotui.desk.names import CustomerNames, customers_in
from cotui.tui.base import clipboard
from cotui.tui.base.cells import wrap
from cotui.tui.base.frame_screen import RecordWanted, ValueCopied
from cotui.tui.engine.life import LivingScreen, lives
from cotui.tui.records.page_view import PageView
from cotui.tui.records.record_json import build_json_page, record_json
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import Entry, PageOptions, RecordPage


class RecordView(PageView):
    """Shows one `Record` of a `Resource`, or a message in its place: both are None then.

    `beside`: it stands beside a list, which has the keys. `titled`: it says itself whose record it shows. `names`: what
    customers are called that its numbers stand for, as far as that is known or becomes known. `words`: what the account
    calls other keys, where anything is known of that.
    """

    help_heading = "Fields"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="record.open"),
        Binding("o", "follow", "Open the record it points to", show=False, id="record.follow"),
        Binding("y", "copy", "Copy value", id="record.copy"),
        Binding("Y", "copy_record", "Copy record as JSON", show=False, id="record.copy_record"),
        Binding("E", "toggle_empty", "Show empty", id="record.empty"),
    ]

    def __init__(
        self,
        *,
        today: Callable[[], date] | None = None,
        follows: Callable[[str], bool] = bool,
        beside: bool = False,
        titled: bool = True,
        names: CustomerNames | None = None,
        words: Callable[[], AccountWords | None] = lambda: None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.resource: Resource | None = None
        self.record: Record | None = None
        self.raw = False
        self.show_empty = False
        self.follows = follows
        self.beside = beside
        self.titled = titled
        self._today = today
        self._names = names
        self._people: Mapping[str, str] = {}
        self._words = words
        self._message: tuple[str, ...] = ()
        self._opened: set[str] = set()

    def on_mount(self) -> None:
        if self._names is not None and isinstance(self.screen, LivingScreen):
            self.screen.at_end(self._names.on_learned(self._learned))

    def _learned(self, refs: frozenset[int | str]) -> None:
        if self.resource is None or self.record is None or self.raw or not lives(self):
            return
        if any(ref in refs for ref in customers_in((self.record,), self.resource.fields, self.resource)):
            self.rebuild(keep=True)

    def show(self, resource: Resource, record: Record, *, raw: bool = False) -> None:
        """Show a record; the same field stays selected, on the same line where possible.

        Showing the record that is on the screen already, as fetched again, also keeps what was opened.
        """
        same_kind = resource is self.resource
        if not same_kind or self.record is None or self.record.id != record.id or record.id is None:
            self._opened.clear()
            self._people = {}
        self.resource, self.record, self.raw, self._message = resource, record, raw, ()
        self.rebuild(keep=same_kind)

    def name_people(self, people: Mapping[str, str]) -> None:
        """Say what others are called whose numbers the record has, by the names of the fields."""
        if any(people.values()) and people != self._people:
            self._people = people
            self.rebuild(keep=True)

    def show_message(self, lines: Sequence[str]) -> None:
        """Show lines of plain text, the first one prominent: loading, failed, nothing here."""
        if self._message == tuple(lines) and self.record is None:
            return
        self.resource = self.record = None
        self._message = tuple(lines)
        self.rebuild(keep=False)

    def make_page(self, width: int) -> RecordPage:
        if self.resource is None or self.record is None:
            page = RecordPage(width)
            for number, text in enumerate(self._message):
                for part in wrap(text, width - 1):
                    page.add_line((f" {part}", "title" if number == 0 else ""))
            return page
        if self.raw:
            return build_json_page(self.resource, self.record, width)
        return build_page(self.resource, self.record, self.options(width))

    def options(self, width: int) -> PageOptions:
        """How pages of this width are built here."""
        today = self._today() if self._today is not None else None
        key = "" if self.beside else self.key_of("toggle_empty")
        options = PageOptions(
            width, self.show_empty, self._opened, today, self.follows, titled=self.titled, empty_key=key
        )
        if self._names is not None:
            options = replace(options, names=self._names.known, people=self._people)
        if (words := self._words()) is not None:
            options = replace(options, words=words.word_for)
        return options

    def describe(self, entry: Entry) -> str:
        key = "enter closes it" if entry.name in self._opened else "enter opens it"
        code = self._code(entry)
        parts = [
            f"{entry.label} ({entry.name})" if entry.label != entry.name else entry.label,
            f"ChargeOver's word: {code}" if code else "",
            entry.meaning,
        ]
        if entry.opens or entry.reference is not None:
            parts.insert(1, key)
        return " · ".join(part for part in parts if part)

    def _code(self, entry: Entry) -> str:
        """What the API calls a value that is shown in other words."""
        if entry.field is None or entry.field.secret or self.record is None:
            return ""
        return entry.field.type.code(self.record.shown.get(entry.name), entry.field)

    def key_of(self, action: str) -> str:
        """The key that does something here, as its user has set it; "" for none."""
        own = self._bindings.copy()
        own.apply_keymap(self.app._keymap)
        found = (binding for bindings in own.key_to_bindings.values() for binding in bindings)
        return next((self.app.get_key_display(item) for item in found if item.action == action), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """JSON holds all there is, whatever it says."""
        if action == "toggle_empty":
            return self.record is not None and not self.raw
        return super().check_action(action, parameters)

    def action_toggle_empty(self) -> None:
        if self.record is not None and not self.raw:
            self.show_empty = not self.show_empty
            self.rebuild(keep=True)

    def action_open(self) -> None:
        """Show the parts of a line, or else open the record that a key points to."""
        entry = self.selected_entry
        if entry is not None and entry.opens:
            self._opened ^= {entry.name}
            self.rebuild(keep=True)
        else:
            self.action_follow()

    def action_follow(self) -> None:
        entry = self.selected_entry
        if entry is not None and entry.reference is not None:
            self.post_message(RecordWanted(*entry.reference))

    def action_copy(self) -> None:
        entry = self.selected_entry
        if entry is None:
            return
        if entry.source is None:
            secret = entry.field is not None and entry.field.secret
            how = (
                f"{entry.label} is never copied" if secret else f"{entry.label} is empty: nothing was copied"
            )
            self.post_message(ValueCopied("", how, sent=False))
            return
        self._copy(entry.source)

    def action_copy_record(self) -> None:
        if self.resource is not None and self.record is not None:
            self._copy(partial(record_json, self.resource, self.record), lines=True)

    def _copy(self, source: str | Callable[[], str], *, lines: bool = False) -> None:
        async def copy() -> None:
            text = await asyncio.to_thread(source) if callable(source) else source
            result = await clipboard.copy(self.app, text, lines=lines)
            self.post_message(ValueCopied(text, result.how, result.hint, result.sent))

        self.run_worker(copy(), group="copy", exclusive=True)

    def on_click(self, event: events.Click) -> None:
        """Select the value under the pointer; a second click opens it."""
        at = event.get_content_offset(self)
        if at is None or at.y >= self._body_height:
            return
        number = self.scroll_offset.y + at.y
        if number >= len(self._page.lines):
            return
        entry = self._page.lines[number].entry
        if entry < 0:
            return
        if entry == self._index and event.chain > 1:
            self.action_open()
        else:
            self._select(entry)
