"""Which columns a report has, which only its rows tell: for a screen, which has rows, and for a command, which asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cotui.api.priority import Priority
from cotui.api.records import Record
from cotui.catalog import Field, infer_columns
from cotui.query import Query

if TYPE_CHECKING:
    from cotui.api.api import Api

#: rows that are looked at
SAMPLE: Final = 50


def columns_in(rows: Sequence[Record]) -> tuple[Field, ...]:
    """The columns that the first rows of a report have."""
    return infer_columns([row.shown for row in rows[:SAMPLE]])


async def report_columns(
    api: Api, report_id: int, *, priority: Priority = Priority.INTERACTIVE
) -> tuple[Field, ...]:
    """The columns of a report, from its first rows, whatever it is then filtered by; none when it has no rows.

    Raises:
        ApiError: they could not be read.
    """
    page = await api.report_page(report_id, Query(), 0, SAMPLE, priority=priority)
    return columns_in(page.rows)
