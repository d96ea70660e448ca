"""What a table shows: a heading and the rows of a window below it, in columns, drawn line by line.

It never holds the rows. It asks its window for the lines on the screen, so work and memory depend
on what is visible, not on how many records match.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from textual.message import Message
from textual.strip import Strip

from cotui.api import Record
from cotui.catalog import Field
from cotui.tui.base.painted_view import PaintedView
from cotui.tui.lists.column_layout import ColumnLayout
from cotui.tui.lists.column_text import UNCUT, Names, shown
from cotui.tui.lists.notices import Notice
from cotui.tui.lists.row_painter import RowPainter, header_strip
from cotui.tui.lists.table_columns import TableColumn
from cotui.tui.lists.table_rows import TableRows


class RowsView(PaintedView):
    """Rows in columns, one of which has the cursor."""

    COMPONENT_CLASSES = {f"lines--{part}" for part in ("header", "selected-column", "waiting", "failed")}
    DEFAULT_CSS = """
    RowsView > .lines--header { background: $panel; color: $foreground; text-style: bold; }
    RowsView > .lines--selected-column { text-style: bold underline; color: $text-accent; }
    RowsView > .lines--waiting { color: $text-muted; }
    RowsView > .lines--failed { color: $text-error; }
    """

    class Grown(Message):
        """Rows that came into view need more room than was known."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.notice: Notice = ()
        #: ids of the marked records; whoever changes what is in it has the lines drawn again
        self.marked: Collection[int | str] = frozenset()
        self._rows: TableRows | None = None
        self._placing = ColumnLayout()
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

    def set_columns(
        self,
        columns: Sequence[TableColumn],
        order: tuple[tuple[str, bool], ...] = (),
        widths: Mapping[str, int] | None = None,
    ) -> None:
        """Show these columns; `order` marks those the rows are ordered by, `widths` are those set by hand."""
        self._placing.set(columns, order, widths or {})
        self._measure()
        self._place()
        self.refresh()

    def start_over(self) -> None:
        """Other rows come: the columns get the room that those need."""
        self._placing.start_over()

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """The fields of the columns that found no room."""
        return self._placing.hidden_names

    def width_of(self, column: TableColumn) -> int:
        """The cells that a column has on the screen; 0 where it found no room."""
        return self._placing.width_of(column)

    @property
    def columns(self) -> Sequence[TableColumn]:
        return self._placing.columns

    @property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """The fields that the rows are ordered by, the first first, and whether each descends."""
        return self._placing.order

    @property
    def selected_column(self) -> int | None:
        """Index of the column that keys are about; None until a column key is pressed."""
        return self._placing.selected

    def room_beside(self, *, amounts: bool) -> int:
        """Cells that this takes at least where something stands beside it; `amounts` with all amounts that it has."""
        return self._placing.room_beside(amounts=amounts) + self.styles.scrollbar_size_vertical

    def text_of(self, record: Record, field: Field) -> str:
        """What the column of a field has of a row, uncut: with a name where it shows names."""
        column = next(column for column in self.columns if column.field is field)
        return shown(record, column, UNCUT, self.names)[0]

    @property
    def names(self) -> Names:
        """Gives what is shown for numbers of customers."""
        return self._painter.names

    @names.setter
    def names(self, names: Names) -> None:
        self._painter.names = names

    def set_notice(self, lines: Notice) -> None:
        """Show text in place of rows: loading, empty and failed. No lines: show the rows."""
        if lines != self.notice:
            self.notice = lines
            self.forget_lines()

    def _place(self) -> None:
        self._placing.place(self._width)
        self._painter.forget()

    def _measure(self) -> bool:
        """Give the columns the room that rows need which came into view; whether any has another place by that."""
        if self._rows is None or not self._placing.measure(self._rows, *self.visible_range):
            return False
        moved = self._placing.place(self._width)
        if moved:
            self.forget_lines()
            self.post_message(self.Grown())
        return moved

    def look(self) -> None:
        """Tell the window what is on the screen."""
        if self._rows is not None and self._body_height:
            first = self.scroll_offset.y
            self._rows.view(first, first + self._body_height - 1)
            self._measure()

    # -- painting -------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y == 0:
            return header_strip(
                self._placing.placed,
                width,
                self.style_of("header"),
                order=self.order,
                selected=self.selected_column if self.has_focus else None,
                mark=self.style_of("selected-column"),
                hidden=self._placing.hidden,
            )
        if self.notice:
            return self._painter.notice(self.notice, y - 1, width, self._body_height)
        index = self.scroll_offset.y + y - 1
        if self._rows is None or index >= self._rows.length:
            return Strip.blank(width, self.style_of(""))
        at_cursor = index == self.cursor
        return self._painter.row(
            self._rows, index, self._placing.placed, width, at_cursor=at_cursor, marked=self.marked
        )

    def repaint_row(self, index: int) -> None:
        line = index - self.scroll_offset.y
        if 0 <= line < self._body_height:
            self.refresh_lines(line + 1)

    def repaint_rows(self, wanted: Callable[[Record], bool]) -> None:
        """Draw those of the rows on the screen anew of which something else is shown now."""
        for index in range(*self.visible_range):
            record = self._rows.row(index) if self._rows is not None else None
            if record is not None and wanted(record):
                self._painter.forget_row(record)
                self.repaint_row(index)

    def forget_lines(self) -> None:
        self._painter.forget()
        self.refresh()
