"""Choose one record by a part of its name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from cotui.api import Api, ApiError, Record
from cotui.catalog import Resource
from cotui.desk.candidates import Candidates
from cotui.query import Condition
from cotui.safety.text import clean
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.format import cell
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextLine

#: seconds between two keys after which a text is looked for
PAUSE: Final = 0.15


class RecordPicker(Dialog[Record]):
    """A part of a name finds records of the account; Enter takes the one that is marked.

    Args:
        search: wire name of the field that a typed text is looked for in; "" takes the title field.
        current: id of the record that is chosen now; it is marked where it is in the list.
    """

    DEFAULT_CSS = """
    RecordPicker > #box { height: 100%; max-height: 26; max-width: 96; }
    RecordPicker Input { border: none; height: 1; padding: 0; background: $panel; }
    RecordPicker Input:focus { border: none; }
    RecordPicker OptionList {
        height: 1fr; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    RecordPicker OptionList:focus { border: none; }
    RecordPicker #found { color: $text-muted; height: auto; max-height: 3; }
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
        super().__init__()
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
        self._entry = TypedLine(placeholder="type a part of the name", compact=True, max_length=200)
        self._entry.cursor_blink = False
        self._options: Choices[Record] = Choices()
        self._options.can_focus = False
        self._found = Static("", id="found", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(self._title), classes="title", markup=False)
            yield from (self._entry, self._options, self._found)
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
            self._take()

    def _show(self, rows: list[Record]) -> None:
        self.rows = rows
        self._options.clear_options()
        width = max(20, min(90, self.app.size.width * 8 // 10 - 6))
        self._options.add_options([ValueOption(Content(self._line(row, width)), row) for row in rows])
        self._options.highlighted = self._first() if rows else None

    def _first(self) -> int:
        """The row of what is chosen now, else the first."""
        if self._current is not None and not self._entry.value:
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
            and (text := cell(row, resource.field(column.field)))
        ]
        name = max(16, width // 2 - 2)
        return f"{fit(title, name)}  {' · '.join([*rest, number] if number else rest)}"

    def _say(self, text: str, *, bad: bool = False) -> None:
        self._found.set_class(bad, "bad")
        self._found.update(Content(text))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._take_first = False
        self._find(event.value.strip())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._reading:
            self._take_first = True
        else:
            self._take()

    def _take(self) -> None:
        if (marked := self._options.marked) is not None:
            self.dismiss(marked)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if (taken := self._options.taken(event)) is not None:
            self.dismiss(taken)

    def action_highlight(self, how: str) -> None:
        getattr(self._options, f"action_{how}")()

    def action_again(self) -> None:
        self._candidates = Candidates(self._api, self._resource, self._conditions, self._search)
        self._find(self._entry.value.strip())
