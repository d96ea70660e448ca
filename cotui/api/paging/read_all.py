"""Every row of a result, once each, for whoever wants all. The only loop over pages besides `RecordWindow`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Final, Protocol

from cotui.api.errors import ApiError
from cotui.api.paging.known_rows import Comparison, KnownContents, KnownKeys
from cotui.api.paging.sources import PageSource
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority

#: an offset that no result reaches: whoever sends rows for it ignores offsets
BEYOND: Final = 10**9
#: pages without a new row that may come before any with one; and for each of those
PATIENCE: Final = 24
PATIENCE_PER_PAGE: Final = 2

_SAME: Final = "the server sends the same rows again, whatever rows it is asked for"
_RESTLESS: Final = "rows change their places faster than they can be read"
_MOVED: Final = "rows were added, deleted or moved while they were read, and have no keys to tell them apart"
_UNCOUNTED: Final = "rows were added or moved while they were read, and can't be counted"
_ALIKE: Final = "some rows have no key and look like others; they were left out"


class WholeSource(PageSource, Protocol):
    """A result that is read from beginning to end."""

    @property
    def page_size(self) -> int:
        """Rows to ask for at a time."""


class _UselessError(Exception):
    """It is no use to read on; the message says why."""


class Reading:
    """The rows of a result as they come, page by page: iterate once. `read_all` makes one.

    The end is where a server that could have sent more rows sent fewer, in a page that follows on what was
    read before it; then the rows are compared with their count. Every page repeats the end of the one before it.
    Where something else stands there, rows were deleted in front of it: the reading goes back to what it knows.
    Where rows come again, others were added or moved to where it has been already: it looks for them in the end.

    Attributes:
        rows: how many were given so far.
        late: how many of them came after their turn, because they were added or moved meanwhile.
        total: how many there are by the server's count; None where that is not known.
        count_error: why they could not be counted.
        cut: the reading ended because it had as many as wanted, and there are or may be more.
        missing: why rows may be missing, in words without a capital or full stop; "" as long as nothing says so.
        finished: the reading came to its end, whichever it was.
    """

    def __init__(
        self, source: WholeSource, *, most: int | None, trust_count: bool, priority: Priority
    ) -> None:
        self.rows = 0
        self.late = 0
        self.total: int | None = None
        self.count_error: ApiError | None = None
        self.cut = False
        self.missing = ""
        self.finished = False
        self._source = source
        self._most = most
        self._trust_count = trust_count
        self._priority = priority
        self._known: KnownKeys | KnownContents = KnownKeys()
        self._last_row: Sequence[Record] = ()
        self._largest = 0  # rows of the largest page so far
        self._doubles = 0
        self._came_again = 0
        self._slipped = 0  # rows that got in where it had been already
        self._moved = False
        self._second = False  # on the way through once more
        self._going_back = False  # reads again what it knows, to find where that ends now
        self._same = 0
        self._productive = self._wasted = 0

    @property
    def complete(self) -> bool:
        """Whether every row was given."""
        return self.finished and not self.cut and not self.missing

    async def all(self) -> list[Record]:
        """All rows at once, where they are few enough to be kept. Raises ApiError where a page could not be had."""
        return [row async for rows in self for row in rows]

    async def __aiter__(self) -> AsyncGenerator[list[Record], None]:
        counting = asyncio.create_task(self._count())
        try:
            page = await self._ask(0, self._wanted(0))
            self.total = await counting if page.total is None else page.total
            if not any(row.id is not None for row in page.rows):
                self._known = KnownContents()
            async for rows in self._read(page):
                yield rows
        except _UselessError as end:
            self.missing = "" if self._agrees() and not self._moved else str(end)
        finally:
            counting.cancel()
        self.finished = True

    # --- from page to page ---

    async def _read(self, page: Page) -> AsyncIterator[list[Record]]:
        at = linked = back = 0
        while True:
            asked = self._wanted(linked)
            found = self._known.take(page.rows, first=not at and not linked, linked=linked)
            if not found.joined and self._known.keyed:
                self._moved = self._going_back = True
                back = max(2 * back, self._largest)
                at = max(0, at - back)
                page, linked = await self._page(at, 0), 0
                continue
            back = 0
            self._last_row = page.rows[-1:]
            await self._examine(found)
            self._note(len(page.rows), found)
            if rows := self._within(found.fresh):
                yield rows
                if self.rows == self._most:
                    self.cut = self.rows != self.total
                    return
            if self._ended(len(page.rows), asked, linked, found):
                if not await self._again():
                    return
                at = linked = 0
            else:
                overlap = min(self._known.overlap, max(1, self._largest // 2))
                linked = min(overlap, len(page.rows))
                at += len(page.rows) - linked
            page = await self._page(at, linked)

    async def _examine(self, found: Comparison) -> None:
        """Whether rows without keys are what was asked for, where they look as if they were not."""
        if self._known.keyed or (found.joined and not found.same):
            return
        if not found.joined and self._moved and not found.same:
            return  # it was seen before that offsets count
        if await self._ignores_offsets():
            raise _UselessError(_SAME)
        self._moved = self._moved or not found.joined

    def _note(self, got: int, found: Comparison) -> None:
        self._doubles += found.doubles
        if not self._second and not self._going_back:
            self._came_again += found.again
        if self._came_again and not found.same:
            # were offsets ignored, the same page would have come again
            self._slipped += self._came_again
            self._came_again = 0
            self._moved = True
        if found.fresh:
            self._productive += 1
            self._same = 0
            self._going_back = False
        elif got:
            self._waste()
            self._same += found.same

    def _waste(self) -> None:
        self._wasted += 1
        if self._wasted > PATIENCE + PATIENCE_PER_PAGE * self._productive:
            raise _UselessError(_RESTLESS)

    def _within(self, fresh: list[Record]) -> list[Record]:
        """The new rows that are wanted still."""
        rows = fresh if self._most is None else fresh[: self._most - self.rows]
        self.rows += len(rows)
        if self._second:
            self.late += len(rows)
        return rows

    # --- where it ends ---

    def _ended(self, got: int, asked: int, linked: int, found: Comparison) -> bool:
        if self._second and self._enough():
            return True
        if (self._trust_count or not self._source.paged) and self._agrees():
            return True
        if not self._source.paged and self.total is None and self._same:
            return True
        # what should repeat rows and go on has more than those it repeats
        if not got or got < min(asked, max(self._largest, linked + 1 if linked else 0)):
            return not found.fresh or not found.joined or self._agrees()
        if self._same and (self._agrees() or self._same > 1):
            raise _UselessError(_SAME)
        return False

    async def _again(self) -> bool:
        """At the end: compare with the count. True to go through once more, for what got in behind."""
        if (
            self._known.keyed
            and (self._moved or not self._agrees())
            and not (self._second and self._enough())
        ):
            self.total = await self._count()
        lacking = self.total is not None and self.rows + self._doubles < self.total
        if self._known.keyed and not self._second and (self._slipped or (lacking and self._moved)):
            self._second = True
            return True
        if self._known.doubtful:
            self.missing = _ALIKE
        elif self._moved and not self._known.keyed:
            self.missing = _MOVED
        elif self._slipped and self.total is None:
            self.missing = _UNCOUNTED
        elif lacking:
            self.missing = f"the server counts {self.total:,} and sent {self.rows:,}"
        return False

    def _enough(self) -> bool:
        """Whether all was found that is looked for on the second way."""
        return self.late >= self._slipped and (self.total is None or self.rows >= self.total)

    def _agrees(self) -> bool:
        """Whether as many rows were read as the server counts."""
        return self.total is not None and self.rows + self._doubles == self.total

    # --- asking ---

    def _wanted(self, linked: int) -> int:
        size = max(self._source.page_size, linked + 1)
        if self._most is None or self._second or self._going_back:
            return size
        return min(size, self._most - self.rows + linked)

    async def _page(self, at: int, linked: int) -> Page:
        """The page at an offset, which should begin with so many rows that were read before."""
        asked = self._wanted(linked)
        if self._largest > 1 or not linked:
            page = await self._ask(at, asked)
        else:
            page = await self._pair(at, asked)
        if page.total is not None:
            self.total = page.total
        return page

    async def _pair(self, at: int, asked: int) -> Page:
        """From a server that sends one row at a time: the next one, and then that it still follows on the last."""
        behind = await self._ask(at + 1, asked)
        if not behind.rows and self._agrees():
            return Page(self._last_row)
        link = await self._ask(at, 1)
        if _equal(link, behind):
            if isinstance(self._known, KnownKeys) and not self._known.knows(link.rows[0]):
                return link  # rows were deleted in between: it follows on nothing
            if self._known.keyed or await self._ignores_offsets():
                raise _UselessError(_SAME)
        return Page([*link.rows[:1], *behind.rows], behind.total)

    async def _ask(self, offset: int, limit: int) -> Page:
        page = await self._source.page(offset, limit, self._priority)
        self._largest = max(self._largest, len(page.rows))
        return page

    async def _ignores_offsets(self) -> bool:
        try:
            return bool((await self._source.page(BEYOND, 1, self._priority)).rows)
        except ApiError:
            return False

    async def _count(self) -> int | None:
        try:
            self.count_error = None
            return await self._source.count()
        except ApiError as error:
            self.count_error = error
            return None


def _equal(one: Page, other: Page) -> bool:
    """Whether two pages begin with the same row."""
    return bool(one.rows and other.rows) and one.rows[0].raw == other.rows[0].raw


def read_all(
    source: WholeSource,
    *,
    most: int | None = None,
    trust_count: bool = False,
    priority: Priority = Priority.INTERACTIVE,
) -> Reading:
    """Read a result to its end.

    Args:
        most: rows to give at most; None for all.
        trust_count: as many rows as the server counts are all, without a look behind the last one. For lists to
            choose from, which are asked for at every key.
    """
    return Reading(source, most=most, trust_count=trust_count, priority=priority)
