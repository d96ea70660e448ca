"""Notes, usage, REST hooks, coupons, exchange rates, the log, ChargeOver.js, settings and aggregates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from cotui.catalog import RESOURCES, Resource
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.objects import served, served_objects
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.recordings import FIXTURES
from tests.sandbox.test_served import OLD, check_types


@pytest.fixture(scope="module")
def demo() -> Iterator[Client]:
    """A client of a demo account; tests do not change it."""
    store = Store()
    populate(store, 60, 1, account.TODAY)
    yield Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    store.close()


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=list(RESOURCES))
async def test_every_catalogued_field_is_served(demo: Client, resource: Resource) -> None:
    if resource.id == "report":
        pytest.skip("reports have tests of their own")
    names = {item.name for item in resource.fields if item.listed and "." not in item.name} - OLD
    rows = await demo.rows(resource.path, limit=100)
    if resource.id == "usage":
        line = {"line_item_id": 1, "usage_value": 1.5, "from": "2026-03-01", "to": "2026-03-02T00:00:00"}
        rows = [(await demo.get(f"usage/{await demo.made('usage', line)}")).response]
    assert rows
    for row in rows:
        assert names <= row.keys()
        check_types(resource.fields, row)
    key = rows[0][resource.primary_key]
    assert (await demo.get(f"{resource.path}/{key}")).response.items() >= rows[0].items()
    assert (await demo.get(f"{resource.path}/_count")).response >= len(rows)
    for item in resource.orderable:
        if item.name in served(resource.path).orderable:
            assert await demo.rows(resource.path, order=f"{item.name}:DESC", limit=2)


def test_every_object_is_in_the_catalogue() -> None:
    assert {resource.path for resource in RESOURCES.values()} - {"_report"} == set(served_objects())


async def test_recurring_revenue_of_the_demo_is_what_its_lines_cost(demo: Client) -> None:
    """The generator adds up by itself; any change of a subscription adds up again, to the same amount."""
    for customer_id in range(1, 61):
        before = (await demo.get(f"customer/{customer_id}")).response["mrr"]
        for row in await demo.rows("package", where=f"customer_id:EQUALS:{customer_id}"):
            number = row["package_id"]
            assert (
                await demo.post(f"package/{number}?action=paycycle", {"paycycle": row["paycycle"]})
            ).status == 200
        assert (await demo.get(f"customer/{customer_id}")).response["mrr"] == before, customer_id


async def test_notes(live: Client) -> None:
    sent = {"note": "Here is my test note", "obj_type": "customer", "obj_id": "4"}
    assert await live.made("note", sent) == 1
    await live.made("note", {"note": "Other", "obj_type": "billing_package", "obj_id": 4, "admin_id": 1})
    (row,) = await live.rows("note", where="obj_type:EQUALS:customer,obj_id:EQUALS:4")

    assert row == {
        "note_id": 1,
        "note": "Here is my test note",
        "obj_type": "customer",
        "obj_id": 4,
        "user_id": None,
        "admin_id": None,
        "note_datetime": "2026-03-15T10:00:00-04:00",
    }
    assert [row["admin_id"] for row in await live.rows("note", where="obj_type:EQUALS:package")] == [1]
    for wrong in (
        {"obj_type": "customer", "obj_id": 4},
        {**sent, "obj_id": 99},
        {**sent, "obj_id": None},
        {**sent, "obj_type": "planet"},
        {**sent, "obj_type": "_resthook"},
        {**sent, "note": ["x"]},
        {**sent, "user_id": 99},
    ):
        assert (await live.post("note", wrong)).status == 400, wrong


async def test_usage(live: Client) -> None:
    """The C# client sends ISO datetimes, the PHP client strings for numbers and the line's key."""
    number = await live.made(
        "usage",
        {"line_item_id": 3, "usage_value": 265.2, "from": "2013-10-16T00:00:00", "to": "2013-10-16T00:00:00"},
    )
    row = (await live.get(f"usage/{number}")).response
    assert (row["line_item_id"], row["usage_value"], row["type"]) == (3, 265.2, "add")
    assert row["from"] == row["to"] == "2013-10-16T00:00:00-04:00"
    second = await live.made(
        "usage",
        {"line_item_external_key": "line-4", "usage_value": "12", "type": "max", "external_key": "u2"},
    )
    assert (await live.get("usage/external_key:u2")).response["line_item_id"] == 4
    assert [row["usage_id"] for row in await live.rows("usage", where="from:GTE:2013-01-01")] == [number]
    third = {
        "customer": {"external_key": "Key-4"},
        "line_item": {"item_external_key": "sku1"},
        "usage_value": 0,
        "custom_7": "c",
    }
    assert (await live.get(f"usage/{await live.made('usage', third)}")).response["line_item_id"] == 4
    assert second == number + 1
    for wrong in (
        {"line_item_id": 3},
        {"usage_value": 1},
        {"line_item_id": 99, "usage_value": 1},
        {"line_item_id": 3, "usage_value": "many"},
        {"line_item_id": 3, "usage_value": 1, "type": "sum"},
        {"line_item_id": 3, "usage_value": 1, "external_key": "U2"},
        {"line_item_id": 3, "usage_value": 1, "from": "yesterday"},
        {"line_item_id": 3, "line_item_external_key": "line-4", "usage_value": 1},
        {"item_external_key": "sku1", "usage_value": 1},
    ):
        assert (await live.post("usage", wrong)).status == 400, wrong


@pytest.mark.parametrize("url", ["usage/_action/bulk", "usage?action=bulk"])
async def test_usage_in_bulk(live: Client, url: str) -> None:
    """Documented with 201 and an id; at most a thousand records, all of them or none."""
    records = [{"line_item_id": 1 + index % 14, "usage_value": index} for index in range(1000)]
    answer = await live.post(url, records)

    assert (answer.status, answer.response) == (201, {"id": 1000})
    assert (await live.get("usage/_count")).response == 1000
    refused_bodies: tuple[Any, ...] = (
        [*records, records[0]],
        [records[0], {"usage_value": 1}],
        [7],
        {},
        [],
        "x",
        5,
    )
    for wrong in refused_bodies:
        refused = await live.post(url, wrong)
        assert (refused.status, refused.response) == (400, False)
    assert (await live.get("usage/_count")).response == 1000
    for form in ({"usage": records[:2]}, {"0": records[0], "1": records[1]}):
        assert (await live.post(url, form)).status == 201
    assert (await live.get("usage/_count")).response == 1004


async def test_rest_hooks(live: Client) -> None:
    sent = {"target_url": "http://example.org/your_webhook_url", "event": "customer.insert"}
    answer = await live.post("/_resthook", sent)
    assert (answer.status, answer.response) == (201, {"id": 1})
    assert answer.headers["location"] == "http://127.0.0.1:8080/api/v3/_resthook/1"
    assert await live.rows("_resthook") == [{"id": 1, **sent}]
    assert (await live.delete("_resthook/1")).response is True
    assert await live.rows("_resthook") == []
    for wrong in (
        {"event": "x"},
        {**sent, "event": ""},
        {**sent, "target_url": "javascript:alert(1)"},
        {**sent, "target_url": "http://[broken"},
    ):
        assert (await live.post("_resthook", wrong)).status == 400
    assert (await live.get("_resthook?where=event:EQUALS:x")).message == "You cannot filter by: event."


@pytest.mark.parametrize("url", ["currency?action={}", "currency/_action/{}", "/currency/?action={}"])
async def test_exchange_rates(live: Client, url: str) -> None:
    get, set_ = url.format("getExchangeRate"), url.format("setExchangeRate")
    pair = {"from": "USD", "to": "jpy"}
    assert (await live.post(get, pair)).status == 400
    assert (await live.post(set_, {**pair, "exchange": "150.25"})).response is True
    assert (await live.post(get, pair)).response == 150.25
    assert (await live.post(get, {"from": "JPY", "to": "USD"})).response == 0.00665557404
    assert (await live.post(get, {"from": "KWD", "to": "KWD"})).response == 1
    assert (await live.post(set_, {**pair, "exchange": 150})).response is True
    assert (await live.post(get, pair)).envelope["response"] == 150
    for wrong in (
        pair,
        {**pair, "exchange": 0},
        {**pair, "exchange": -1},
        {**pair, "exchange": "1e99"},
        {**pair, "exchange": True},
        {"from": "USD", "exchange": 1},
        {"from": "USD", "to": "XXX", "exchange": 1},
        {"from": "USD", "to": 2, "exchange": 1},
        {"from": "USD", "to": "USD", "exchange": 2},
    ):
        assert (await live.post(set_, wrong)).status == 400, wrong


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_pending_requests_look_as_documented(demo: Client) -> None:
    (recorded,) = json.loads(
        (FIXTURES / "chargeoverjs_pending_list__docs_api.json").read_text(encoding="utf-8")
    )["response"]
    (row,) = await demo.rows("_chargeoverjs")

    assert row.keys() == recorded.keys()
    assert row["action"] == recorded["action"]
    assert len(row["token"]) == len(recorded["token"])
    assert json.loads(row["payload"]).keys() == json.loads(recorded["payload"]).keys()


def pending(store: Store, payload: dict[str, Any], token: str = "9w5jdiqz1pf7h8ga") -> None:
    with store.write() as connection:
        account.put(
            connection,
            "chargeoverjs_requests",
            action="customer.create",
            payload=json.dumps(payload),
            token=token,
            write_datetime=0,
        )


async def test_committing(live: Client, live_store: Store) -> None:
    card = {"number": "4242 4242 4242 4242", "expdate_year": 2030, "expdate_month": 1}
    pending(
        live_store,
        {
            "customer": {"company": "Test Company, LLC", "bill_city": "Mt Pleasant", "custom_1": ""},
            "user": {"name": "John Doe", "email": "john@example.com"},
            "creditcard": card,
            "package": {"line_items": [{"item_id": 1}], "paymethod": "crd"},
        },
    )
    answer = await live.post("_chargeoverjs", {"commit": "9w5jdiqz1pf7h8ga"})

    assert (answer.status, answer.response) == (200, True)
    customer = (await live.get("customer/15")).response
    assert (customer["company"], customer["superuser_name"]) == ("Test Company, LLC", "John Doe")
    (package,) = await live.rows("package", where="customer_id:EQUALS:15")
    assert package["creditcard_id"] == 1
    assert await live.rows("_chargeoverjs") == []
    assert (await live.post("_chargeoverjs", {"commit": "9w5jdiqz1pf7h8ga"})).status == 400


async def test_rejecting_and_failing(live: Client, live_store: Store) -> None:
    pending(live_store, {"customer": {"company": "Unwanted"}}, "a" * 16)
    pending(live_store, {"customer": {"company": "Broken", "external_key": "Key-4"}}, "b" * 16)
    assert (await live.post("_chargeoverjs", {"reject": "a" * 16})).response is True
    failed = await live.post("_chargeoverjs", {"commit": "b" * 16})

    assert failed.message == 'A customer already exists with the external_key value "Key-4"'
    assert (await live.get("customer/_count")).response == 14
    assert [row["token"] for row in await live.rows("_chargeoverjs")] == ["b" * 16]
    for wrong in (
        None,
        {},
        {"commit": 7},
        {"commit": "c"},
        {"commit": "b" * 16, "reject": "b" * 16},
        ["commit"],
    ):
        assert (await live.post("_chargeoverjs", wrong)).status == 400, wrong


async def test_settings(live: Client, live_store: Store) -> None:
    """Python's example needs 201 with an id."""
    answer = await live.post("_config", {"chargeoverjs_token": "abc"})
    assert (answer.status, answer.response) == (201, {"id": 1})
    assert (await live.post("_config", {"chargeoverjs_token": {"a": [1]}})).response == {"id": 1}
    with live_store.read() as reader:
        assert reader.connection.execute("SELECT key, value FROM config").fetchall() == [
            ("chargeoverjs_token", '{"a":[1]}')
        ]
    for wrong in (None, {}, [1], {"": 1}, {"k" * 201: 1}, {"k": "v" * 100_001}):
        assert (await live.post("_config", wrong)).status == 400
    assert (await live.get("_config")).message == "The command requested is not supported: list(_config, )"


async def test_aggregates(live: Client) -> None:
    """As the PHP client sends it, with "" for no groups."""
    sent = {"fields": ["SUM(total)"], "where": ["customer_id:EQUALS:3"], "object": "invoice", "group": ""}
    rows = await live.rows("invoice", where="customer_id:EQUALS:3")
    answer = await live.post("_aggregate", sent)
    assert answer.status == 200
    assert answer.response == [{"SUM(total)": pytest.approx(sum(row["total"] for row in rows))}]

    answer = await live.post(
        "_aggregate",
        {
            "object": "invoice",
            "fields": ["count(*)", "MAX(date)", "AVG(balance)", "min(write_datetime)"],
            "group": ["currency_id", "invoice_status_str"],
        },
    )
    assert sum(row["count(*)"] for row in answer.response) == 70
    assert {row["currency_id"] for row in answer.response} == {1, 2, 3}
    assert all(len(row["MAX(date)"]) == 10 and "T" in row["min(write_datetime)"] for row in answer.response)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"object": "invoice"},
        {"fields": ["SUM(total)"]},
        {"object": "planet", "fields": ["COUNT(*)"]},
        {"object": ["invoice"], "fields": ["COUNT(*)"]},
        {"object": "invoice", "fields": ["SUM(company)"]},
        {"object": "invoice", "fields": ["SUM(*)"]},
        {"object": "invoice", "fields": ["SUM(date)"]},
        {"object": "invoice", "fields": ["SUM(total); DROP TABLE invoices"]},
        {"object": "invoice", "fields": ["LOAD_EXTENSION(total)"]},
        {"object": "invoice", "fields": ["COUNT(line_items.item_id)"]},
        {"object": "invoice", "fields": ["COUNT(*)"] * 21},
        {"object": "invoice", "fields": ["COUNT(*)"], "group": ["1; --"]},
        {"object": "invoice", "fields": ["COUNT(*)"], "group": {"a": 1}},
        {"object": "invoice", "fields": ["COUNT(*)"], "where": ["nonsense"]},
        {"object": "invoice", "fields": ["COUNT(*)"], "where": ["balance:GT:1"]},
    ],
)
async def test_aggregates_that_are_refused(live: Client, sent: Any) -> None:
    answer = await live.post("_aggregate", sent)
    assert (answer.status, answer.response) == (400, False)


async def test_the_log_tells_what_was_written(live: Client) -> None:
    await live.made("customer", {"company": "Logged, Inc."})
    await live.post("customer", {"company": ""})
    await live.post("customer/15?action=setInactive")
    await live.delete("customer/15")
    rows = await live.rows("_log_system")

    assert [row["msg"] for row in rows] == [
        "create(customer, 15)",
        "setInactive(customer, 15)",
        "delete(customer, 15)",
    ]
    assert rows[0]["log_datetime"] == "2026-03-15T10:00:00-04:00"


@pytest.mark.parametrize(
    "subject", ["coupon", "terms", "currency", "_log_system", "item_category", "admin", "brand"]
)
async def test_lists_that_nobody_writes(live: Client, subject: str) -> None:
    answer = await live.post(subject, {"name": "x"})
    assert answer.message == f"The command requested is not supported: create({subject}, )"
    assert (await live.put(f"{subject}/1", {"name": "x"})).status == 400
    assert (await live.delete(f"{subject}/1")).status == 400
