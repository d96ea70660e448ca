"""What stands in a column of a record's line, and how it is coloured.

A column may show two values behind each other ("Visa x4444"), another value where its own is missing, and a name in the
place of a customer's number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cotui.api import Record
from cotui.catalog.model import More
from cotui.desk.names import customer_of, placeholder
from cotui.tui.base.cells import cell_len, fit
from cotui.tui.base.format import cell, tone
from cotui.tui.lists.table_columns import TableColumn

#: gives what is shown for a customer's number, and whether that is the name
Names: TypeAlias = Callable[[int | str], tuple[str, bool]]

#: cells of a day, which is what is left of a moment where there is no room for its time
DAY = 10
#: more cells than any value takes
UNCUT = 1_000_000


def unnamed(ref: int | str) -> tuple[str, bool]:
    """What is shown for a number as long as no name is known."""
    return placeholder(ref), False


def shown(record: Record, column: TableColumn, width: int, names: Names = unnamed) -> tuple[str, str]:
    """What stands in a column of a record's line, and its tone; see `format.cell` and `format.tone`.

    It may be longer than `width`, in which it is cut at the end. What stands for a name that is not known is faint.
    """
    if column.named and (ref := customer_of(record.raw, column.field)) is not None:
        name, known = names(ref)
        return name, "" if known else "faint"
    text, more, tint = parts(record, column)
    if column.field.type.family == "time" and width < len(text):
        text = text[:DAY]
    if more and column.more is not None and column.more[1].kept:
        room = width - cell_len(more)
        if room > 1 and cell_len(text) > room:
            text = fit(text, room)
    elif more and column.more is not None and cell_len(text) + cell_len(more) > width:
        more = _to_the_point(text, more, column.more[1])
    return text + more, tint


def _to_the_point(text: str, more: str, how: More) -> str:
    """What stands behind a value without what says nothing beside it: a beginning, the value once more."""
    said = more.removeprefix(how.between)
    idle = next((words for words in how.idle if said.casefold().startswith(words.casefold())), "")
    point = said[len(idle) :]
    if point.casefold().startswith(f"{text.casefold()}."):
        point = point[len(text) + 1 :].lstrip()
    return f"{how.between}{point}" if point else ""


def parts(record: Record, column: TableColumn) -> tuple[str, str, str]:
    """The value that stands in a column, what stands behind it, and the tone of both; without regard to any width."""
    field = column.field
    text, tint = cell(record, field), tone(column.tones, record, field)
    if column.instead is not None and not (text and tint):
        text = text or cell(record, column.instead)
        tint = tint or tone(column.tones, record, column.instead)
    if column.more is None or not text:
        return text, "", tint
    other, how = column.more
    more = cell(record, other) if how.tone in ("", tint) else ""
    if other.type.family == "time":
        more = more[:DAY]
    # ChargeOver writes "-" for a message that says nothing
    return text, f"{how.between}{more}" if more.strip("- ") else "", tint
