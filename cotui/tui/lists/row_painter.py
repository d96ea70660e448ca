"""The lines of a `RecordTable`: header and rows as strips of as few segments as possible.

Each change of style costs about 45 bytes on the wire, so a row is one segment, or three where its
status has a colour of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cotui.api import Record
from cotui.tui.base.cells import fit
from cotui.tui.base.format import cell
from cotui.tui.base.status_colours import tone
from cotui.tui.lists.table_columns import GAP, MARGIN, PlacedColumn

#: cells kept free for the number of columns that found no room
HIDDEN_MARK = 4
SORTED = {False: "↑", True: "↓"}
#: stands before a marked row, in the margin
MARK = "●"


def row_strip(
    record: Record,
    columns: Sequence[PlacedColumn],
    width: int,
    style: Style,
    tones: dict[str, Style],
    *,
    marked: bool = False,
) -> Strip:
    """One record as a line of exactly `width` cells.

    `tones` are the styles of status words; empty for the row under the cursor, which has one style.
    """
    runs: list[tuple[str, Style]] = []
    text = fit(MARK if marked else "", MARGIN)
    for number, place in enumerate(columns):
        if number:
            text += " " * GAP
        field = place.column.field
        value = fit(cell(record, field), place.width, place.column.align)
        mark = tones.get(tone(place.column.tones, record, field)) if tones else None
        if mark is None:
            text += value
        else:
            runs += [(text, style), (value, style + mark)]
            text = ""
    return _strip(runs, text, columns, width, style)


def header_strip(
    columns: Sequence[PlacedColumn],
    width: int,
    style: Style,
    *,
    order: tuple[str, bool] | None,
    selected: int | None,
    mark: Style,
    hidden: int = 0,
) -> Strip:
    """The column headings; `order` is the field ordered by and whether it descends.

    `hidden` columns that found no room are told of at the right end.
    """
    runs: list[tuple[str, Style]] = []
    text = " " * MARGIN
    for number, place in enumerate(columns):
        if number:
            text += " " * GAP
        heading = place.column.heading
        if order is not None and order[0] == place.column.field.name:
            heading = f"{heading} {SORTED[order[1]]}"
            if place.width < len(heading):
                heading = f"{heading[: max(1, place.width - 1)]}{SORTED[order[1]]}"
        value = fit(heading, place.width, place.column.align)
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


def _strip(
    runs: list[tuple[str, Style]], text: str, columns: Sequence[PlacedColumn], width: int, style: Style
) -> Strip:
    used = columns[-1].left + columns[-1].width if columns else MARGIN
    runs.append((text + " " * max(0, width - used), style))
    strip = Strip([Segment(*run) for run in runs if run[0]], max(used, width))
    return strip if used <= width else strip.crop(0, width)
