"""Queries by fields that nobody documents: tried once, judged by the rows, remembered of the account."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api import Api, BadRequest, Priority, TriedSource, read_all, source_of
from cotui.api.abilities import filtering, ordering
from cotui.api.paging.tried_query import order_fact
from cotui.catalog import RESOURCES
from cotui.catalog.objects.invoice import INVOICE
from cotui.query import Condition, Op, Order, Query
from tests.api.support import api_with, ok, refuse

USER = Priority.INTERACTIVE
BALANCE = Condition("balance", Op.GT, "5")
ORDER, FILTER = ordering("invoice", "due_date"), filtering("invoice", "balance")


class Server:
    """Thirty invoices, the newest first unless an order is heeded.

    Args:
        orders, filters: "heeds", "ignores" or "refuses" what is not documented.
    """

    def __init__(self, *, orders: str = "heeds", filters: str = "heeds") -> None:
        self.rows = [
            {"invoice_id": number, "balance": number % 10, "due_date": f"2026-01-{31 - number:02}"}
            for number in range(30, 0, -1)
        ]
        self.orders, self.filters = orders, filters
        self.sent: list[str] = []
        self.api: Api = api_with(self.answer, page_size=100)

    def answer(self, request: httpx.Request) -> httpx.Response:
        given = request.url.params
        where, order = given.get("where", ""), given.get("order", "")
        counts = request.url.path.endswith("_count")
        self.sent.append(f"{'count ' * counts}{where} {order}".strip())
        rows: list[dict[str, Any]] = list(self.rows)
        if "balance" in where:
            if self.filters == "refuses":
                return refuse(400, "You cannot filter by: balance")
            if self.filters == "heeds":
                rows = [row for row in rows if row["balance"] > 5]
        if "due_date" in order:
            if self.orders == "refuses":
                return refuse(400)
            if self.orders == "heeds":
                rows.sort(key=lambda row: row["due_date"])
        if counts:
            return ok(len(rows))
        at = int(given.get("offset", 0))
        return ok(rows[at : at + int(given["limit"])])

    def source(self, *conditions: Condition, order: str = "") -> tuple[TriedSource, list[tuple[str, bool]]]:
        source = TriedSource(self.api, INVOICE, Query(conditions, (Order(order),) if order else ()))
        said: list[tuple[str, bool]] = []
        source.tell = lambda words, about: said.append((words, about))
        return source, said


async def ids(source: TriedSource) -> list[int]:
    return [row.raw["invoice_id"] for row in (await source.page(0, 100, USER)).rows]


async def test_an_order_that_is_heeded_is_remembered() -> None:
    server = Server()
    source, said = server.source(order="due_date")
    assert await ids(source) == list(range(30, 0, -1))
    assert (server.api.abilities.can(ORDER), said) == (True, [])
    await server.api.aclose()


@pytest.mark.parametrize("orders", ["refuses", "ignores"])
async def test_an_order_that_is_not_falls_back_once_and_is_said(orders: str) -> None:
    server = Server(orders=orders)
    server.rows = [{**row, "due_date": f"2026-01-{row['invoice_id']:02}"} for row in server.rows]
    for again in range(2):
        source, said = server.source(order="due_date")
        server.sent.clear()
        assert await ids(source) == list(range(30, 0, -1))
        assert said == [("this account does not order invoices by due date: they come by Invoice ID", True)]
        assert server.sent[-1] == "invoice_id:DESC"
        assert len(server.sent) == (1 if again else 2)
        assert await ids(source)
        assert len(said) == 1
    assert server.api.abilities.can(ORDER) is False
    await server.api.aclose()


async def test_a_filter_that_is_heeded_is_remembered() -> None:
    server = Server()
    source, said = server.source(BALANCE)
    assert len(await ids(source)) == 12
    assert (server.api.abilities.can(FILTER), said, await source.count()) == (True, [], 12)
    await server.api.aclose()


@pytest.mark.parametrize("filters", ["refuses", "ignores"])
async def test_a_filter_that_is_not_is_looked_at_here_and_no_wrong_row_is_shown(filters: str) -> None:
    server = Server(filters=filters)
    for again in range(2):
        source, said = server.source(BALANCE)
        server.sent.clear()
        reading = read_all(source)
        rows = await reading.all()
        assert [row.raw["balance"] > 5 for row in rows] == [True] * 12
        assert reading.complete
        words = "this account does not filter invoices by balance: 30 rows were read and looked through here"
        assert said == [(words, False)]
        assert not again or all("balance" not in sent for sent in server.sent), "it is not tried again"
    assert server.api.abilities.can(FILTER) is False
    await server.api.aclose()


async def test_rows_that_were_looked_through_are_read_once_and_again_when_they_are_to_be() -> None:
    server = Server(filters="refuses")
    source, _ = server.source(BALANCE)
    assert (await ids(source), await source.count()) == (await ids(source), 12)
    assert source.words == "narrowed from 30"
    asked = len(server.sent)
    server.rows = server.rows[:1]
    assert len(await ids(source)) == 12
    assert len(server.sent) == asked
    source.renew()
    assert await source.count() == 0
    await server.api.aclose()


@pytest.mark.parametrize(("filters", "number"), [("heeds", 12), ("ignores", 12), ("refuses", 12)])
async def test_a_count_is_believed_when_rows_have_shown_that_the_filter_is_heeded(
    filters: str, number: int
) -> None:
    server = Server(filters=filters)
    source, _ = server.source(BALANCE)
    assert await source.count() == number
    await server.api.aclose()


@pytest.mark.parametrize("refused", [True, False])
async def test_an_order_of_a_short_list_is_made_here_where_the_account_does_not_order(
    *, refused: bool
) -> None:
    cards = RESOURCES["creditcard"]
    rows = [{"creditcard_id": number, "name": name} for number, name in enumerate("cab", 1)]
    for row in rows:
        row["expdate"] = f"20{30 - int(str(row['creditcard_id']))}-01-01"

    def answer(request: httpx.Request) -> httpx.Response:
        if refused and "expdate" in request.url.params.get("order", ""):
            return refuse(400)
        return ok(len(rows) if request.url.path.endswith("_count") else rows)

    api = api_with(answer)
    for again in range(2):
        source = source_of(api, cards, Query((), (Order("expdate"),)))
        said: list[str] = []
        source.tell = lambda words, about, said=said: said.append(f"{words} {about}")  # type: ignore[misc]
        page = await source.page(0, 10, USER)
        assert [row.id for row in page.rows] == [3, 2, 1], again
        assert said == [
            "this account does not order credit cards by expires: 3 rows were read and ordered here False"
        ]
    assert api.abilities.can(ordering("creditcard", "expdate")) is False
    await api.aclose()


async def test_an_order_of_two_keys_is_tried_as_one() -> None:
    server = Server()
    source = TriedSource(server.api, INVOICE, Query((), (Order("terms_id"), Order("balance", True))))
    server.rows = [{**row, "terms_id": row["invoice_id"] % 2} for row in server.rows]
    await ids(source)
    assert server.api.abilities.can(ordering("invoice", "terms_id", "balance")) is False
    await server.api.aclose()


async def test_both_may_be_refused() -> None:
    server = Server(filters="refuses", orders="refuses")
    source, said = server.source(BALANCE, order="due_date")
    assert len(await ids(source)) == 12
    assert {about for _, about in said} == {True, False}
    await server.api.aclose()


async def test_a_refusal_of_something_else_stays_one() -> None:
    api = api_with(lambda _: refuse(400, "no such date"))
    for query in (Query((Condition("date", Op.EQUALS, "x"),), (Order("due_date"),)), Query((BALANCE,))):
        with pytest.raises(BadRequest):
            await TriedSource(api, INVOICE, query).page(0, 10, USER)
    assert list(api.abilities) == []
    await api.aclose()


async def test_what_is_documented_costs_nothing() -> None:
    server = Server()
    source, said = server.source(Condition("customer_id", Op.EQUALS, "1"), order="total")
    await ids(source)
    assert (list(server.api.abilities), said, len(server.sent)) == ([], [], 1)
    await server.api.aclose()


@pytest.mark.parametrize("resource_id", list(RESOURCES))
def test_what_is_seen_is_a_field_of_the_object(resource_id: str) -> None:
    resource = RESOURCES[resource_id]
    assert all(resource.field(name).orderable for name in resource.orders_shown)
    assert all(resource.field(name).filterable for name in resource.filters_seen)
    assert order_fact(resource, Query()) == ""


@pytest.mark.parametrize("filters", ["refuses", "ignores"])
async def test_what_was_heeded_before_is_found_out_anew_where_it_is_not_any_more(filters: str) -> None:
    server = Server(filters=filters, orders=filters)
    server.rows = [{**row, "due_date": f"2026-01-{row['invoice_id']:02}"} for row in server.rows]
    server.api.abilities.learn(FILTER, True)
    server.api.abilities.learn(ORDER, True)
    source, said = server.source(BALANCE, order="due_date")
    found = [row.raw async for rows in read_all(source) for row in rows]
    assert len(found) == 12
    assert all(row["balance"] > 5 for row in found)
    assert (server.api.abilities.can(FILTER), server.api.abilities.can(ORDER)) == (False, False)
    assert said
    await server.api.aclose()


async def test_a_count_that_is_refused_after_all_is_made_here() -> None:
    server = Server(filters="refuses")
    server.api.abilities.learn(FILTER, True)
    source, _ = server.source(BALANCE)
    assert await source.count() == 12
    await server.api.aclose()
