"""Reads what an answer is made of: one question, one request.

All parts are asked for in one `_bulk`. A second asks for what the first showed to be missing: further pages of a list, how
many rows there are where that could not be told, what only the record itself leads to. Where the account has no batches,
or they don't heed queries, parts are read one by one, what is asked first before the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cotui.api import ApiError, ListSource, Page, Priority, WrongShape, read_all
from cotui.api.abilities import BULK, BULK_COUNTS, BULK_EACH, BULK_QUERIES
from cotui.api.bulk_reads import Read, batchable, read_many
from cotui.api.calls import BULK_LIMIT
from cotui.desk.answers.answer import Answer, Situation
from cotui.desk.answers.objects import ANSWERS
from cotui.desk.answers.parts import LOOKS, PROBE, SECOND, Part, Piece, Section, assembled, missing
from cotui.query import Condition, Op, Query

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.catalog import Resource
    from cotui.desk.account_day import AccountDay
    from cotui.desk.answers import page as pages
    from cotui.desk.answers.page import Ref

#: rows of a part that are read one page after the other, where there are no batches
MOST_ALONE: Final = 1_000
#: rounds of requests: the record, what it leads to, what that showed to be missing
_ROUNDS: Final = 3


def _now() -> datetime:
    return datetime.now(UTC)


def nobody() -> None:
    """Nobody is told."""


class AnswerReading:
    """One answer while it is read, and after.

    Args:
        resource: the object; one of `ANSWERS`.
        ref: which record: its key, `external_key:…` or `token:…`.
        row: the record as a list has it, which saves a request for what it leads to.
        day: the day in the account; learns from what comes.
        tell: called whenever more has come.
        now: the present moment, aware of its zone.

    Attributes:
        read_at: when the oldest part came; None before.
        requests: how many were sent.
    """

    def __init__(
        self,
        api: Api,
        resource: Resource,
        ref: Ref,
        row: Record | None = None,
        *,
        day: AccountDay,
        tell: Callable[[], None] = nobody,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._api = api
        self._resource = resource
        self._answer: Answer = ANSWERS[resource.id]
        self._ref = ref
        self._row = row
        self._day = day
        self._tell = tell
        self._now = now
        self._parts: dict[str, Part] = {}
        self._pieces: dict[str, list[Piece]] = {}
        #: parts of which something is on its way, or not asked for yet
        self._under_way: set[str] = set()
        self._reading = False
        self.read_at: datetime | None = None
        self.requests = 0

    async def read(self, priority: Priority = Priority.INTERACTIVE) -> None:
        """Read all parts. What could not be had is told by the page; nothing is raised but a cancellation."""
        self._reading = True
        try:
            self._add(self._answer.parts(self._ref, self._row))
            await self._round(
                [part for part in self._parts.values() if not self._pieces[part.name]], priority
            )
            for _ in range(_ROUNDS - 1):
                self._add(self._answer.more(self._situation()))
                new = [part for part in self._parts.values() if not self._pieces[part.name]]
                lacking = [part for part in self._parts.values() if part not in new and self._lacks(part)]
                if not new and not lacking:
                    break
                await self._round(new, priority, lacking)
        finally:
            self._reading = False
            self._under_way.clear()
            self._tell()

    def page(self) -> pages.Page:
        """What can be said by now."""
        return self._answer.page(self._situation())

    def json(self) -> dict[str, Any]:
        """The same as JSON."""
        return self._answer.json(self._situation())

    @property
    def failure(self) -> ApiError | None:
        """Why the record itself could not be had; None where it was, or is on its way."""
        section = self.sections.get(self._answer.main)
        return None if section is None else section.error

    @property
    def sections(self) -> dict[str, Section]:
        """What is known of each part that was asked for."""
        return {
            name: assembled(part, self._pieces[name], reading=name in self._under_way)
            for name, part in self._parts.items()
        }

    def _situation(self) -> Situation:
        return Situation(
            self._ref,
            self._row,
            self.sections,
            self._day.today(),
            self.read_at,
            self.requests,
            self._reading,
        )

    def _add(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.name not in self._parts:
                self._parts[part.name] = part
                self._pieces[part.name] = []
                self._under_way.add(part.name)

    # --- in batches ---

    async def _round(self, new: Sequence[Part], priority: Priority, lacking: Sequence[Part] = ()) -> None:
        """Ask for parts, and for what parts lack; those that a batch does not bring one by one."""
        asked: list[tuple[str, Read]] = []
        for part in new:
            asked += ((part.name, read) for read in self._first_reads(part))
        self._under_way.update(part.name for part in lacking)
        asked += self._further_reads(lacking, BULK_LIMIT - len(asked))
        together = [(name, read) for name, read in asked if batchable(read, self._api.abilities)]
        if together:
            await self._batch(together, new, priority)
        alone = [
            part
            for part in new
            if not any(piece.limit > SECOND or part.ref is not None for piece in self._pieces[part.name])
        ]
        # they are sent in this order, as many at once as there are connections
        await asyncio.gather(*(self._read_alone(part, priority) for part in alone))
        for part in lacking:
            if part.name in self._under_way:
                self._came([part.name])

    async def _batch(
        self, together: Sequence[tuple[str, Read]], new: Sequence[Part], priority: Priority
    ) -> None:
        vouching = self._vouching() if new else []
        vouching = vouching[: max(0, BULK_LIMIT - len(together))]
        reads = [*(read for _, read in together), *vouching]
        answers = await read_many(self._api, reads, priority, singly=False)
        each = bool(self._api.abilities.can(BULK_EACH))
        self.requests += len(reads) if each else -(-len(reads) // BULK_LIMIT)
        for (name, read), answer in zip(together, answers, strict=False):
            if answer is None and read.limit == SECOND and self._pieces[name]:
                answer = WrongShape("rows were expected")  # nobody saw whether the first rows are the first
            if answer is not None:
                self._pieces[name].append(Piece(answer, read.offset, read.limit))
            elif read.counts and self._api.abilities.can(BULK_COUNTS) is not False:
                # the account counts, and this once it did not: what else came may be short as well
                self._pieces[name].append(Piece(WrongShape("the number of rows did not come")))
        self._came(name for name, _ in together)

    def _first_reads(self, part: Part) -> list[Read]:
        if part.ref is not None:
            return [Read(part.resource, part.ref)]
        limit = min(part.most or self._page_size, self._page_size)
        second = [Read(part.resource, query=part.query, limit=SECOND, offset=1)] if part.first else []
        return [
            Read(part.resource, query=part.query, limit=limit, expand=part.expand),
            Read(part.resource, query=part.query),
            *second,
        ]

    def _further_reads(self, parts: Sequence[Part], room: int) -> list[tuple[str, Read]]:
        """What parts lack, as far as there is room; those at the beginning first."""
        found: list[tuple[str, Read]] = []
        for part in parts:
            section = self.sections[part.name]
            here, lacks = len(section.rows), missing(section)
            if not lacks:  # how many there are is not known
                look = Read(part.resource, query=part.query, limit=PROBE, offset=max(0, here - 1))
                found += [(part.name, look)] * LOOKS
                found.append((part.name, Read(part.resource, query=part.query)))
                continue
            size = self._served(part)
            found += (
                (
                    part.name,
                    Read(part.resource, query=part.query, limit=size, offset=at, expand=part.expand),
                )
                for at in range(here, here + lacks, size)
            )
        return found[: max(0, room)]

    def _served(self, part: Part) -> int:
        """How many rows of a part come in a page, as far as the first one tells."""
        pages = [piece for piece in self._pieces[part.name] if isinstance(piece.answer, Page) and piece.limit]
        largest = max(
            (len(piece.answer.rows) for piece in pages if isinstance(piece.answer, Page)), default=0
        )
        return min(max(largest, PROBE + 1), self._page_size)

    def _lacks(self, part: Part) -> bool:
        """Whether another request may bring what a part lacks."""
        section = assembled(part, self._pieces[part.name])
        if part.ref is not None or section.state != "partial" or self._api.abilities.can(BULK) is False:
            return False
        if missing(section):
            return True
        return section.count is None or not section.count.exact

    def _vouching(self) -> list[Read]:
        """Questions whose answers are known, while nobody knows whether batches of this account heed queries and counts."""
        found: list[Read] = []
        abilities, key = self._api.abilities, self._resource.primary_key
        if not isinstance(self._ref, int) or not self._resource.field(key).filterable:
            return []
        this = Query((Condition(key, Op.EQUALS, str(self._ref)),))
        others = Query((Condition(key, Op.NOTEQUALS, str(self._ref)),))
        if abilities.can(BULK_QUERIES) is None or abilities.can(BULK_COUNTS) is None:
            found.append(Read(self._resource, query=this, limit=PROBE + 1))
        if abilities.can(BULK_QUERIES) is None:
            found.append(Read(self._resource, query=others, limit=1))
        if abilities.can(BULK_COUNTS) is None:
            found.append(Read(self._resource, query=this))
        return [read for read in found if batchable(read, abilities)]

    # --- one by one ---

    async def _read_alone(self, part: Part, priority: Priority) -> None:
        self._pieces[part.name] = await self._alone(part, priority)
        self._came([part.name])

    async def _alone(self, part: Part, priority: Priority) -> list[Piece]:
        if part.ref is not None:
            self.requests += 1
            try:
                return [Piece(await self._api.get(part.resource, part.ref, priority=priority))]
            except ApiError as error:
                return [Piece(error)]
        source = _Counted(self._api, part.resource, part.query, expand=part.expand)
        reading = read_all(source, most=part.most or MOST_ALONE, trust_count=True, priority=priority)
        rows: list[Record] = []
        failure: ApiError | None = None
        try:
            async for some in reading:
                rows += some
        except ApiError as error:
            failure = error
        self.requests += source.requests
        pieces = [Piece(Page(rows), 0, source.page_size)] if rows or failure is None else []
        if failure is not None:
            pieces.append(Piece(failure, 0, source.page_size))
        if reading.total is not None:
            pieces.append(Piece(reading.total))
        elif reading.count_error is not None:
            pieces.append(Piece(reading.count_error))
        return pieces

    def _came(self, names: Iterable[str]) -> None:
        self.read_at = self.read_at or self._now()
        for name in names:
            if self._pieces[name]:
                self._under_way.discard(name)
            section = assembled(self._parts[name], self._pieces[name])
            self._day.learn(section, section.rows, section.part.resource)
        self._tell()

    @property
    def _page_size(self) -> int:
        return self._api.connection.page_size


class _Counted(ListSource):
    """A list, and how many requests it took to read."""

    requests = 0

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        self.requests += 1
        return await super().page(offset, limit, priority)

    async def count(self) -> int | None:
        self.requests += 1
        return await super().count()
