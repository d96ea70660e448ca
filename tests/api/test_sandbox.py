"""The client against the sandbox, in-process: both sides of the documented API meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import httpx
import pytest

from cotui.api import Api, BadRequest, NotFound, RateLimited, RetryPolicy, Unauthorized, calls
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.query import Condition, Op, Order, Query
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from tests.api.support import PASSWORD, JumpingTime, connection

CUSTOMERS = 40
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


#: the sandbox stands in for an account of this address
ACME = OriginCheck(frozenset({"acme.chargeover.com"}))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = Store(":memory:")
    populate(made, CUSTOMERS, 7, date(2026, 3, 15))
    yield made
    made.close()


def api_on(
    store: Store, *, password: str = PASSWORD, rate_limit: int | None = None, **settings: object
) -> Api:
    app = create_app(
        store, credentials={"pub": password}, clock=lambda: NOW, rate_limit=rate_limit, origin_check=ACME
    )
    return Api(
        connection("acme", **settings),
        transport=httpx.ASGITransport(app=app),
        wall_clock=NOW.timestamp,
        retry=RetryPolicy(attempts=1),
    )


@pytest.mark.parametrize("auth", ["basic", "signature"])
async def test_a_whole_list_page_by_page(store: Store, auth: str) -> None:
    api = api_on(store, auth=auth)
    count = await api.count(CUSTOMER, Query())
    assert count >= CUSTOMERS
    ids = []
    for offset in range(0, count, 7):
        ids += [row.id for row in (await api.page(CUSTOMER, Query(), offset, 7)).rows]
    assert len(ids) == len(set(ids)) == count
    assert (await api.page(CUSTOMER, Query(), count, 7)).rows == []
    await api.aclose()


async def test_filter_order_and_count_agree(store: Store) -> None:
    api = api_on(store)
    everything = (await api.page(CUSTOMER, Query(), 0, 100)).rows
    country = next(row.raw["bill_country"] for row in everything if row.raw["bill_country"])
    query = Query((Condition("bill_country", Op.EQUALS, country),), (Order("customer_id", True),))
    rows = (await api.page(CUSTOMER, query, 0, 100)).rows
    expected = sorted((row.id for row in everything if row.raw["bill_country"] == country), reverse=True)
    assert [row.id for row in rows] == expected
    assert await api.count(CUSTOMER, query) == len(expected)
    await api.aclose()


async def test_values_with_reserved_characters_find_their_record(store: Store) -> None:
    api = api_on(store)
    for row in (await api.page(CUSTOMER, Query(), 0, 100)).rows:
        company = row.raw["company"]
        if not company or len(company) > 500:
            continue
        query = Query((Condition("company", Op.EQUALS, company),))
        found = [each.id for each in (await api.page(CUSTOMER, query, 0, 100)).rows]
        assert row.id in found, company
    await api.aclose()


async def test_one_record_by_each_kind_of_reference(store: Store) -> None:
    api = api_on(store)
    rows = (await api.page(CUSTOMER, Query(), 0, 100)).rows
    row = next(each for each in rows if each.raw["external_key"])
    assert row.id is not None
    for ref in (row.id, f"token:{row.raw['token']}", f"external_key:{row.raw['external_key']}"):
        assert (await api.get(CUSTOMER, ref)).id == row.id
    with pytest.raises(NotFound) as caught:
        await api.get(CUSTOMER, 10_000_000)
    assert caught.value.server_message == "This customer does not exist."
    await api.aclose()


async def test_users_and_invoices(store: Store) -> None:
    api = api_on(store)
    for resource in (USER, INVOICE):
        page = await api.page(resource, Query(), 0, 5)
        assert len(page.rows) == 5
        assert page.rows[0].id is not None
        assert (await api.get(resource, page.rows[0].id)).id == page.rows[0].id
    invoice = await api.get(INVOICE, (await api.page(INVOICE, Query(), 0, 1)).rows[0].id or 0)
    assert isinstance(invoice.raw["line_items"], list)
    await api.aclose()


async def test_reports(store: Store) -> None:
    api = api_on(store)
    reports = (await api.reports()).rows
    assert reports
    for report in reports:
        assert isinstance(report.id, int)
        page = await api.report_page(report.id, Query(), 0, 1000)
        more = await api.report_page(report.id, Query(), 0, 1)
        if len(page.rows) > 1:
            assert more.total is not None
            assert more.total == len(page.rows) or more.total > len(page.rows) == 1000
        else:
            assert more.total is None
    await api.aclose()


async def test_wrong_keys(store: Store) -> None:
    api = api_on(store, password="another")
    for _ in range(2):
        with pytest.raises(Unauthorized) as caught:
            await api.check()
        assert caught.value.server_message
    assert api.worker.status.connection == "refused"
    await api.aclose()


async def test_a_field_that_is_not_filterable(store: Store) -> None:
    api = api_on(store)
    with pytest.raises(BadRequest) as caught:
        await api.page(CUSTOMER, Query((Condition("nonsense", Op.EQUALS, "1"),)), 0, 1)
    assert "nonsense" in caught.value.server_message
    await api.aclose()


async def test_the_servers_limit(store: Store) -> None:
    time = JumpingTime()
    app = create_app(store, credentials={"pub": PASSWORD}, clock=lambda: NOW, rate_limit=2, origin_check=ACME)
    api = Api(
        connection("acme"),
        transport=httpx.ASGITransport(app=app),
        clock=time.clock,
        sleep=time.sleep,
        wall_clock=NOW.timestamp,
    )
    await api.check()
    await api.check()
    with pytest.raises(RateLimited):  # the sandbox's minute passes by its own clock, which does not jump
        await api.check()
    assert api.worker.status.connection == "online"
    await api.aclose()


async def test_what_the_sandbox_does_not_know(store: Store) -> None:
    api = api_on(store)
    with pytest.raises(BadRequest) as caught:
        await api.call(calls.get_one("customers", 1))
    assert "not supported" in caught.value.server_message
    await api.aclose()
