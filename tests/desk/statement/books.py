"""A customer's books on the sandbox, written entry by entry, and the API that reads them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any

import httpx

from cotui.api import Api, Connection, RetryPolicy
from cotui.desk.statement.balances import Balance, Statement
from cotui.desk.statement.reader import StatementReader
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service, hard
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, PASSWORD, USER, Client
from tests.sandbox.money_account import customer

Judge = Callable[[httpx.Request], httpx.Response | None]


class Books(httpx.AsyncBaseTransport):
    """The sandbox behind a line on which answers can be replaced.

    Attributes:
        requests: what was asked for, without the writes that made the books.
        instead: what a request is answered with; None for the sandbox's own answer.
    """

    def __init__(
        self, store: Store, *, most: int | None = None, page_size: int = 100, switches: Collection[str] = ()
    ) -> None:
        service = Service() if most is None else Service(max_page_size=most)
        if switches:
            service = hard(switches, service)
        app = create_app(store, credentials=CREDENTIALS, clock=account.now, service=service)
        self._inner = httpx.ASGITransport(app=app)
        self.client = Client(app)
        self.requests: list[httpx.Request] = []
        self.instead: Judge = lambda _: None
        self.api = Api(
            Connection("books", "localhost", USER, PASSWORD, page_size=page_size, rate_limit=10**6),
            transport=self,
            retry=RetryPolicy(attempts=1),
        )
        self.customer = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.instead(request) or await self._inner.handle_async_request(request)

    @property
    def paths(self) -> list[str]:
        return [request.url.path.removeprefix("/api/v3/") for request in self.requests]

    # -- writing -------------------------------------------------------------------------------

    async def open(self) -> Books:
        """Make the customer."""
        self.customer, _ = await customer(self.client)
        return self

    async def invoice(self, total: object, day: str) -> int:
        line = {"item_id": 1, "line_rate": total, "line_quantity": 1}
        return await self.client.made(
            "invoice", {"customer_id": self.customer, "date": day, "line_items": [line]}
        )

    async def money(self, amount: object, day: str, *invoices: int, kind: str = "pay", **more: object) -> int:
        """A payment, credit, write-off or refund on record."""
        sent: dict[str, object] = {
            "customer_id": self.customer,
            "transaction_type": kind,
            "amount": amount,
            "transaction_date": day,
            "gateway_status": 1,
            "gateway_method": "credit" if kind == "cre" else "check",
            "transaction_detail": "no. 7",
            **more,
        }
        if invoices:
            sent["applied_to"] = [{"invoice_id": number} for number in invoices]
        return await self.client.made("transaction", sent)

    async def act(self, subject: str, number: int, action: str, **sent: object) -> Any:
        answer = await self.client.post(f"{subject}/{number}?action={action}", sent)
        assert answer.status in (200, 201), answer.envelope
        return answer.response

    # -- reading -------------------------------------------------------------------------------

    async def read(self, since: date | None = None) -> Statement:
        """The whole statement."""
        reader = StatementReader(self.api, self.customer, to_the_end=True, now=account.now)
        await reader.back_to(None)
        await reader.aclose()
        return reader.statement(since)

    async def balance(self, since: date | None = None) -> Balance:
        """The statement in its one currency."""
        (found,) = (await self.read(since)).balances
        return found


def rows(balance: Balance) -> list[tuple[str, str, str, str, str]]:
    """Day, kind, charged, paid and what was owed then, as texts."""
    return [
        (
            str(line.entry.day or "-"),
            line.entry.kind,
            _text(line.entry.charged),
            _text(line.entry.paid),
            "?" if line.running is None else ("≥" * line.running.at_least) + line.running.number,
        )
        for line in balance.lines
    ]


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"
