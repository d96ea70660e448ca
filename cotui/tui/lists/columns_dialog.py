"""Which columns a table shows, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input
from textual.widgets.option_list import Option

from cotui.catalog import Field, Resource
from cotui.tui.base.cells import fit
from cotui.tui.base.choices import SteadyList
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import TextBlock, TextLine
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


class _SearchLine(TypedLine):
    """Takes all that is typed but blanks."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return key != "space" and super().check_consume_key(key, character)


class ColumnsDialog(Dialog[tuple[str, ...]]):
    """Letters search, space shows or hides a column, shift with the arrows moves it, Enter takes the choice."""

    DEFAULT_CSS = """
    ColumnsDialog > #box { height: 75%; max-width: 84; }
    ColumnsDialog.low > #box { height: 100%; }
    ColumnsDialog OptionList { height: 1fr; }
    ColumnsDialog TypedLine:focus { background: $panel; }
    """
    AUTO_FOCUS = "_SearchLine"
    # the keys stay with the line that is typed into, which would take some of these for its own
    BINDINGS = [
        Binding("down", "highlight('cursor_down')", "Next", show=False),
        Binding("up", "highlight('cursor_up')", "Previous", show=False),
        Binding("pagedown", "highlight('page_down')", "Next page", show=False),
        Binding("pageup", "highlight('page_up')", "Previous page", show=False),
        Binding("home", "highlight('first')", "First", show=False, priority=True),
        Binding("end", "highlight('last')", "Last", show=False, priority=True),
        Binding("space", "show_or_hide", "Show or hide", id="columns.toggle", priority=True),
        Binding("shift+up", "shift(-1)", "Move left", id="columns.left"),
        Binding("shift+down", "shift(1)", "Move right", id="columns.right"),
        Binding("ctrl+d", "defaults", "Defaults", id="columns.defaults", priority=True),
    ]

    def __init__(self, resource: Resource, chosen: Sequence[str], *, hidden: Collection[str] = ()) -> None:
        super().__init__()
        #: the chosen ones for which there is no room on the screen
        self._hidden = hidden
        self._resource = resource
        self._chosen = [name for name in chosen if resource.find(name) is not None]
        rest = [item.name for item in resource.fields if item.listed and item.name not in self._chosen]
        self._names = self._chosen + rest
        self._before = tuple(self._chosen)
        #: those that hold what was typed
        self._found = self._names
        self._title = TextLine(self._words(), classes="title")
        self._entry = _SearchLine(placeholder="type a part of the name", max_length=60)
        self._options = FieldList(*(self._option(name) for name in self._names), markup=False)
        self._options.can_focus = False

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield from (self._title, self._entry, self._options)
            yield TextBlock(
                "space shows or hides · shift+↑ ↓ moves · ctrl+d defaults, widths too · enter takes · esc leaves",
                "faint",
            )

    def on_mount(self) -> None:
        self._options.highlighted = 0

    @property
    def typed(self) -> bool:
        return tuple(self._chosen) != self._before

    def _words(self) -> str:
        title = f"Columns of {self._resource.plural.casefold()}"
        if len(self._found) == len(self._names):
            return title
        return f"{title} · {len(self._found) or 'none'} of {len(self._names)}"

    def _option(self, name: str) -> Option:
        field: Field = self._resource.field(name)
        mark = "■" if name in self._chosen else "□"
        room = "no room here · " if name in self._hidden and name in self._chosen else ""
        return Option(Content(f"{mark} {fit(label_among(self._resource, field), 26)}  {room}{field.meaning}"))

    def _redraw(self, name: str | None) -> None:
        """Draw the options anew, with this one highlighted, or the first."""
        self._options.clear_options()
        self._options.add_options([self._option(found) for found in self._found])
        if self._found:
            self._options.highlighted = self._found.index(name) if name in self._found else 0

    @property
    def _at(self) -> int | None:
        at = self._options.highlighted
        return at if at is not None and at < len(self._found) else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        before = self._found[self._at] if self._at is not None else None
        self._found = matching(self._resource, self._names, event.value)
        self._title.show(self._words())
        self._redraw(None if event.value else before)

    def action_highlight(self, how: str) -> None:
        getattr(self._options, f"action_{how}")()

    @on(FieldList.Clicked)
    def action_show_or_hide(self) -> None:
        at = self._at
        if at is None:
            return
        name = self._found[at]
        if name in self._chosen:
            if len(self._chosen) > 1:
                self._chosen.remove(name)
        else:
            self._chosen = [item for item in self._names if item in self._chosen or item == name]
        self._options.replace_option_prompt_at_index(at, self._option(name).prompt)

    def action_shift(self, step: int) -> None:
        """Move a column to the other side of the one that stands next to it in the list."""
        at = self._at
        if at is None or not 0 <= at + step < len(self._found):
            return
        name, other = self._found[at], self._found[at + step]
        self._names = [item for item in self._names if item != name]
        self._names.insert(self._names.index(other) + (step > 0), name)
        self._chosen = [item for item in self._names if item in self._chosen]
        self._found = matching(self._resource, self._names, self._entry.value)
        self._redraw(name)

    def action_defaults(self) -> None:
        self.dismiss(tuple(column.field for column in self._resource.columns))

    @on(Input.Submitted)
    def _take(self) -> None:
        self.dismiss(tuple(self._chosen))


def matching(resource: Resource, names: Sequence[str], typed: str) -> list[str]:
    """Those of some fields that are called by what was typed; where none is, those whose meaning has it.

    Blanks make no difference: the key that types them shows and hides.
    """
    wanted = _folded(typed)
    if not wanted:
        return list(names)
    fields = [resource.field(name) for name in names]
    called = [
        field.name
        for field in fields
        if any(wanted in _folded(word) for word in (label_among(resource, field), field.name, *field.aliases))
    ]
    return called or [field.name for field in fields if wanted in _folded(field.meaning)]


def _folded(text: str) -> str:
    return "".join(text.casefold().replace("_", " ").split())
