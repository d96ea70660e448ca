"""A table that changes between two requests, behind a server that keeps to what is asked of it, or does not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cotui.api.errors import BadRequest
from cotui.api.paging.read_all import Reading
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority

#: requests after which a test ends: none needs so many, so whoever asks on would ask for ever
FAR_TOO_MANY = 1_000


class AsksForEverError(AssertionError):
    """More requests than anything can need."""


@dataclass(eq=False)
class Table:
    """Rows by number, in order; implements `WholeSource`.

    Attributes:
        ids: what there is.
        maximum: rows in one answer at most.
        page_size: rows that are asked for.
        key: whether a row has its key; a row without one is told by its content alone.
        alike: rows without a key hold the same.
        heeds: of "offset", "limit" and "order", what the server keeps to.
        count_of: what it counts; an ApiError is raised, None not known.
        totals: answers say themselves how many rows there are.
        before: called before every request with its number, from 0.
    """

    ids: list[int]
    maximum: int = 100
    page_size: int = 100
    paged: bool = True
    key: Callable[[int], bool] = lambda number: True
    content: Callable[[int], dict[str, Any]] = lambda number: {"name": f"No. {number}"}
    heeds: frozenset[str] = frozenset({"offset", "limit", "order"})
    count_of: Callable[[int], int | None] | None = lambda rows: rows
    totals: bool = False
    before: Callable[[int], None] = lambda number: None
    random: random.Random = field(default_factory=lambda: random.Random(1))
    asked: list[tuple[int, int] | None] = field(default_factory=list)

    joins = False
    came_whole = False

    @classmethod
    def of(cls, rows: int, **options: Any) -> Table:
        return cls(list(range(1, rows + 1)), **options)

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        assert limit >= 1
        assert offset >= 0
        self._note((offset, limit))
        ids = self.ids if "order" in self.heeds else self.random.sample(self.ids, len(self.ids))
        begin = offset if "offset" in self.heeds else 0
        size = min(limit if "limit" in self.heeds else 10**9, self.maximum)
        rows = [self._record(number) for number in ids[begin : begin + size]]
        return Page(rows, len(self.ids) if self.totals else None)

    async def count(self) -> int | None:
        self._note(None)
        if self.count_of is None:
            raise BadRequest("it can't be counted")
        return self.count_of(len(self.ids))

    def _note(self, asked: tuple[int, int] | None) -> None:
        self.before(len(self.asked))
        self.asked.append(asked)
        if len(self.asked) > FAR_TOO_MANY:
            raise AsksForEverError

    def _record(self, number: int) -> Record:
        keyed = self.key(number)
        raw = {**self.content(number), "number": number} if keyed else self.content(number)
        return Record(raw, "number" if keyed else "")

    @property
    def pages(self) -> list[tuple[int, int]]:
        """What was asked for, without the counts."""
        return [asked for asked in self.asked if asked is not None]


async def numbers(reading: Reading, most: int = 10**6) -> list[Any]:
    """The keys of what a reading gives (names where there are none), page after page."""
    found: list[Any] = []
    async for rows in reading:
        assert rows, "a page without rows"
        found += [row.raw.get("number", row.raw.get("name")) for row in rows]
        if len(found) > most:
            raise AsksForEverError
    return found
