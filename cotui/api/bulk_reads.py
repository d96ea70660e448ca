"""Several reads in one request: a `_bulk` of GETs, which changes nothing.

That an item of a batch may carry a query is documented ("GET, to retrieve or query"), with no example of a query string.
A server that ignores one sends the rows of somebody else, with status 200. So nothing that came for a query is believed
before it was checked: rows that contradict their conditions, or their order, or are more than were asked for, discard
the answer and mark the account, whose queries are read one by one from then on. What can't be checked is believed
only of an account that was seen to heed queries. A count is checked against the rows of the same query.

A batch that is refused as such marks the account too: its reads are made one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from cotui.api import calls
from cotui.api.abilities import BULK, BULK_COUNTS, BULK_EACH, BULK_QUERIES, Abilities, reading
from cotui.api.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    NotFound,
    NotJson,
    RateLimited,
    Unauthorized,
    WrongShape,
    WrongUrl,
)
from cotui.api.records import Page, Record, coerce_id
from cotui.api.transport import envelope as answers
from cotui.api.transport.envelope import Envelope
from cotui.query import Query, to_wire
from cotui.query.matching import holds, in_order

if TYPE_CHECKING:
    from cotui.api.api import Api
    from cotui.api.transport.budget import Priority
    from cotui.catalog.model import Resource

Answer: TypeAlias = "Record | Page | int"

_API_PATH: Final = "/api/v3"
#: how it is said that there are no batches; other failures may be about anything
_NO_BATCHES: Final = (BadRequest, NotFound, WrongUrl, Unauthorized, Forbidden, WrongShape, NotJson)
#: how a server says that keys may not read something, where it accepts the keys
_KEPT_BACK: Final = (Unauthorized, Forbidden)


class Read(NamedTuple):
    """One thing to read: a record, rows of a query, or, with a `limit` of 0, their number.

    Attributes:
        limit: rows that are asked for.
        offset: the first of them.
        expand: what each is to hold besides, as far as the server does that.
    """

    resource: Resource
    ref: int | str | None = None
    query: Query = Query()
    limit: int = 0
    offset: int = 0
    expand: str = ""

    @property
    def counts(self) -> bool:
        """Whether the rows are counted, not read."""
        return self.ref is None and not self.limit

    @property
    def call(self) -> calls.Call:
        """The request that asks for it alone."""
        path = self.resource.path
        if self.ref is not None:
            return calls.get_one(path, self.ref)
        wire = to_wire(self.query)
        if self.counts:
            return calls.count_rows(path, wire.where)
        order = wire.order or self.resource.default_order
        return calls.list_rows(
            path, wire.where, order, offset=self.offset, limit=self.limit, expand=self.expand
        )


async def read_many(
    api: Api, reads: Sequence[Read], priority: Priority, *, singly: bool = True
) -> list[Answer | ApiError | None]:
    """What several reads bring, in their order, each its own answer or failure: in calls of `_bulk` where the account
    has that, else one by one.

    Args:
        singly: read one by one what `_bulk` does not bring; else that gives None.
    """
    batched = [at for at, read in enumerate(reads) if batchable(read, api.abilities)]
    if len(batched) < 2:
        batched = []
    found: dict[int, Answer | ApiError] = {}
    size = _batch_size(api, priority)
    batches = [batched[at : at + size] for at in range(0, len(batched), size)]
    for batch, came in zip(
        batches,
        await asyncio.gather(*(_batch(api, [reads[at] for at in batch], priority) for batch in batches)),
        strict=True,
    ):
        found.update((at, item) for at, item in zip(batch, came, strict=True) if item is not None)
    rest = [at for at in range(len(reads)) if at not in found]
    if not singly:
        rest = [] if api.abilities.can(BULK) is False else [at for at in rest if at not in batched]
    alone = await asyncio.gather(*(_single(api, reads[at], priority) for at in rest))
    found.update(zip(rest, alone, strict=True))
    return [found.get(at) for at in range(len(reads))]


def batchable(read: Read, abilities: Abilities) -> bool:
    """Whether something may come in a batch, as far as is known of the account."""
    if abilities.can(BULK) is False:
        return False
    if read.counts and read.query.conditions:
        return abilities.can(BULK_QUERIES) is not False and abilities.can(BULK_COUNTS) is not False
    return read.ref is not None or read.counts or abilities.can(BULK_QUERIES) is not False


def _batch_size(api: Api, priority: Priority) -> int:
    budget = api.worker.budget
    most = calls.BULK_LIMIT
    return min(most, budget.allowed(priority)) if budget.counts_each else most


async def _single(api: Api, read: Read, priority: Priority) -> Answer | ApiError:
    try:
        if read.ref is not None:
            return await api.get(read.resource, read.ref, priority=priority)
        if read.counts:
            return await api.count(read.resource, read.query, priority=priority)
        return await api.page(
            read.resource, read.query, read.offset, read.limit, expand=read.expand, priority=priority
        )
    except ApiError as error:
        return error


async def _batch(api: Api, reads: Sequence[Read], priority: Priority) -> list[Answer | ApiError | None]:
    """What a batch brought; None for what is to be read alone."""
    items = [
        {"request_method": "GET", "uri": read.call.target(_API_PATH), "payload": None, "id": None}
        for read in reads
    ]
    try:
        whole = await api.call(calls.bulk(items), priority=priority)
        came = answers.bulk_of(whole, len(items))
    except _NO_BATCHES as error:
        if error.refusal and not isinstance(error, _KEPT_BACK):  # the API's own no
            api.abilities.learn(BULK, False)
        else:  # perhaps something between here and the server
            api.abilities.doubt(BULK)
        return [None] * len(reads)
    except ApiError as error:
        return [error] * len(reads)
    finally:
        if api.worker.budget.counts_each:
            api.abilities.learn(BULK_EACH, True)
    api.abilities.learn(BULK, True)
    return _Judged(api, reads, came).answers


class _Judged:
    """The answers of one batch, as far as they can be believed."""

    def __init__(self, api: Api, reads: Sequence[Read], came: Sequence[Envelope | ApiError]) -> None:
        self._api = api
        self._abilities = api.abilities
        found = [self._answer(read, item) for read, item in zip(reads, came, strict=True)]
        if any(map(_misplaced, reads, found)):
            found = _put_in_place(reads, found)
        found = self._told_apart(reads, found)
        verdicts = [self._verdict(read, item) for read, item in zip(reads, found, strict=True)]
        self._learn(reads, found, verdicts)
        heeded = self._abilities.can(BULK_QUERIES)
        self.answers: list[Answer | ApiError | None] = []
        for read, item, verdict in zip(reads, found, verdicts, strict=True):
            if isinstance(item, BadRequest) and read.ref is None:
                self.answers.append(None)  # perhaps it takes no query here
            elif isinstance(item, RateLimited | WrongShape):
                self.answers.append(None)
            elif isinstance(item, ApiError) or verdict is True:
                self.answers.append(item)
            elif read.ref is not None:
                self.answers.append(None)
            elif read.counts:
                self.answers.append(item if self._abilities.can(BULK_COUNTS) else None)
            else:
                self.answers.append(item if verdict is None and heeded else None)
        for read, kept in zip(reads, self.answers, strict=True):
            if isinstance(kept, Record):
                api.came(read.resource, [kept])
            elif isinstance(kept, Page):
                api.came(read.resource, kept.rows)

    def _answer(self, read: Read, item: Envelope | ApiError) -> Answer | ApiError:
        if isinstance(item, ApiError):
            if isinstance(item, RateLimited):
                self._api.worker.budget.counts_each = True
                self._api.worker.budget.hold_names()
                self._abilities.learn(BULK_EACH, True)
            return item
        key = read.resource.primary_key
        try:
            if read.counts:
                return answers.count_of(item)
            if read.ref is None:
                return Page([Record(row, key) for row in answers.rows_of(item)])
            return Record(answers.record_of(item), key)
        except WrongShape as error:
            return error

    def _told_apart(
        self, reads: Sequence[Read], found: Sequence[Answer | ApiError]
    ) -> list[Answer | ApiError]:
        """Refusals: the keys are accepted, so they may not read an object, or, where others of it came, this record."""
        came = {
            read.resource.id
            for read, item in zip(reads, found, strict=True)
            if not isinstance(item, ApiError) or isinstance(item, NotFound)
        }
        told: list[Answer | ApiError] = []
        for read, item in zip(reads, found, strict=True):
            if isinstance(item, _KEPT_BACK):
                if read.resource.id not in came:
                    self._abilities.learn(reading(read.resource.id), False)
                item = unreadable(read.resource, item, one=read.resource.id in came)
            told.append(item)
        return told

    def _verdict(self, read: Read, item: Answer | ApiError) -> bool | None:
        """Whether an answer is what was asked for: True where that is sure, False where it is not so."""
        if isinstance(item, Record):
            return None if item.id is None else True  # which one it is can't be told among others
        if isinstance(item, Page):
            if not item.rows:  # what does not understand a query may find nothing as well
                return None
            return fits(item.rows, read.resource, read.query, read.limit)
        return None if read.query.conditions else True

    def _learn(
        self,
        reads: Sequence[Read],
        found: Sequence[Answer | ApiError],
        verdicts: list[bool | None],
    ) -> None:
        queries = [at for at, read in enumerate(reads) if read.ref is None and isinstance(found[at], Page)]
        if any(verdicts[at] is False for at in queries):
            self._abilities.learn(BULK_QUERIES, False)
            for at in queries:  # one that looks right may do so by chance
                verdicts[at] = False
            return
        by_path: dict[str, set[tuple[object, ...]]] = {}
        for at in queries:
            page = found[at]
            if verdicts[at] and reads[at].query.conditions and isinstance(page, Page):
                by_path.setdefault(reads[at].resource.path, set()).add(tuple(row.id for row in page.rows))
        if any(len(different) > 1 for different in by_path.values()):
            self._abilities.learn(BULK_QUERIES, True)
        self._check_counts(reads, found, verdicts)

    def _check_counts(
        self,
        reads: Sequence[Read],
        found: Sequence[Answer | ApiError],
        verdicts: list[bool | None],
    ) -> None:
        """A count is right where all rows of the same conditions came along, and are as many.

        Where one is right, another that is more than the rows that came is believed as well: then the rows were cut.
        """
        pairs = [
            (at, number, len(page.rows))
            for at, (read, number) in enumerate(zip(reads, found, strict=True))
            if read.counts and read.query.conditions and isinstance(number, int)
            for other, page in zip(reads, found, strict=True)
            if other.resource is read.resource and other.query.conditions == read.query.conditions
            if isinstance(page, Page) and not other.offset and len(page.rows) < min(other.limit, 20)
        ]
        right = any(number == rows and number for _, number, rows in pairs)
        for at, number, rows in pairs:
            verdicts[at] = number == rows or (right and number > rows)
        if pairs:
            self._abilities.learn(BULK_COUNTS, right or all(number == rows for _, number, rows in pairs))


def _misplaced(read: Read, item: Answer | ApiError) -> bool:
    """Whether this is another record than the one that was asked for."""
    wanted = coerce_id(read.ref) if read.ref is not None else None
    return isinstance(item, Record) and isinstance(wanted, int) and item.id not in (None, wanted)


def _put_in_place(reads: Sequence[Read], found: Sequence[Answer | ApiError]) -> list[Answer | ApiError]:
    """Answers that came in another order than they were asked for.

    Records tell which they are. Of what else came nobody knows whose answer it is.
    """
    by_id: dict[tuple[str, int | str | None], Answer | ApiError] = {
        (read.resource.id, item.id): item
        for read, item in zip(reads, found, strict=True)
        if isinstance(item, Record) and item.id is not None
    }
    unknown = WrongShape("The answers came in another order")
    wanted = [(read.resource.id, coerce_id(read.ref) if read.ref is not None else None) for read in reads]
    return [by_id.get(key, unknown) for key in wanted]


def fits(rows: Sequence[Record], resource: Resource, query: Query, limit: int = 0) -> bool | None:
    """Whether rows are what a query asks for: False where one of them can't be, None where they don't tell.

    Args:
        limit: how many were asked for; 0 where all were.
    """
    if limit and len(rows) > limit:
        return False
    raws: list[Mapping[str, Any]] = [row.raw for row in rows]
    verdicts = [holds(raw, condition, resource) for raw in raws for condition in query.conditions]
    if False in verdicts:
        return False
    if query.order and in_order(raws, query.order, resource) is False:
        return False
    return None if None in verdicts else True


def unreadable(resource: Resource, error: ApiError | None = None, *, one: bool = False) -> Forbidden:
    """What a refusal means that is about an object while the keys are accepted.

    Args:
        error: the refusal; None where it is remembered.
        one: it is about one record: others of the object came.
    """
    what = f"this {resource.label}" if one else resource.plural
    return Forbidden(
        f"These keys may not read {what.casefold()}",
        meaning="The account accepts the keys, and keeps this from them.",
        todo="An administrator of the account gives the keys that right.",
        status=error.status if error is not None else None,
        server_message=error.server_message if error is not None else "",
    )
