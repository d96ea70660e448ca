"""Which columns a table shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from cotui.catalog import Field, Resource
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import SteadyList
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import TextBlock
from cotui.tui.lists.table_columns import label_among


class FieldList(SteadyList):
    """A click shows or hides, as space does; taking the choice is left to Enter."""

    class Clicked(Message):
        """A field was clicked; it is highlighted now."""

    async def _on_click(self, event: events.Click) -> None:
        event.prevent_default()  # it would be taken for Enter
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked < self.option_count:
            self.highlighted = clicked
            self.post_message(self.Clicked())


class ColumnsDialog(Dialog[tuple[str, ...]]):
    """Space shows or hides a column, shift with the arrows moves it, Enter takes the choice."""

    DEFAULT_CSS = """
    ColumnsDialog > #box { height: 100%; max-width: 90; }
    ColumnsDialog OptionList { height: 1fr; }
    """
    BINDINGS = [
        Binding("space", "show_or_hide", "Show or hide", id="columns.toggle"),
        Binding("K,shift+up", "shift(-1)", "Move left", key_display="K", id="columns.left"),
        Binding("J,shift+down", "shift(1)", "Move right", key_display="J", id="columns.right"),
        Binding("d", "defaults", "Defaults", id="columns.defaults"),
    ]

    def __init__(self, resource: Resource, chosen: Sequence[str]) -> None:
        super().__init__()
        self._resource = resource
        self._chosen = [name for name in chosen if resource.find(name) is not None]
        rest = [item.name for item in resource.fields if item.listed and item.name not in self._chosen]
        self._names = self._chosen + rest
        self._before = tuple(self._chosen)
        self._options = FieldList(*(self._option(name) for name in self._names), markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(f"Columns of {self._resource.plural.casefold()}", "title")
            yield self._options
            yield TextBlock(
                "space shows or hides · J K move · d defaults · enter takes · esc leaves", "faint"
            )

    def _option(self, name: str) -> Option:
        field: Field = self._resource.field(name)
        mark = "■" if name in self._chosen else "□"
        return Option(Content(f"{mark} {fit(label_among(self._resource, field), 26)}  {field.meaning}"))

    def _redraw(self, at: int) -> None:
        self._options.clear_options()
        self._options.add_options([self._option(name) for name in self._names])
        self._options.highlighted = at

    @property
    def typed(self) -> bool:
        return tuple(self._chosen) != self._before

    @on(FieldList.Clicked)
    def action_show_or_hide(self) -> None:
        at = self._options.highlighted
        if at is None:
            return
        name = self._names[at]
        if name in self._chosen:
            if len(self._chosen) > 1:
                self._chosen.remove(name)
        else:
            self._chosen = [item for item in self._names if item in self._chosen or item == name]
        self._options.replace_option_prompt_at_index(at, self._option(name).prompt)

    def action_shift(self, step: int) -> None:
        at = self._options.highlighted
        if at is None or not 0 <= at + step < len(self._names):
            return
        self._names[at], self._names[at + step] = self._names[at + step], self._names[at]
        self._chosen = [item for item in self._names if item in self._chosen]
        self._redraw(at + step)

    def action_defaults(self) -> None:
        self.dismiss(tuple(column.field for column in self._resource.columns))

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.dismiss(tuple(self._chosen))
