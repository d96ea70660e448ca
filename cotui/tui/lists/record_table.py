"""The table: a row cursor over a result of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from cotui.api import Change, Record
from cotui.tui.base.cells import widest
from cotui.tui.engine.life import LivingScreen, lives
from cotui.tui.lists.rows_view import RowsView
from cotui.tui.lists.table_columns import TableColumn
from cotui.tui.lists.table_rows import TableRows


class RecordTable(RowsView, can_focus=True):
    """Rows of a `RecordWindow` with a cursor; O(visible) in time and space."""

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
        Binding("less_than_sign", "resize(-1)", "Narrower column", show=False, key_display="<", id="table.narrower"),
        Binding("greater_than_sign", "resize(1)", "Wider column", show=False, key_display=">", id="table.wider"),
        Binding("equals_sign", "fit_width", "Column as wide as its rows need", show=False, key_display="=", id="table.fit"),
        Binding("ctrl+d", "default_widths", "Default widths of columns", show=False, id="table.default_widths"),
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

    @dataclass
    class WidthWanted(Message):
        """The user asked for a column of so many cells; `least` is what its values need."""

        column: TableColumn
        cells: int
        least: int

    class WidthsDropped(Message):
        """The user asked for the widths that columns have by themselves."""

    class Moved(Message):
        """Another record is under the cursor."""

    class ViewChanged(Message):
        """Other rows are on the screen, or their number changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._unsubscribe: Callable[[], None] | None = None
        self._cursor_id: int | str | None = None
        #: the rows are here, and there are none
        self.barren = False

    # -- the window and its changes ------------------------------------------------------

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
            self._placing.changed(change.start, change.stop)
            start, stop = max(first, change.start), min(last, change.stop)
            if start < stop and not self._measure():
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
        shown = [item.index for item in self._placing.placed]
        if not shown:  # there is no room for any
            return
        current = self.selected_column
        if current is None:
            wanted = shown[0] if step > 0 else shown[-1]
        else:
            wanted = max(0, min(len(self.columns) - 1, current + step))
        self._placing.selected = wanted
        if wanted in shown:
            self.refresh_lines(0)
        if self._placing.place(self._width):
            self.forget_lines()

    def action_resize(self, step: int) -> None:
        """Make the selected column wider or narrower; the first one where none is selected."""
        if (resized := self._placing.resized(step, self._width)) is not None:
            self.refresh_lines(0)
            self.post_message(self.WidthWanted(*resized))

    def action_fit_width(self) -> None:
        """Make the selected column as wide as its widest value on the screen; the first one where none is selected."""
        resized = self._placing.resized(0, self._width)
        if resized is None:
            return
        column = resized[0]
        rows = (
            [self._rows.row(index) for index in range(*self.visible_range)] if self._rows is not None else []
        )
        texts = [self.text_of(row, column.field) for row in rows if row is not None]
        cells = widest((column.heading, *texts), self._width)
        if (resized := self._placing.resized(0, self._width, wanted=max(cells, resized[2]))) is not None:
            self.refresh_lines(0)
            self.post_message(self.WidthWanted(*resized))

    def action_default_widths(self) -> None:
        self.post_message(self.WidthsDropped())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no row, as its screen says, there is none to open, nor an order of them."""
        if action in ("open", "order") and self.barren:
            return False
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        if (record := self.record) is not None:
            self.post_message(self.Opened(record, self.cursor))

    @property
    def column_to_order_by(self) -> TableColumn | None:
        """The column that the key for ordering is about: the selected one, else that ordered by, else the first."""
        if not self.columns:
            return None
        chosen = self.selected_column
        if chosen is None:
            placed = [item.index for item in self._placing.placed] or [0]
            ordered = self.order[-1][0] if self.order else ""  # behind a currency stands the amount
            chosen = next((index for index in placed if self.columns[index].field.name == ordered), placed[0])
        return self.columns[chosen]

    def action_order(self) -> None:
        if (column := self.column_to_order_by) is not None:
            self.post_message(self.OrderRequested(column))

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
            for item in self._placing.placed:
                if item.left <= event.x < item.left + item.width:
                    self._placing.selected = item.index
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
