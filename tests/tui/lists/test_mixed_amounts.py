"""Lists ordered by an amount of several currencies: said, and ordered by currency first where the account does that."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api.abilities import ordering
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status, text_of

SIZE = (120, 30)
SAID = "ordered by bare numbers of"
BETTER = "order by currency, balance desc"
FACT = ordering("customer", "currency_iso4217", "balance")


async def to_balance(pilot: Any) -> None:
    await settle(pilot)
    await press(pilot, *["right"] * 5)


async def test_an_order_by_amount_says_so_and_its_key_goes_on_to_the_better_one(
    session: Session, wire: Wire
) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await to_balance(pilot)
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by balance"
        assert SAID in status(app)
        assert BETTER in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == BETTER
        assert app.api.abilities.can(FACT)
        ordered = "order=currency_iso4217%3AASC%2Cbalance%3ADESC"
        assert any(ordered in request.url.query.decode() for request in wire.requests)
        assert SAID not in status(app)
        heading = text_of(app).splitlines()[2]
        assert "Cur ↑1" in heading
        assert "Balance ↓2" in heading
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by balance desc"
        assert status(app) == "ordered by bare numbers of several currencies"
        await press(pilot, "o")
        assert browse(app).bar.applied == ""
        assert not browse(app).bar.history.texts, "orders that nobody typed"


async def test_from_the_descending_order_its_key_goes_on_by_currency_and_then_to_the_default(
    session: Session,
) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await to_balance(pilot)
        browse(app).bar.apply("order by balance desc")
        await settle(pilot)
        assert BETTER in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == BETTER
        await press(pilot, "o")
        assert browse(app).bar.applied == ""


async def test_the_key_is_named_only_where_it_does_what_is_said(session: Session) -> None:
    """An order that was typed: the key takes it further unless another column is selected."""
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        browse(app).bar.apply("order by balance desc")
        await settle(pilot)
        assert f"o: {BETTER}" in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == BETTER
        browse(app).bar.apply("")
        await settle(pilot)
        await press(pilot, "right", "right")
        browse(app).bar.apply("order by balance desc")
        await settle(pilot)
        assert f"better: {BETTER}" in status(app)
        assert "o: order" not in status(app)


class Refusing(httpx.AsyncBaseTransport):
    """An account that knows orders of one key only: it refuses others, or goes by the last one."""

    def __init__(self, inner: httpx.AsyncBaseTransport, *, ignores: bool) -> None:
        self._inner, self._ignores = inner, ignores

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        if "," not in query.get("order", ""):
            return await self._inner.handle_async_request(request)
        if not self._ignores:
            content = {"code": 400, "status": "Error", "message": "One order key only", "response": False}
            return httpx.Response(400, json=content)
        url = request.url.copy_set_param("order", query["order"].rpartition(",")[2])
        return await self._inner.handle_async_request(
            httpx.Request(request.method, url, headers=request.headers)
        )


@pytest.mark.parametrize("ignores", [False, True])
async def test_where_the_account_does_not_order_so_it_is_said_and_not_asked_for_again(
    session: Session, wire: Wire, ignores: bool
) -> None:
    assert session.api is not None
    session.api = type(session.api)(session.api.connection, transport=Refusing(wire, ignores=ignores))
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await to_balance(pilot)
        await press(pilot, "o", "o")
        await settle(pilot)
        assert browse(app).bar.applied == "order by balance desc"
        assert app.api.abilities.can(FACT) is False
        assert "does not order by currency first" in status(app)
        assert SAID in status(app)
        assert BETTER not in status(app)
        assert browse(app).table.record is not None
        await press(pilot, "o", "o")
        assert browse(app).bar.applied == "order by balance"
        assert BETTER not in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by balance desc"


async def test_of_one_currency_nothing_is_said(session: Session) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        bar = browse(app).bar
        bar.apply("currency = EUR order by balance")
        await settle(pilot)
        assert SAID not in status(app)
        bar.apply("order by balance desc")
        await settle(pilot)
        assert SAID in status(app)
