"""Which columns a report has, which only its rows tell: for a screen, which has rows, and for a command, which asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from cotui.api.records import Record
from cotui.api.transport.budget import Priority
from cotui.catalog import Field
from cotui.catalog.report_columns import infer_columns
from cotui.query import Query

if TYPE_CHECKING:
    from cotui.api.api import Api

#: rows that are looked at
SAMPLE: Final = 50


#: columns that are offered; the widest report of ChargeOver's has about sixty
MOST: Final = 400


class Columns(NamedTuple):
    """The columns of a report.

    Attributes:
        fields: those that are offered.
        total: how many its first rows have, where that is more than are offered, at least; else 0.
    """

    fields: tuple[Field, ...]
    total: int = 0


def columns_in(rows: Sequence[Record]) -> Columns:
    """The columns that the first rows of a report have, at most `MOST`."""
    shown = [row.shown for row in rows[:SAMPLE]]
    names = dict.fromkeys(name for row in shown for name in row)
    if len(names) <= MOST:
        return Columns(infer_columns(shown))
    most = dict.fromkeys(islice(names, MOST))
    fields = infer_columns({name: row[name] for name in most if name in row} for row in shown)
    return Columns(fields, max(len(names), *(len(row.raw) for row in rows[:SAMPLE])))


async def report_columns(
    api: Api, report_id: int, *, priority: Priority = Priority.INTERACTIVE
) -> tuple[Field, ...]:
    """The columns of a report, from its first rows, whatever it is then filtered by; none when it has no rows.

    Raises:
        ApiError: they could not be read.
    """
    page = await api.report_page(report_id, Query(), 0, SAMPLE, priority=priority)
    return columns_in(page.rows).fields
