"""How wide the columns of a small table are, and which of them give way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cotui.desk.answers.page import Column, Row
from cotui.tui.base.cells import cell_len

GAP = 2
#: signs of a cell that are measured: more than any line has
_MEASURED = 400


class PlacedColumn(NamedTuple):
    """A column that is shown: which of the table's it is, and its cells."""

    at: int
    width: int
    right: bool


def placed(columns: Sequence[Column], rows: Sequence[Row], room: int, *, heads: bool) -> list[PlacedColumn]:
    """The columns that fit into so many cells, from the left.

    Those of the highest `drop` are left out first; of what stays, the widest text is cut. Numbers are cut last.

    Args:
        heads: the columns have their labels above them.
    """
    widths = {
        at: max([_cells(row.cells[at]) for row in rows] + [_cells(column.label) if heads else 0])
        for at, column in enumerate(columns)
    }
    widths = {at: width for at, width in widths.items() if width}
    while _used(widths) > room:  # a date or a status that is cut tells less than one that is not there
        going = max(widths, key=lambda at: (columns[at].drop, at), default=None)
        if going is None or not columns[going].drop:
            break
        del widths[going]
    while widths and (over := _used(widths) - room) > 0:
        cut = max(widths, key=lambda at: (not columns[at].right, widths[at]))
        if widths[cut] <= 1:
            del widths[cut]
            continue
        texts = sorted((width for at, width in widths.items() if not columns[at].right), reverse=True)
        level = texts[1] if len(texts) > 1 and not columns[cut].right else 1
        widths[cut] = max(1, widths[cut] - over, min(level, widths[cut] - 1))
    return [PlacedColumn(at, width, columns[at].right) for at, width in widths.items()]


def _cells(text: str) -> int:
    return cell_len(text[:_MEASURED])


def _used(widths: dict[int, int]) -> int:
    return sum(widths.values()) + GAP * (len(widths) - 1) if widths else 0
