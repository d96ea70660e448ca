"""The table: a row cursor over a result of any size, drawn line by line.

It never holds the rows. It asks its window for the lines on the screen, so work and memory depend
on what is visible, not on how many records match.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Self

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from cotui.api import Change, Record
from cotui.catalog import Field
from cotui.tui.base.painted_view import PaintedView
from cotui.tui.engine.life import LivingScreen, lives
from cotui.tui.lists.notices import Notice
from cotui.tui.lists.row_painter import HIDDEN_MARK, Names, RowPainter, column_text, header_strip
from cotui.tui.lists.table_columns import PlacedColumn, TableColumn, place
from cotui.tui.lists.table_rows import TableRows


class RecordTable(PaintedView, can_focus=True):
    """Rows of a `RecordWindow` with a cursor; O(visible) in time and space."""

    COMPONENT_CLASSES = {f"lines--{part}" for part in ("header", "selected-column", "waiting", "failed")}
    DEFAULT_CSS = """
    RecordTable > .lines--header { background: $panel; color: $foreground; text-style: bold; }
    RecordTable > .lines--selected-column { text-style: bold underline; color: $text-accent; }
    RecordTable > .lines--waiting { color: $text-muted; }
    RecordTable > .lines--failed { color: $text-error; }
    """
    help_heading = "Rows"
    BINDINGS = [
        Binding("down,j", "move(1)", "Next row", show=False, id="table.down"),
        Binding("up,k", "move(-1)", "Previous row", show=False, id="table.up"),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False, id="table.page_down"),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False, id="table.page_up"),
        Binding("home,g", "jump(0)", "First row", show=False, id="table.first"),
        Binding("end,G", "jump(-1)", "Last row", show=False, id="table.last"),
        Binding("right,l", "column(1)", "Next column", show=False, id="table.column_right"),
        Binding("left,h", "column(-1)", "Previous column", show=False, id="table.column_left"),
        Binding("enter", "open", "Open", id="table.open"),
        Binding("o", "order", "Order by column", id="table.order"),
    ]  # fmt: skip

    @dataclass
    class Opened(Message):
        """Enter, or a click on the row under the cursor."""

        record: Record
        index: int

    @dataclass
    class OrderRequested(Message):
        """The user asked to order by this column."""

        column: TableColumn

    class Moved(Message):
        """Another record is under the cursor."""

    class ViewChanged(Message):
        """Other rows are on the screen, or their number changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns: Sequence[TableColumn] = ()
        self.order: tuple[str, bool] | None = None
        self.cursor = 0
        #: index of the column that `o` orders by; None until a column key is pressed
        self.selected_column: int | None = None
        self.notice: Notice = ()
        #: ids of the marked records; whoever changes what is in it has the lines drawn again
        self.marked: Collection[int | str] = frozenset()
        self._rows: TableRows | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._cursor_id: int | str | None = None
        self._placed: list[PlacedColumn] = []
        self._painter = RowPainter(self.style_of)

    # -- what it shows ----------------------------------------------------------------

    @property
    def rows(self) -> TableRows | None:
        return self._rows

    @property
    def length(self) -> int:
        """Rows that can be scrolled over."""
        return self._rows.length if self._rows is not None else 0

    @property
    def record(self) -> Record | None:
        """The record under the cursor, when it is here."""
        return self._rows.row(self.cursor) if self._rows is not None else None

    @property
    def visible_range(self) -> tuple[int, int]:
        """First index on the screen and the one after the last."""
        first = self.scroll_offset.y
        return first, min(self.length, first + self._body_height)

    @property
    def _body_height(self) -> int:
        return max(0, self.size.height - 1)

    def set_rows(self, rows: TableRows | None, *, cursor: int = 0, top: int = 0) -> None:
        """Look through another window, with the cursor and the top line where they are told to be."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._rows = rows
        self._unsubscribe = rows.subscribe(self._on_change) if rows is not None else None
        self.cursor, self._cursor_id = cursor, None
        self.forget_lines()
        self._resize_virtual()
        self.scroll_at_once(top)
        self.look()

    def set_columns(self, columns: Sequence[TableColumn], order: tuple[str, bool] | None = None) -> None:
        """Show these columns; `order` marks the one the rows are ordered by."""
        if columns != self.columns:
            self.selected_column = None
        self.columns, self.order = columns, order
        self._place()
        self.refresh()

    def set_notice(self, lines: Notice) -> None:
        """Show text in place of rows: loading, empty and failed. No lines: show the rows."""
        if lines != self.notice:
            self.notice = lines
            self.forget_lines()

    def forget_lines(self) -> None:
        self._painter.forget()
        self.refresh()

    @property
    def names(self) -> Names | None:
        """What is shown for numbers of customers; None where the numbers are."""
        return self._painter.names

    @names.setter
    def names(self, names: Names | None) -> None:
        self._painter.names = names

    def shown(self, record: Record, field: Field) -> str:
        """What the column of a field has of a row."""
        column = next(column for column in self.columns if column.field is field)
        return column_text(record, column, self.names)[0]

    def repaint_rows(self, wanted: Callable[[Record], bool]) -> None:
        """Draw those of the rows on the screen anew of which something else is shown now."""
        for index in range(*self.visible_range):
            record = self._rows.row(index) if self._rows is not None else None
            if record is not None and wanted(record):
                self._painter.forget_row(record)
                self.repaint_row(index)

    def _place(self) -> None:
        self._placed = self._placing()
        self._painter.forget()

    def _placing(self) -> list[PlacedColumn]:
        """The columns that fit; where some do not, room stays for their number."""
        width = self._width
        placed = place(self.columns, width, keep=self.selected_column)
        if len(placed) < len(self.columns):
            placed = place(self.columns, width - HIDDEN_MARK, keep=self.selected_column)
        return placed

    # -- changes of the window ----------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        if self._rows is None:
            return
        if change.kind == "moved" and self.scroll_offset.y + change.by == change.start:
            self._move_along(change.by)  # else it is somebody else who looks through the window, further on
        if change.kind == "length":
            self._resize_virtual()
            self.post_message(self.ViewChanged())
        if change.kind in ("rows", "shifted", "length"):
            self._follow_cursor()
        first, last = self.visible_range
        if change.kind in ("rows", "shifted"):
            start, stop = max(first, change.start), min(last, change.stop)
            if start < stop:
                self.refresh_lines(start - first + 1, stop - start)
            if change.start <= self.cursor < change.stop:
                self.post_message(self.Moved())
        elif change.kind == "state":
            self.post_message(self.ViewChanged())

    def _move_along(self, by: int) -> None:
        """The list changed, and what is on the screen stands elsewhere now: go there."""
        assert self._rows is not None
        top = max(0, self.scroll_offset.y + by)
        index = None if self._cursor_id is None else self._rows.index_of(self._cursor_id)
        near = index is not None and top <= index < top + self._body_height
        self._resize_virtual()
        self.cursor = index if near and index is not None else max(0, min(self.length - 1, self.cursor + by))
        self.forget_lines()
        self.scroll_at_once(top)
        self.post_message(self.Moved())

    def _follow_cursor(self) -> None:
        """Keep the cursor on its record where that moved among the rows on the screen."""
        assert self._rows is not None
        here = self._rows.row(self.cursor)
        if here is None or here.id == self._cursor_id:
            return
        index = None if self._cursor_id is None else self._rows.index_of(self._cursor_id)
        first, last = self.visible_range
        if index is not None and first <= index < last:
            self.cursor = index
            self.forget_lines()
        elif not self._rows.adrift:  # or it will be told where the record went
            self._cursor_id = here.id

    def _resize_virtual(self) -> None:
        self.virtual_size = Size(self._width, self.length + 1)
        if self.cursor >= self.length:
            self.cursor = max(0, self.length - 1)
        self.refresh()

    def look(self) -> None:
        """Tell the window what is on the screen."""
        if self._rows is not None and self._body_height:
            first = self.scroll_offset.y
            self._rows.view(first, first + self._body_height - 1)

    # -- painting -------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y == 0:
            return header_strip(
                self._placed,
                width,
                self.style_of("header"),
                order=self.order,
                selected=self.selected_column if self.has_focus else None,
                mark=self.style_of("selected-column"),
                hidden=len(self.columns) - len(self._placed),
            )
        if self.notice:
            return self._painter.notice(self.notice, y - 1, width, self._body_height)
        index = self.scroll_offset.y + y - 1
        if self._rows is None or index >= self._rows.length:
            return Strip.blank(width, self.style_of(""))
        at_cursor = index == self.cursor
        return self._painter.row(
            self._rows, index, self._placed, width, at_cursor=at_cursor, marked=self.marked
        )

    # -- the cursor ------------------------------------------------------------------------

    def move_to(self, index: int, *, top: int | None = None) -> None:
        """Put the cursor on a row, and scroll as little as is needed to see it (or to `top`)."""
        index = max(0, min(self.length - 1, index))
        old, self.cursor = self.cursor, index
        record = self.record
        self._cursor_id = record.id if record is not None else None
        first, height = self.scroll_offset.y, self._body_height
        target = first if top is None else max(0, min(top, self.length - height))
        if index < target:
            target = index
        elif index >= target + height:
            target = index - height + 1
        if target != first:
            with self.app.batch_update():
                self.scroll_at_once(target)
        elif old != index:
            self.repaint_row(old)
            self.repaint_row(index)
        if old != index:
            self.post_message(self.Moved())

    def repaint_row(self, index: int) -> None:
        line = index - self.scroll_offset.y
        if 0 <= line < self._body_height:
            self.refresh_lines(line + 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.look()
            self.post_message(self.ViewChanged())

    def action_move(self, step: int) -> None:
        self.move_to(self.cursor + step)

    def action_page(self, direction: int) -> None:
        step = direction * max(1, self._body_height - 1)
        self.move_to(self.cursor + step, top=self.scroll_offset.y + step)

    def action_jump(self, index: int) -> None:
        self.move_to(self.length - 1 if index < 0 else index)

    def action_column(self, step: int) -> None:
        if not self.columns:
            return
        shown = [item.index for item in self._placed]
        if not shown:  # there is no room for any
            return
        current = self.selected_column
        if current is None:
            wanted = shown[0] if step > 0 else shown[-1]
        else:
            wanted = max(0, min(len(self.columns) - 1, current + step))
        self.selected_column = wanted
        if wanted in shown:
            self.refresh_lines(0)
        self._place_again(shown)

    def _place_again(self, shown: list[int]) -> None:
        placed = self._placing()
        if [item.index for item in placed] != shown:
            self._place()
            self.refresh()

    def action_open(self) -> None:
        if (record := self.record) is not None:
            self.post_message(self.Opened(record, self.cursor))

    def action_order(self) -> None:
        if self.columns:
            chosen = self.selected_column
            if chosen is None:
                chosen = self._placed[0].index if self._placed else 0
            self.post_message(self.OrderRequested(self.columns[chosen]))

    # -- events ----------------------------------------------------------------------------

    def focus(self, scroll_visible: bool = True) -> Self:
        """Ask for the keys; Textual would draw the whole widget for it."""
        self.app.call_later(self._take_keys, scroll_visible)
        return self

    def _take_keys(self, scroll_visible: bool) -> None:
        if lives(self):
            self.screen.set_focus(self, scroll_visible)

    def _on_focus(self, event: events.Focus) -> None:
        self._keys(event, events.DescendantFocus(self), here=True)

    def _on_blur(self, event: events.Blur) -> None:
        self._keys(event, events.DescendantBlur(self), here=False)

    def _keys(self, event: events.Event, news: events.Event, *, here: bool) -> None:
        """The keys come or go: all that looks different is the selected heading. Textual draws the whole widget."""
        event.prevent_default()
        self.has_focus = here
        if self.selected_column is not None:
            self.refresh_lines(0)
        if isinstance(self.parent, Widget):
            self.parent.post_message(news)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """No style depends on it."""

    def on_resize(self, _event: events.Resize) -> None:
        self._place()
        self._resize_virtual()
        if self.length and self._body_height:
            self.move_to(self.cursor)
        self.look()
        self.post_message(self.ViewChanged())

    def on_mount(self) -> None:
        if isinstance(self.screen, LivingScreen):
            self.screen.at_end(self._let_go)

    def on_unmount(self) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    async def _on_click(self, event: events.Click) -> None:
        if event.y == 0:
            for item in self._placed:
                if item.left <= event.x < item.left + item.width:
                    self.selected_column = item.index
                    self.refresh_lines(0)
                    self.post_message(self.OrderRequested(item.column))
            return
        index = self.scroll_offset.y + event.y - 1
        if self.notice or index >= self.length:
            return
        if index == self.cursor:
            self.action_open()
        else:
            self.move_to(index)
