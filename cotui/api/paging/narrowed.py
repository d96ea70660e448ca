"""Lists that are read once, and filtered and ordered here, because the API does not do it.

The conditions that the API does know are sent, so that no more is read than is needed. What nobody documents is tried
before (`cotui.api.paging.tried_source`), and done here where the account does not do it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from cotui.api.paging.read_all import WholeSource, read_all
from cotui.api.records import Page, Record
from cotui.query.model import Condition, Order, Query

if TYPE_CHECKING:
    from cotui.api.transport.budget import Priority
    from cotui.catalog.model import Resource

#: rows that are read of a list at most: some two hundred requests, nearly a minute's budget
MOST_READ: Final = 20_000


def divided(resource: Resource, query: Query) -> tuple[Query, Query]:
    """What the API is asked for, and what is done here.

    Rows that are filtered here come in the API's default order, and are ordered here.
    """
    if not resource.narrowed:
        return query, Query()
    asked = tuple(item for item in query.conditions if _is_asked(resource, item))
    here = tuple(item for item in query.conditions if item not in asked)
    if here or not all(_orders(resource, key) for key in query.order):
        return Query(asked), Query(here, query.order)
    return query, Query()


def _is_asked(resource: Resource, condition: Condition) -> bool:
    field = resource.find(condition.field)
    return field is None or not field.here or field.filterable


def _orders(resource: Resource, key: Order) -> bool:
    """Whether the API orders by a key: lists that it can't even filter it is not known to order."""
    field = resource.find(key.field)
    if field is None or not field.here:
        return True
    return field.orderable and resource.paged and any(resource.filterable)


class TellingSource(WholeSource, Protocol):
    """A result of which there may be something to say, once it is read; see `TriedSource.tell`."""

    tell: Callable[[str, bool], None]


class NarrowedSource:
    """Rows of one kind that fulfil a query, of which the API knows but a part.

    All that the API gives are read when the first of them are asked for, once.

    Args:
        listed: what the API gives.
        here: what is done here.
        most: rows that are read at most; `MOST_READ` when None.

    Attributes:
        looked_at: rows that were read to find those that fulfil the query; None before.
        cut: whether there are more than were read.
        missing: as `Reading.missing`.
    """

    joins = False
    came_whole = False
    paged = True

    def __init__(
        self, listed: TellingSource, resource: Resource, here: Query, *, most: int | None = None
    ) -> None:
        self.resource = resource
        self.query = here
        self.looked_at: int | None = None
        self.cut = False
        self.missing = ""
        self._listed = listed
        self._most = most
        self._task: asyncio.Task[list[Record]] | None = None
        self._waiting = 0

    @property
    def tell(self) -> Callable[[str, bool], None]:
        """As `TriedSource.tell`, of what is read."""
        return self._listed.tell

    @tell.setter
    def tell(self, tell: Callable[[str, bool], None]) -> None:
        self._listed.tell = tell

    @property
    def page_size(self) -> int:
        """Rows to ask for at a time where all are read."""
        return self._listed.page_size

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on; see `PageSource`."""
        rows = await self._rows(priority)
        return Page(rows[offset : offset + limit], total=len(rows))

    async def count(self) -> int:
        """How many rows fulfil the query."""
        from cotui.api.transport.budget import Priority

        return len(await self._rows(Priority.INTERACTIVE))

    def renew(self) -> None:
        """Read anew when rows are asked for the next time."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _rows(self, priority: Priority) -> list[Record]:
        """All rows. Whoever comes while they are read waits for the same reading, which ends when nobody does."""
        if self._task is None or (self._task.done() and (self._task.cancelled() or self._task.exception())):
            self._task = asyncio.create_task(self._read(priority))
        task = self._task
        self._waiting += 1
        try:
            return await asyncio.shield(task)
        finally:
            self._waiting -= 1
            if not self._waiting and not task.done():
                task.cancel()

    async def _read(self, priority: Priority) -> list[Record]:
        from cotui.query.matching import fulfils, ordered

        reading = read_all(self._listed, most=self._most or MOST_READ, priority=priority)
        found: list[Record] = []
        async for rows in reading:
            found += [
                row
                for row in rows
                if all(fulfils(row.raw, condition, self.resource) for condition in self.query.conditions)
            ]
        self.looked_at, self.cut, self.missing = reading.rows, reading.cut, reading.missing
        return ordered(found, self.query.order, self.resource, lambda row: row.raw)

    @property
    def words(self) -> str:
        """What was done here, once it was: "narrowed from 96", "ordered here"."""
        if self.looked_at is None:
            return ""
        what = f"narrowed from {self.looked_at:,}" if self.query.conditions else "ordered here"
        return f"{what}, the first {self.looked_at:,} only" if self.cut else what
