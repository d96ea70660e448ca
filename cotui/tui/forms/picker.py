"""Choose one record by a part of its name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from cotui.api import Api, ApiError, Record
from cotui.catalog import Field, Resource
from cotui.desk.candidates import Candidates
from cotui.desk.names import customer_of, customers_in, names_customer
from cotui.query import Condition
from cotui.safety.text import clean
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import ValueOption
from cotui.tui.base.choose import SearchDialog
from cotui.tui.base.format import cell
from cotui.tui.base.line import TextBlock, TextLine

#: seconds between two keys after which a text is looked for
PAUSE: Final = 0.15
#: rows whose customers are asked for, which is as many as are on the screen
NAMED: Final = 25


class RecordPicker(SearchDialog[Record]):
    """Finds records of the account by a part of their name; the record with the id `current` is marked first.

    `search` is the wire name of the field that is searched; "" for the title field.
    """

    DEFAULT_CSS = """
    RecordPicker > #box { height: 100%; max-height: 26; max-width: 96; }
    RecordPicker OptionList { height: 1fr; }
    RecordPicker #found { color: $text-muted; max-height: 3; }
    RecordPicker #found.bad { color: $text-error; }
    """
    BINDINGS = [
        Binding("down", "highlight('cursor_down')", "Next", show=False),
        Binding("up", "highlight('cursor_up')", "Previous", show=False),
        Binding("pagedown", "highlight('page_down')", "Next page", show=False),
        Binding("pageup", "highlight('page_up')", "Previous page", show=False),
        Binding("f5", "again", "Read again", id="picker.again"),
    ]

    def __init__(
        self,
        api: Api,
        resource: Resource,
        *,
        title: str,
        conditions: Sequence[Condition] = (),
        search: str = "",
        current: int | str | None = None,
    ) -> None:
        super().__init__(longest=200)
        self._api = api
        self._resource = resource
        self._title = clean(title)
        self._conditions = tuple(conditions)
        self._search = search
        self._current = current
        self._candidates = Candidates(api, resource, conditions, search)
        self.rows: list[Record] = []
        #: Enter was pressed before the rows for the text were there
        self._take_first = False
        self._reading = False
        self._found = TextBlock(id="found")

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(self._title, "title")
            yield from (self.entry, self.options, self._found)
            yield TextLine("↑ ↓ choose · enter takes · esc leaves", classes="faint")

    def on_mount(self) -> None:
        self._find("")

    @work(exclusive=True, group="find")
    async def _find(self, text: str) -> None:
        self._reading = True
        if text:
            await asyncio.sleep(PAUSE)
        self._say("reading …")
        try:
            rows = await self._candidates.matching(text)
        except ApiError as error:
            self._reading = self._take_first = False
            self._show([])
            self._say(f"{error.what}: {error.todo} · f5 tries again", bad=True)
            return
        self._reading = False
        self._show(rows)
        what = self._resource.plural.casefold()
        if not rows:
            self._say(f"no {what} hold “{clean(text)}”" if text else f"there are no {what}")
        elif self._candidates.cut:
            self._say(f"the first {len(rows):,} {what}; type more of the name to find others")
        else:
            self._say(f"{len(rows):,} found")
        if self._take_first:
            self._take_first = False
            self.take()

    def _show(self, rows: list[Record]) -> None:
        self.rows = rows
        self.options.clear_options()
        width = max(20, min(90, self.app.size.width * 8 // 10 - 6))
        self.options.add_options([ValueOption(Content(self._line(row, width)), row) for row in rows])
        self.options.highlighted = self._first() if rows else None
        self._show_names(rows, width)

    @work(exclusive=True, group="names")
    async def _show_names(self, rows: list[Record], width: int) -> None:
        """Ask whom the first rows belong to, and write it into their lines."""
        names, resource = self.cotui.customer_names, self._resource
        columns = [resource.field(column.field) for column in resource.columns]
        await names.ask(self._api, list(islice(customers_in(rows, columns, resource), NAMED)))
        if rows is not self.rows or not any(customers_in(rows, columns, resource)):
            return
        for at, row in enumerate(rows):
            self.options.replace_option_prompt_at_index(at, Content(self._line(row, width)))

    def _first(self) -> int:
        """The row of what is chosen now, else the first."""
        if self._current is not None and not self.entry.value:
            for index, row in enumerate(self.rows):
                if str(row.id) == str(self._current):
                    return index
        return 0

    def _line(self, row: Record, width: int) -> str:
        resource = self._resource
        title = clean(str(row.shown.get(resource.title_field) or f"{resource.label} {row.id}"))
        number = f"no. {row.id}" if row.id is not None else ""
        rest = [
            text
            for column in resource.columns
            if column.field not in (resource.title_field, resource.primary_key)
            and (text := self._cell(row, resource.field(column.field)))
        ]
        name = max(16, width // 2 - 2)
        return f"{fit(title, name)}  {' · '.join([*rest, number] if number else rest)}"

    def _cell(self, row: Record, field: Field) -> str:
        if names_customer(field, self._resource) and (ref := customer_of(row.raw, field)) is not None:
            return self.cotui.customer_names.shown(ref)[0]
        return cell(row, field)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self._found.set_class(bad, "bad")
        self._found.show(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._take_first = False
        self._find(event.value.strip())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._reading:
            self._take_first = True
        else:
            self.take()

    def action_highlight(self, how: str) -> None:
        getattr(self.options, f"action_{how}")()

    def action_again(self) -> None:
        self._candidates = Candidates(self._api, self._resource, self._conditions, self._search)
        self._find(self.entry.value.strip())
