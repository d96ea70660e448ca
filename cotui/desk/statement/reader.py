"""Reads a customer's invoices and transactions from today backwards, as far as somebody looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from cotui.api import ApiError, Forbidden, ListSource, NotFound, Record, Unauthorized, read_all, source_of
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.desk.statement.balances import Part, State, Statement, statement_of
from cotui.desk.statement.entries import day_of
from cotui.query import Condition, Op, Order, Query

if TYPE_CHECKING:
    from cotui.api import Api, Reading
    from cotui.catalog import Resource

#: the field that invoices and transactions are read by, the latest first
_DAYS: Final = {INVOICE.id: "date", TRANSACTION.id: "transaction_date"}


def _now() -> datetime:
    return datetime.now(UTC)


class StatementReader:
    """What is read of one customer, and the statement of it at any time.

    Args:
        customer: his number.
        record: he himself, where he was read already.
        to_the_end: look behind the last row for more, instead of trusting the server's count.
        now: answers the present moment, aware of its zone.
    """

    def __init__(
        self,
        api: Api,
        customer: int | str,
        *,
        record: Record | None = None,
        to_the_end: bool = False,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.customer = customer
        self.record = record
        self.read_at: datetime | None = None
        self._api = api
        self._now = now
        self._error: ApiError | None = None
        self._invoices = _Backwards(api, INVOICE, customer, to_the_end=to_the_end)
        self._transactions = _Backwards(api, TRANSACTION, customer, to_the_end=to_the_end)

    @property
    def ended(self) -> bool:
        """Whether there is nothing more that could be read."""
        return all(part.ended for part in self._parts)

    @property
    def _parts(self) -> tuple[_Backwards, _Backwards]:
        return self._invoices, self._transactions

    async def begin(self) -> None:
        """Read the customer and the latest rows, all at once.

        Raises:
            NotFound: there is no such customer.
            ApiError: nothing of it could be read.
        """
        self.read_at = self._now()
        await asyncio.gather(self._read_customer(), *(part.more() for part in self._parts))
        self._refuse_nothing()

    async def more(self) -> None:
        """Read one page more, of what was read back the shortest way; as does `begin`, it does not raise for that."""
        rest = [part for part in self._parts if not part.ended]
        if rest:
            await max(rest, key=lambda part: part.back_to or date.max).more()

    async def back_to(self, day: date | None) -> None:
        """Read all since a day; None for all there is. Raises as `begin` does where nothing was read before."""
        if self.read_at is None:
            self.read_at = self._now()
        await asyncio.gather(self._read_customer(), *(part.read_to(day) for part in self._parts))
        self._refuse_nothing()

    def statement(self, since: date | None = None, *, today: date | None = None) -> Statement:
        """The statement of what is here; see `statement_of`."""
        troubles = [] if self._error is None else [f"the customer could not be read: {self._error.what}"]
        troubles += (words for part in self._parts if not part.ended for words in part.said)
        record = None if self.record is None else self.record.raw
        invoices, transactions = (part.part for part in self._parts)
        return statement_of(
            self.customer,
            record,
            invoices,
            transactions,
            since=since,
            today=today,
            troubles=troubles,
            as_of=self.read_at,
        )

    async def aclose(self) -> None:
        """Give up what is under way."""
        for part in self._parts:
            await part.aclose()

    async def _read_customer(self) -> None:
        if self.record is not None:
            return
        try:
            self.record, self._error = await self._api.get(CUSTOMER, self.customer), None
        except ApiError as error:
            self._error = error

    def _refuse_nothing(self) -> None:
        """There is no statement of nobody, and none without any rows that could be had."""
        if isinstance(self._error, NotFound):
            raise self._error
        errors = [part.error for part in self._parts if part.error is not None and not part.rows]
        if len(errors) == len(self._parts):
            raise errors[0]


class _Backwards:
    """One of the two lists."""

    def __init__(self, api: Api, resource: Resource, customer: int | str, *, to_the_end: bool) -> None:
        self._resource = resource
        self._field = _DAYS[resource.id]
        self.rows: list[Record] = []
        self.error: ApiError | None = None
        #: what is to be said of the order that they came in
        self.said: list[str] = []
        self._by_day = True
        #: somebody waits for a page
        self._asking = False
        self._last: date | None = None
        query = Query(
            (Condition("customer_id", Op.EQUALS, str(customer)),),
            (Order(self._field, descending=True), Order(resource.primary_key, descending=True)),
        )
        source = source_of(api, resource, query)
        source.tell = self._told
        if isinstance(source, ListSource) and resource is TRANSACTION:
            source.expand = (
                "applied_to"  # which invoices money went to; what does not know this leaves it out
            )
        self._reading: Reading = read_all(source, trust_count=not to_the_end)
        self._pages = aiter(self._reading)

    def _told(self, words: str, order: bool) -> None:
        self._by_day = self._by_day and not order
        self.said.append(words)

    @property
    def ended(self) -> bool:
        """Whether no more can be read: it is at the beginning, or broke off."""
        return self._reading.finished or self.error is not None

    @property
    def back_to(self) -> date | None:
        """As `Part.back_to`."""
        return self._last if self._by_day else None

    @property
    def part(self) -> Part:
        """What is here."""
        reading, state = self._reading, self._state
        total = reading.total
        left = 0 if state == "complete" else None if total is None else max(0, total - reading.rows)
        return Part([row.raw for row in self.rows], state, self.back_to, left, self._trouble)

    @property
    def _state(self) -> State:
        if self.error is not None:
            refused = isinstance(self.error, Unauthorized | Forbidden)
            return "refused" if refused and not self.rows else "failed"
        if self._reading.missing or self._uncounted:
            return "partial"
        return "complete" if self._reading.complete else "reading"

    @property
    def _uncounted(self) -> bool:
        """Whether it seems to be at its end and the count went wrong: a page that is cut is short as well."""
        return (
            self._reading.complete and self._reading.total is None and self._reading.count_error is not None
        )

    @property
    def _trouble(self) -> str:
        plural = self._resource.plural.casefold()
        if self._uncounted and self.error is None:
            return f"some {plural} may be missing: they could not be counted"
        if self.error is not None:
            rest = "the older ones " if self.rows else ""
            return f"{plural}: {rest}could not be read: {self.error.what}".replace(": could", " could")
        return f"some {plural} may be missing: {self._reading.missing}" if self._reading.missing else ""

    async def more(self) -> None:
        """Read one page, and whether it was the last where that takes no request."""
        if self.ended:
            return
        await self._page()
        if not self.ended and self._reading.total == self._reading.rows:
            await self._page()

    async def read_to(self, day: date | None) -> None:
        """Read until a day is behind."""
        self._asking = True
        try:
            async for rows in self._pages:
                self._take(rows)
                if day is not None and self.back_to is not None and self.back_to < day:
                    return
        except ApiError as error:
            self.error = error
        finally:
            self._asking = False

    async def _page(self) -> None:
        self._asking = True
        try:
            self._take(await anext(self._pages, []))
        except ApiError as error:
            self.error = error
        finally:
            self._asking = False

    def _take(self, rows: list[Record]) -> None:
        self.rows += rows
        for row in rows:
            day = day_of(row.raw.get(self._field))
            if day is not None and self._last is not None and day > self._last:
                self._by_day = False  # whatever was asked for: what comes next may be of any day
            self._last = day or self._last

    async def aclose(self) -> None:
        """End it where it is."""
        if not self._asking:  # whoever reads is cancelled, which ends it too
            await self._pages.aclose()
