"""The lines of a `RecordTable`: header, rows, and what stands in the place of rows.

Each change of style costs about 45 bytes on the wire, so a row is one segment, or three where its
status has a colour of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from cotui.api import Record
from cotui.tui.base.cells import cell_len, cut, fit, wrap
from cotui.tui.base.format import TONES
from cotui.tui.base.line import text_strip
from cotui.tui.lists.column_text import Names, shown, unnamed
from cotui.tui.lists.notices import Notice, missing_words
from cotui.tui.lists.table_columns import GAP, MARGIN, PlacedColumn, TableColumn
from cotui.tui.lists.table_rows import TableRows

SORTED = {False: "↑", True: "↓"}
#: stands before a marked row, in the margin
MARK = "●"


class RowPainter:
    """Draws the rows of a table, and keeps the lines that it has drawn."""

    def __init__(self, style_of: Callable[[str], Style]) -> None:
        self._style_of = style_of
        self._strips: LRUCache[tuple[int, bool, bool, int], tuple[Record, Strip]] = LRUCache(256)
        self._tones: dict[str, Style] = {}
        self.names: Names = unnamed

    def forget(self) -> None:
        self._strips.clear()
        self._tones.clear()

    def forget_row(self, record: Record) -> None:
        """Something of one row is another."""
        for key in [key for key in self._strips.keys() if key[0] == id(record)]:  # noqa: SIM118 - no mapping
            self._strips.discard(key)

    def row(
        self,
        rows: TableRows,
        index: int,
        columns: Sequence[PlacedColumn],
        width: int,
        *,
        at_cursor: bool,
        marked: Collection[int | str],
    ) -> Strip:
        """A row, or why it is not here."""
        record = rows.row(index)
        if record is None:
            state = "waiting" if rows.error_at(index) is None else "failed"
            return text_strip(
                missing_words(rows, index), width, self._style_of("cursor" if at_cursor else state)
            )
        is_marked = bool(marked) and record.id in marked
        key = (id(record), at_cursor, is_marked, width)
        drawn = self._strips.get(key)
        if drawn is None:
            if not self._tones:
                self._tones = {tone: Style(color=self._style_of(tone).color) for tone in TONES}
            style = self._style_of("cursor" if at_cursor else "")
            tones = {} if at_cursor else self._tones
            strip = row_strip(record, columns, width, style, tones, marked=is_marked, names=self.names)
            # the record is kept with its line: while it lives, no other can have its id()
            self._strips[key] = drawn = (record, strip)
        return drawn[1]

    def notice(self, notice: Notice, line: int, width: int, height: int) -> Strip:
        """One of the `height` lines that a notice stands among, in the upper third."""
        lines = [(part, style) for text, style in notice for part in wrap(text, width - 2)]
        number = line - max(0, (height - len(lines)) // 3)
        if not 0 <= number < len(lines):
            return Strip.blank(width, self._style_of(""))
        text, style = lines[number]
        return text_strip(f" {text}", width, self._style_of(style))


def row_strip(
    record: Record,
    columns: Sequence[PlacedColumn],
    width: int,
    style: Style,
    tones: dict[str, Style],
    *,
    marked: bool = False,
    names: Names = unnamed,
) -> Strip:
    """One record as a line of exactly `width` cells.

    `tones` are the styles of status words; empty for the row under the cursor, which has one style. `names` gives what
    is shown for customers.
    """
    runs: list[tuple[str, Style]] = []
    text = fit(MARK if marked else "", MARGIN)
    for number, place in enumerate(columns):
        if number:
            text += " " * GAP
        column = place.column
        words, tint = shown(record, column, place.width, names)
        value = aligned(words, column, place.width)
        mark = tones.get(tint) if tones else None
        if mark is None:
            text += value
        else:
            runs += [(text, style), (value, style + mark)]
            text = ""
    return _strip(runs, text, columns, width, style)


def aligned(words: str, column: TableColumn, width: int) -> str:
    """What a column shows, in exactly so many cells."""
    if column.decimals:
        return pointed(words, width, column.decimals)
    return fit(words, width, column.align)


def pointed(amount: str, width: int, decimals: int) -> str:
    """An amount at the right end of `width` cells, its point above and below those of amounts with other decimals.

    Where that takes more cells than there are it stands at the end: of an amount nothing is cut while there is room.
    """
    if amount[-1:].isdecimal():
        point = amount.rfind(".")
        room = decimals if point < 0 else decimals - len(amount) + point
        if 0 < room <= width - len(amount):
            return fit(amount, width - room, "right") + " " * room
    return fit(amount, width, "right")


def header_strip(
    columns: Sequence[PlacedColumn],
    width: int,
    style: Style,
    *,
    order: Sequence[tuple[str, bool]],
    selected: int | None,
    mark: Style,
    hidden: int = 0,
) -> Strip:
    """The column headings; `order` has the fields ordered by, the first first, and whether each descends.

    `hidden` columns that found no room are told of at the right end.
    """
    runs: list[tuple[str, Style]] = []
    text = " " * MARGIN
    for number, place in enumerate(columns):
        if number:
            text += " " * GAP
        value = fit(_heading(place, order), place.width, place.column.align)
        if place.index == selected:
            runs += [(text, style), (value, style + mark)]
            text = ""
        else:
            text += value
    if hidden:
        used = columns[-1].left + columns[-1].width if columns else MARGIN
        text += fit(f"+{hidden}", max(0, width - used - 1), "right")
        runs.append((text + " " * (width - max(used, width - 1)), style))
        return (
            Strip([Segment(*run) for run in runs if run[0]]).crop(0, width).extend_cell_length(width, style)
        )
    return _strip(runs, text, columns, width, style)


def _heading(place: PlacedColumn, order: Sequence[tuple[str, bool]]) -> str:
    """What stands above a column: its name, and behind it whether rows are ordered by it, as which of several."""
    column = place.column
    found = [at for at, (name, _) in enumerate(order, 1) if name == column.field.name]
    if not found:
        return column.heading
    mark = SORTED[order[found[0] - 1][1]] + (str(found[0]) if len(order) > 1 else "")
    # names stand there, but rows are ordered by the numbers that they are the names of
    words = f"{column.heading} (by number)" if column.named else column.heading
    if cell_len(f"{words} {mark}") <= place.width:
        return f"{words} {mark}"
    words = "No." if column.named else column.heading
    return f"{cut(words, max(0, place.width - len(mark)))}{mark}"


def _strip(
    runs: list[tuple[str, Style]], text: str, columns: Sequence[PlacedColumn], width: int, style: Style
) -> Strip:
    used = columns[-1].left + columns[-1].width if columns else MARGIN
    runs.append((text + " " * max(0, width - used), style))
    strip = Strip([Segment(*run) for run in runs if run[0]], max(used, width))
    return strip if used <= width else strip.crop(0, width)
