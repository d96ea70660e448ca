"""A short table inside a form, for lists that are edited entry by entry, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cotui.safety.text import clean
from cotui.tui.base.cells import Align, fit
from cotui.tui.base.line import TextLine

GAP = 2


class EntryColumn(NamedTuple):
    """A column; the one without a width takes what is left. `from_width`: cells the table must have to show it."""

    heading: str
    width: int = 0
    align: Align = "left"
    from_width: int = 0


class EntryRow(NamedTuple):
    """The clean texts of an entry, one for each column, and its tone: "", "faint", "warn" or "good"."""

    texts: Sequence[str]
    tone: str = ""


class EntryTable(ScrollView, can_focus=True):
    """Entries, `most` of them at once, drawn line by line. What the keys do to them is up to who listens."""

    COMPONENT_CLASSES = {
        "entries--header",
        "entries--cursor",
        "entries--faint",
        "entries--warn",
        "entries--good",
    }
    DEFAULT_CSS = """
    EntryTable {
        height: auto; background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    EntryTable > .entries--header { background: $panel; color: $foreground; text-style: bold; }
    EntryTable > .entries--cursor { background: $panel-lighten-2; color: $foreground; }
    EntryTable:focus > .entries--cursor { background: $primary; color: $text; text-style: bold; }
    EntryTable > .entries--faint { color: $text-muted; text-style: strike; }
    EntryTable > .entries--warn { color: $text-warning; }
    EntryTable > .entries--good { color: $text-success; }
    """
    help_heading = "Entries"
    BINDINGS = [
        Binding("down,j", "move(1)", "Next entry", show=False),
        Binding("up,k", "move(-1)", "Previous entry", show=False),
        Binding("home", "jump(0)", "First entry", show=False),
        Binding("end", "jump(-1)", "Last entry", show=False),
        Binding("enter", "take", "Change"),
    ]

    class Taken(Message):
        """Enter, or a click on the entry under the cursor."""

    def __init__(
        self, columns: Sequence[EntryColumn], *, empty: str, most: int = 8, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._columns = columns
        self._empty = empty
        self._most = most
        self.rows: Sequence[EntryRow] = ()
        self.cursor = 0

    def show(self, rows: Sequence[EntryRow], cursor: int | None = None) -> None:
        """Show these entries, with the cursor where it was or on another one."""
        taller = len(rows) != len(self.rows)
        self.rows = rows
        self.virtual_size = Size(0, max(1, len(rows)) + 1)
        if taller:
            self.refresh(layout=True)
        self._go(self.cursor if cursor is None else cursor)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport, width
        return min(self._most, max(1, len(self.rows))) + 1

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        style = self.rich_style
        if y == 0:
            style += self.get_component_rich_style("entries--header", partial=True)
            return _strip(self._line([column.heading for column in self._columns], width), width, style)
        if not self.rows:
            style += Style(italic=True)
            return _strip(fit(f" {self._empty}", width) if y == 1 else "", width, style)
        index = y - 1 + self.scroll_offset.y
        if index >= len(self.rows):
            return _strip("", width, style)
        row = self.rows[index]
        if row.tone:
            style += self.get_component_rich_style(f"entries--{row.tone}", partial=True)
        if index == self.cursor:
            style += self.get_component_rich_style("entries--cursor", partial=True)
        return _strip(self._line(row.texts, width), width, style)

    def _line(self, texts: Sequence[str], width: int) -> str:
        shown = [
            (column, text)
            for column, text in zip(self._columns, texts, strict=True)
            if width >= column.from_width
        ]
        used = sum(column.width for column, _ in shown) + GAP * (len(shown) - 1) + 2
        growing = sum(1 for column, _ in shown if not column.width)
        left = max(0, width - used)
        cells = []
        for column, text in shown:
            room = column.width
            if not room:
                room = left // growing
                left, growing = left - room, growing - 1
            cells.append(fit(text.replace("\n", " ⏎ "), room, column.align))
        return fit(" " + (" " * GAP).join(cells), width)

    def _go(self, index: int) -> None:
        self.cursor = max(0, min(index, len(self.rows) - 1))
        visible = max(1, self.scrollable_content_region.height - 1)
        top = self.scroll_offset.y
        if not top <= self.cursor < top + visible:
            top = self.cursor if self.cursor < top else self.cursor - visible + 1
            self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def action_move(self, step: int) -> None:
        # it stops at the ends: the next letter would be typed into a field above
        self._go(self.cursor + step)

    def action_jump(self, index: int) -> None:
        self._go(index if index >= 0 else len(self.rows) - 1)

    def action_take(self) -> None:
        self.post_message(self.Taken())

    def on_click(self, event: events.Click) -> None:
        index = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or index >= len(self.rows):
            return
        if index == self.cursor and self.has_focus:
            self.action_take()
        else:
            self._go(index)

    def on_resize(self) -> None:
        self.virtual_size = Size(0, max(1, len(self.rows)) + 1)
        self._go(self.cursor)


class EntryEditor(Vertical):
    """An `EntryTable`, what its entries come to, and its keys or what is wrong; subclasses say what keys do."""

    DEFAULT_CSS = """
    EntryEditor { height: auto; }
    EntryEditor > .sum { text-style: bold; }
    EntryEditor > .sum.bad { color: $text-error; }
    EntryEditor > .keys { color: $text-muted; }
    EntryEditor > .keys.bad { color: $text-error; text-style: bold; }
    """
    #: the keys, in words
    KEYS: ClassVar[str]
    table: EntryTable

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.sum_line, self.keys_line = TextLine(classes="sum"), TextLine(self.KEYS, classes="keys")

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """Show the entries as they are now."""
        raise NotImplementedError

    def tell(self, problem: str) -> None:
        """Say what is wrong with the entries; "" shows the keys again."""
        self.keys_line.set_class(bool(problem), "bad")
        self.keys_line.show(clean(problem) or self.KEYS)


def _strip(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(fit(text, width), style)], width)
