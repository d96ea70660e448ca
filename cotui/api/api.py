"""One account's API: what the terminal UI and scripts call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from cotui.api import calls
from cotui.api.abilities import BULK_EACH, Abilities, reading
from cotui.api.errors import ApiError, Forbidden, Unauthorized, WrongShape
from cotui.api.listeners import Listeners
from cotui.api.records import MAX_REPORT_PAGE, Page, Record, coerce_id
from cotui.api.transport import envelope
from cotui.api.transport.budget import Budget, Priority
from cotui.api.transport.client import HttpClient
from cotui.api.transport.worker import Worker
from cotui.query import Query, to_wire

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    import httpx

    from cotui.api.connection import Connection
    from cotui.api.outcome import Outcome
    from cotui.api.transport.retry import RetryPolicy
    from cotui.api.write import Write
    from cotui.catalog.model import Resource


class Api:
    """An account of ChargeOver's, or the sandbox.

    Nothing is loaded or sent before the first call. Every method raises `ApiError`; its type names the cause.

    Args:
        transport: instead of the network, such as `httpx.ASGITransport` around the sandbox.
        clock: seconds, monotonic.
        sleep: waits so many seconds.
        wall_clock: seconds since 1970.
        retry: when reads are sent again.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        wall_clock: Callable[[], float] = time.time,
        retry: RetryPolicy | None = None,
    ) -> None:
        self.connection = connection
        self._client = HttpClient(connection, transport=transport, wall_clock=wall_clock)
        self.worker = Worker(
            self._client, Budget(connection.rate_limit, clock), retry=retry, clock=clock, sleep=sleep
        )
        #: what was found out about the account by using it
        self.abilities = Abilities()
        self._watchers: Listeners[[Resource, Sequence[Record]]] = Listeners()

    def keep_abilities(self, kept: MutableMapping[str, str]) -> None:
        """Have what is found out kept where earlier runs kept it, and know what they found out."""
        self.abilities.keep_in(kept)
        self.worker.budget.counts_each |= bool(self.abilities.can(BULK_EACH))

    def forget_abilities(self) -> None:
        """Find out anew what the account can do, and what a batch counts as."""
        self.abilities.forget()
        self.worker.budget.counts_each = False

    def watch(self, callback: Callable[[Resource, Sequence[Record]], None]) -> Callable[[], None]:
        """Calls back with all records of objects that come, whoever asked for them; returns what ends that."""
        return self._watchers.add(callback)

    def came(self, resource: Resource, records: Sequence[Record]) -> None:
        """Tell who watches that records came."""
        self.abilities.came(resource.id)
        if records:
            self._watchers.tell(resource, records)

    def prepare(self) -> None:
        """Load what the first request needs; may run in a thread while something else is painted."""
        self._client.prepare()

    def begin(self, call: calls.Call) -> None:
        """Send a call that reads from a thread, before there is an event loop.

        Whoever first makes exactly this call soon after gets that answer, or its failure, and it counts as made
        then. Nothing happens on an account with a transport of its own.

        Raises:
            ApiError: the client cannot be made.
        """
        if not call.reads:
            raise ValueError("only what changes nothing may be sent ahead")
        self._client.begin(call)

    def page_call(
        self, resource: Resource, query: Query, offset: int, limit: int, expand: str = ""
    ) -> calls.Call:
        """What `page` sends.

        Without an order in the query the resource's default order is sent, so that pages fit together.
        """
        wire = to_wire(query)
        order = wire.order or resource.default_order
        return calls.list_rows(resource.path, wire.where, order, offset=offset, limit=limit, expand=expand)

    async def page(
        self,
        resource: Resource,
        query: Query,
        offset: int,
        limit: int,
        *,
        expand: str = "",
        priority: Priority = Priority.INTERACTIVE,
    ) -> Page:
        """Rows `offset` to `offset + limit` of a list; fewer at its end.

        Args:
            expand: what each row is to hold besides, as far as the server does that.
        """
        call = self.page_call(resource, query, offset, limit, expand)
        rows = envelope.rows_of(await self._answer(resource, call, priority))
        if len(rows) <= _MANY:
            records = _records(rows, resource.primary_key)
        else:
            records = await asyncio.to_thread(_records, rows, resource.primary_key)
        self.came(resource, records)
        return Page(records)

    async def count(
        self, resource: Resource, query: Query, *, priority: Priority = Priority.INTERACTIVE
    ) -> int:
        """Number of rows the whole list has."""
        call = calls.count_rows(resource.path, to_wire(query).where)
        return envelope.count_of(await self._answer(resource, call, priority))

    async def get(
        self, resource: Resource, ref: int | str, *, priority: Priority = Priority.INTERACTIVE
    ) -> Record:
        """One record with all its fields, by id, `external_key:VALUE` or `token:VALUE`.

        Raises:
            NotFound: there is none, or it was deleted.
            WrongShape: among others, it is another record.
        """
        answer = await self._answer(resource, calls.get_one(resource.path, ref), priority)
        record = Record(envelope.record_of(answer), resource.primary_key)
        wanted = coerce_id(ref)
        if isinstance(wanted, int) and record.id not in (None, wanted):
            raise WrongShape(f"The answer is not {resource.label.casefold()} {wanted}", status=answer.code)
        self.came(resource, [record])
        return record

    def reports_call(self) -> calls.Call:
        """What `reports` sends."""
        return calls.list_reports()

    async def reports(self, *, priority: Priority = Priority.INTERACTIVE) -> Page:
        """All reports of the account; their ids differ from account to account."""
        rows = envelope.rows_of(await self.worker.submit(self.reports_call(), priority))
        return Page([Record(row, "report_id") for row in rows], total=len(rows))

    async def report_page(
        self,
        report_id: int,
        query: Query,
        offset: int,
        limit: int,
        *,
        priority: Priority = Priority.INTERACTIVE,
    ) -> Page:
        """Rows of a report, at most 1000 at once.

        `total` is set only when the answer leaves no doubt: whether `_count` means the page or the whole
        report is not documented.
        """
        if limit > MAX_REPORT_PAGE:
            raise ValueError(f"a report sends {MAX_REPORT_PAGE} rows at once, not {limit}")
        call = calls.report_rows(
            report_id,
            [to_wire(Query((condition,))).where for condition in query.conditions],
            to_wire(query).order,
            offset=offset,
            limit=limit,
        )
        rows, count = envelope.report_of(await self.worker.submit(call, priority))
        records = _records(rows) if len(rows) <= _MANY else await asyncio.to_thread(_records, rows)
        return Page(records, total=report_total(count, len(rows), offset))

    async def _answer(self, resource: Resource, call: calls.Call, priority: Priority) -> envelope.Envelope:
        """What reading an object brings; a refusal is about the object, as far as others came with the same keys."""
        try:
            return await self.worker.submit(call, priority)
        except Unauthorized as error:
            self.abilities.refused(resource.id)
            if self.abilities.can(reading(resource.id)) is False:
                self.worker.status.keys_are_accepted()
            if self.abilities.read and error.meaning == Unauthorized.default_meaning:
                what = f"this {resource.label}" if resource.id in self.abilities.read else resource.plural
                error.what = f"These keys may not read {what.casefold()}"
                error.meaning = "The account keeps them from these keys, with which others came, or has taken the keys back."
                error.todo = "An administrator of the account gives the keys that right."
            raise
        except Forbidden:
            self.abilities.refused(resource.id)
            raise

    async def call(self, call: calls.Call, *, priority: Priority = Priority.INTERACTIVE) -> envelope.Envelope:
        """Send any call. What is not marked as reading is sent exactly once.

        After a failure with `unknown_outcome` the caller must look whether a write was carried out.
        """
        return await self.worker.submit(call, priority)

    async def write(self, write: Write) -> Outcome:
        """Carry out a write: sent once, whatever happens. A failure is told in the outcome, never raised.

        Cancelling after it was sent does not break it off; whoever must know how it ended must not be
        cancelled.
        """
        from cotui.api.outcome import outcome_of

        try:
            answer = await self.worker.submit(write.call(self.connection.action_style))
        except ApiError as error:
            return outcome_of(write, error)
        return outcome_of(write, answer)

    async def check(self) -> None:
        """Ask for as little as possible, once, to see whether address and keys are right."""
        call = calls.list_rows("customer", offset=0, limit=1)
        envelope.rows_of(await self.worker.submit(call, retry=False))

    async def aclose(self) -> None:
        """Give up what is under way and close the connections."""
        await self.worker.aclose()


#: rows beyond those that are ever asked for, where a server sends all it has
_MANY = 2 * MAX_REPORT_PAGE


def _records(rows: list[dict[str, Any]], primary_key: str = "") -> list[Record]:
    return [Record(row, primary_key) for row in rows]


def report_total(count: int | None, rows: int, offset: int) -> int | None:
    """Rows of a whole report where one answer proves it, else None.

    A count beyond the rows seen so far must mean the whole report. One that just equals the rows of a
    full first page could mean that page alone, and so could a short one: the server may cut at any size.

    Args:
        count: the answer's `_count`.
    """
    seen = offset + rows
    if count is not None and (count > seen or (offset > 0 and rows > 0 and count == seen)):
        return count
    return None
