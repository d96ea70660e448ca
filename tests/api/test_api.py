"""The façade: what each method asks for and what it makes of the answer."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from cotui.api import NotFound, Unauthorized, WrongShape, calls
from cotui.api.abilities import BULK_EACH, reading
from cotui.api.api import report_total
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.query import Condition, Op, Order, Query
from tests.api.support import Handler, api_with, ok, refuse

CANADA = Query(
    (Condition("bill_country", Op.EQUALS, "Canada"), Condition("company", Op.CONTAINS, "Acme, Inc: EU"))
)


def recording(response: Any) -> tuple[list[httpx.Request], Handler]:
    seen: list[httpx.Request] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return ok(response)

    return seen, server


def parameters(request: httpx.Request) -> dict[str, str]:
    return dict(parse_qsl(request.url.query.decode(), strict_parsing=True))


async def test_page() -> None:
    seen, server = recording([{"customer_id": "5", "company": "A"}, {"customer_id": 6}])
    api = api_with(server)
    page = await api.page(CUSTOMER, CANADA, 100, 50)
    assert seen[0].url.path == "/api/v3/customer"
    assert parameters(seen[0]) == {
        "where": r"bill_country:EQUALS:Canada,company:CONTAINS:Acme\, Inc\: EU",
        "order": CUSTOMER.default_order,
        "limit": "50",
        "offset": "100",
    }
    assert [row.id for row in page.rows] == [5, 6]
    assert page.total is None
    await api.aclose()


async def test_an_order_replaces_the_default_one() -> None:
    seen, server = recording([])
    api = api_with(server)
    page = await api.page(INVOICE, Query(order=(Order("date", True),)), 0, 10)
    assert parameters(seen[0]) == {"order": "date:DESC", "limit": "10", "offset": "0"}
    assert list(page.rows) == []
    await api.aclose()


async def test_count() -> None:
    seen, server = recording("12412")
    api = api_with(server)
    assert await api.count(CUSTOMER, Query(CANADA.conditions[:1])) == 12412
    assert seen[0].url.raw_path == b"/api/v3/customer/_count?where=bill_country%3AEQUALS%3ACanada"
    await api.aclose()


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        (12, b"/api/v3/customer/12"),
        ("external_key:a b", b"/api/v3/customer/external_key:a%20b"),
        ("token:xyz", b"/api/v3/customer/token:xyz"),
    ],
)
async def test_get(ref: int | str, path: bytes) -> None:
    seen, server = recording({"customer_id": 12, "company": "A"})
    api = api_with(server)
    record = await api.get(CUSTOMER, ref)
    assert seen[0].url.raw_path == path
    assert (record.id, record.raw["company"]) == (12, "A")
    await api.aclose()


async def test_another_record_is_no_answer() -> None:
    """As an answer too many on a kept connection would be."""
    api = api_with(lambda request: ok({"customer_id": "13"}))
    with pytest.raises(WrongShape, match="not customer 12"):
        await api.get(CUSTOMER, 12)
    await api.aclose()


async def test_a_record_that_is_gone() -> None:
    api = api_with(lambda request: refuse(404, "This customer does not exist."))
    with pytest.raises(NotFound) as caught:
        await api.get(CUSTOMER, 12)
    assert caught.value.server_message == "This customer does not exist."
    await api.aclose()


async def test_reports() -> None:
    seen, server = recording([{"name": "Credits", "report_id": "6"}])
    api = api_with(server)
    page = await api.reports()
    assert seen[0].url.raw_path == b"/api/v3/_report"
    assert (page.rows[0].id, page.total) == (6, 1)
    await api.aclose()


async def test_report_page() -> None:
    seen, server = recording({"_report": [{"a": 1}, {"a": "x"}], "_count": 5})
    api = api_with(server)
    query = Query((Condition("a", Op.GTE, "2017-09-11"), Condition("b", Op.EQUALS, "x,y")), (Order("a"),))
    page = await api.report_page(58, query, 0, 1000)
    assert seen[0].method == "POST"
    assert seen[0].content == rb'["a:GTE:2017-09-11","b:EQUALS:x\\,y"]'
    assert parameters(seen[0]) == {
        "action": "reportData",
        "order": "a:ASC",
        "limit": "1000",
        "offset": "0",
    }
    assert [row.id for row in page.rows] == [None, None]
    assert page.total == 5
    with pytest.raises(ValueError, match="1000"):
        await api.report_page(58, query, 0, 1001)
    await api.aclose()


@pytest.mark.parametrize(
    ("count", "rows", "offset", "total"),
    [
        (5000, 1000, 0, 5000),  # beyond this page: it must mean the whole
        (1000, 1000, 0, None),  # this page, or the whole?
        (1000, 1000, 1000, None),  # this page
        (2000, 1000, 1000, 2000),  # the whole: as many as were seen
        (3, 3, 0, None),  # a short page need not be the last: the server may cut at any size
        (3, 3, 1000, None),
        (None, 3, 1000, None),
        (None, 1000, 0, None),
        (0, 0, 0, None),
        (0, 0, 1000, None),  # past the end: how far is not said
        (700, 0, 1000, None),
        (5000, 500, 0, 5000),  # the server clamps lower than we ask
    ],
)
def test_the_size_of_a_report_where_it_is_beyond_doubt(
    count: int | None, rows: int, offset: int, total: int | None
) -> None:
    assert report_total(count, rows, offset) == total


async def test_call_sends_anything_once() -> None:
    seen, server = recording(True)
    api = api_with(server)
    envelope = await api.call(calls.act("user", 5, "password", style=api.connection.action_style))
    assert envelope.response is True
    assert (seen[0].method, seen[0].url.path, seen[0].content) == (
        "POST",
        "/api/v3/user/5/_action/password",
        b"",
    )
    await api.aclose()


async def test_check_asks_for_one_customer() -> None:
    seen, server = recording([])
    api = api_with(server)
    await api.check()
    assert seen[0].url.raw_path == b"/api/v3/customer?limit=1&offset=0"
    await api.aclose()


async def test_a_check_is_not_satisfied_by_another_servers_json() -> None:
    api = api_with(lambda request: httpx.Response(200, json={"hello": "world"}))
    with pytest.raises(WrongShape):
        await api.check()
    await api.aclose()


async def test_a_refusal_is_about_the_object_where_others_came_with_the_same_keys() -> None:
    api = api_with(lambda request: refuse(401) if "transaction" in request.url.path else ok([]))
    with pytest.raises(Unauthorized, match="does not accept these keys"):
        await api.page(RESOURCES["transaction"], Query(), 0, 5)
    await api.page(RESOURCES["invoice"], Query(), 0, 5)
    assert api.abilities.can(reading("transaction")) is False
    with pytest.raises(Unauthorized, match=r"^These keys may not read payments") as refused:
        await api.count(RESOURCES["transaction"], Query())
    assert "taken the keys back" in refused.value.meaning
    with pytest.raises(Unauthorized, match=r"^These keys may not read payments"):
        await api.get(RESOURCES["transaction"], 4)
    await api.aclose()


async def test_what_a_batch_counts_as_is_forgotten_with_the_rest() -> None:
    api = api_with(lambda _: ok([]))
    api.keep_abilities({BULK_EACH: f"yes {date.today().isoformat()}"})
    assert api.worker.budget.counts_each
    api.forget_abilities()
    assert not api.worker.budget.counts_each
    assert list(api.abilities) == []
    await api.aclose()
