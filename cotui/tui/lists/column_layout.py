"""Where the columns of a table stand: as wide as its rows need, as its user wants, and as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cotui.tui.lists.content_widths import ContentWidths
from cotui.tui.lists.table_columns import LEAST, MARGIN, PlacedColumn, TableColumn, fitted, place, room_beside
from cotui.tui.lists.table_rows import TableRows

#: cells kept free for the number of columns that found no room
HIDDEN_MARK = 4


class ColumnLayout:
    """The columns of one table.

    Attributes:
        columns: those that it has.
        order: the fields that the rows are ordered by, the first first, and whether each descends.
        selected: index of the one that keys are about; None until one is selected. It is always placed.
        placed: those that found room, from left to right.
    """

    def __init__(self) -> None:
        self.columns: Sequence[TableColumn] = ()
        self.order: tuple[tuple[str, bool], ...] = ()
        self.selected: int | None = None
        self.placed: list[PlacedColumn] = []
        self._by_hand: Mapping[str, int] = {}
        self._content = ContentWidths()

    @property
    def hidden(self) -> int:
        """How many columns found no room."""
        return len(self.columns) - len(self.placed)

    def set(
        self, columns: Sequence[TableColumn], order: tuple[tuple[str, bool], ...], by_hand: Mapping[str, int]
    ) -> None:
        """Have other columns, another order, or other widths set by hand (cells by field name); `place` follows."""
        if columns != self.columns:
            self.selected = None
            self._content.start_over()
        self.columns, self.order, self._by_hand = columns, order, by_hand

    def start_over(self) -> None:
        """Other rows come: what the columns need is found out anew from them."""
        self._content.start_over()

    def changed(self, start: int, stop: int) -> None:
        """Other rows stand there than before."""
        self._content.changed(start, stop)

    def measure(self, rows: TableRows, first: int, stop: int) -> bool:
        """Look at rows that are in view now; whether the columns may have to be placed anew."""
        return bool(self.columns) and first < stop and self._content.look(rows, self.columns, first, stop)

    def place(self, width: int) -> bool:
        """Place the columns in so many cells, less those for the number of the hidden ones; whether any moved."""
        placed = self._placed(self._by_hand, width)
        if self._by_hand and (limited := self._limited(placed, width)) is not None:
            placed = limited
        moved = placed != self.placed
        self.placed = placed
        return moved

    def _placed(self, by_hand: Mapping[str, int], width: int) -> list[PlacedColumn]:
        columns = self._fitted(by_hand)
        placed = place(columns, width, keep=self.selected)
        if len(placed) < len(columns):
            placed = place(columns, width - HIDDEN_MARK, keep=self.selected)
        return placed

    def _limited(self, placed: Sequence[PlacedColumn], width: int) -> list[PlacedColumn] | None:
        """The columns with less than was set by hand, where that would take others off the screen; None where it doesn't.

        A width that was set on a wide terminal is kept for that one.
        """
        plain = self._placed({}, width)
        shown = {item.index for item in plain}
        if shown <= {item.index for item in placed}:
            return None
        usual = {item.column.field.name: item.width for item in plain}
        low, high = 0, max(self._by_hand.values())
        found = plain
        while low < high:  # the least that has to be taken from each, down to what it has without
            less = (low + high) // 2
            by_hand = {
                name: min(cells, max(cells - less, usual.get(name, 0)))
                for name, cells in self._by_hand.items()
            }
            tried = self._placed(by_hand, width)
            if shown <= {item.index for item in tried}:
                found, high = tried, less
            else:
                low = less + 1
        return found

    @property
    def hidden_names(self) -> tuple[str, ...]:
        """The fields of the columns that found no room."""
        shown = {item.index for item in self.placed}
        return tuple(column.field.name for at, column in enumerate(self.columns) if at not in shown)

    def room_beside(self, *, amounts: bool) -> int:
        """Cells for what stays on the screen where something stands beside the table; `amounts` for all of those too."""
        return room_beside(self._fitted(self._by_hand), amounts=amounts) + HIDDEN_MARK

    def resized(self, step: int, width: int, *, wanted: int = 0) -> tuple[TableColumn, int, int] | None:
        """The selected column, which is the first where none was, with the cells that it has `step` further.

        Args:
            wanted: cells that it is to have instead.

        Returns:
            The column, its cells then, and the least that its values need; None where no column has a place.
        """
        if not self.placed:
            return None
        if self.selected is None:
            self.selected = self.placed[0].index
        at = next(item for item in self.placed if item.index == self.selected)
        column = self.columns[at.index]
        need = self._content.needs.get(column.field.name)
        least = LEAST if column.cuttable or need is None else max(LEAST, need.least)
        return column, min(wanted or at.width + step, width - MARGIN), least

    def width_of(self, column: TableColumn) -> int:
        """The cells that a column has on the screen; 0 where it found no room."""
        names = {item.column.field.name: item.width for item in self.placed}
        return names.get(column.field.name, 0)

    def _fitted(self, by_hand: Mapping[str, int]) -> list[TableColumn]:
        ordered = [name for name, _ in self.order]
        return fitted(self.columns, self._content.needs, by_hand, ordered)
