"""`_bulk`: order, isolation, references by JSONPath, and everything that can be wrong with a batch or an item."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.bulk import MOST
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.http.batches import bulk, codes, item, send

INVALID = "Missing or invalid parameter: body (it "


async def test_order_is_kept_and_failures_are_isolated(live: Client) -> None:
    found = await bulk(
        live,
        item("GET", "customer/1"),
        item("POST", "customer", {"company": "First", "external_key": "new"}),
        item("POST", "customer", {"company": "Second", "external_key": "new"}),
        item("GET", "customer/external_key:new"),
        item("GET", "customer/9999"),
        item("PUT", "customer", []),
        item("GET", "frob"),
    )

    assert [answer["code"] for answer in found] == [200, 201, 400, 200, 404, 400, 400]
    assert [answer["status"] == "OK" for answer in found] == [True, True, False, True, False, False, False]
    assert found[0]["response"]["customer_id"] == 1
    assert found[2]["message"] == 'A customer already exists with the external_key value "new"'
    assert found[3]["response"]["company"] == "First"
    assert found[4]["message"] == "This customer does not exist."
    assert found[5]["message"] == "The command requested is not supported: modify(customer, )"


async def test_nothing_of_a_failed_item_is_kept(live: Client) -> None:
    before = (await live.get("invoice/_count")).response
    good = {"item_id": 1, "line_rate": 5, "line_quantity": 1}
    found = await codes(
        live,
        item("POST", "invoice", {"customer_id": 1, "line_items": [good, {"item_id": 999_999}]}),
        item("POST", "invoice", {"customer_id": 1, "line_items": [good]}),
    )

    assert found == [400, 201]
    assert (await live.get("invoice/_count")).response == before + 1


async def test_methods_query_strings_and_both_spellings_of_actions(live: Client) -> None:
    made = (await live.send("POST", "/api/v3/customer", body=b'{"company": "Gone"}')).response["id"]
    found = await bulk(
        live,
        item("GET", "customer?where=customer_id:EQUALS:2&limit=5"),
        item("GET", "customer/_count?where=customer_id%3ALTE%3A3"),
        item("POST", "customer/1?action=setInactive"),
        item("GET", "customer/1"),
        item("POST", "customer/1/_action/setActive", {}),
        item("GET", "customer/1"),
        item("PUT", "customer/1", {"company": "Renamed"}),
        item("delete", f"customer/{made}"),
        item("GET", f"customer/{made}"),
        item("POST", "_report/4?action=reportData", ["customer_customer_id:EQUALS:1"]),
        {"request_method": "GET", "uri": "/api/v3//customer/1/"},
    )

    assert [answer["code"] for answer in found] == [200, 200, 200, 200, 200, 200, 202, 200, 404, 200, 200]
    assert [row["customer_id"] for row in found[0]["response"]] == [2]
    assert found[1]["response"] == 3
    assert found[3]["response"]["customer_status_state"] == "i"
    assert found[5]["response"]["customer_status_state"] == "a"
    assert found[10]["response"]["company"] == "Renamed"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        7,
        "GET",
        [],
        {},
        {"request_method": "GET"},
        {"uri": "/api/v3/customer/1"},
        {"request_method": 1, "uri": "/api/v3/customer/1"},
        {"request_method": "GET", "uri": 7},
        {"request_method": "GET", "uri": "/api/v3/customer/1", "id": [1]},
        {"request_method": "BREW", "uri": "/api/v3/customer/1"},
        {"request_method": "GET", "uri": ""},
        {"request_method": "GET", "uri": "/etc/passwd"},
        {"request_method": "GET", "uri": "http://["},
        {"request_method": "POST", "uri": "/api/v3/_bulk", "payload": []},
        {"request_method": "POST", "uri": "/api/v3/customer", "payload": "text"},
        {"request_method": "POST", "uri": "/api/v3/customer", "payload": {}},
        {"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": {"company": "a\x00b"}},
        {"request_method": "PUT", "uri": "/api/v3/customer/1", "payload": 1},
    ],
)
async def test_malformed_items(live: Client, value: Any) -> None:
    found = await bulk(live, item("GET", "customer/1"), value, item("GET", "customer/2"))

    assert [answer["code"] for answer in found] == [200, 400, 200]
    assert found[1]["response"] is False
    assert found[1]["message"]


@pytest.mark.parametrize(
    "payload", [b"NaN", b'{"company": "\xff"}', b'{"company":', b"[" * 100_000 + b"]" * 100_000]
)
async def test_bodies_that_are_no_json(live: Client, payload: bytes) -> None:
    whole = b'[{"request_method":"PUT","uri":"/api/v3/customer/1","payload":%s}]' % payload
    answer = await live.send("POST", "/api/v3/_bulk", body=whole)

    assert answer.status == 400 or [one["code"] for one in answer.response["_bulk"]] == [400]
    assert (await live.get("customer/1")).response["company"] == "back\\slash 1"


@pytest.mark.parametrize("value", [{}, "", None, 7, {"a": []}, [item("GET", "terms")] * (MOST + 1)])
async def test_what_is_not_a_batch(live: Client, value: Any) -> None:
    answer = await send(live, value)

    assert answer.status == 400
    assert answer.message.startswith(INVALID)


async def test_sizes(live: Client) -> None:
    assert await bulk(live) == []
    assert await codes(live, *[item("GET", "terms")] * MOST) == [200] * MOST


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "_bulk"), ("PUT", "_bulk"), ("POST", "_bulk/1"), ("GET", "_bulk/_count")]
)
async def test_other_verbs(live: Client, method: str, path: str) -> None:
    answer = await live.send(method, f"/api/v3/{path}", body=b"[]")

    assert answer.status == 400
    assert "is not supported" in answer.message


async def test_flags_of_an_items_query_hold_for_that_item(live: Client, live_store: Store) -> None:
    await bulk(
        live, item("POST", "user/1?action=password&_flag_emails=0"), item("POST", "user/1?action=password")
    )
    with live_store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM outbox").fetchone() == (1,)


async def test_a_batch_counts_once_against_the_rate_limit(live_store: Store) -> None:
    client = Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now, rate_limit=2))
    await bulk(client, *[item("GET", "terms")] * MOST)

    assert (await client.get("terms")).status == 200
    assert (await client.get("terms")).status == 429


@pytest.mark.parametrize(
    ("body", "said"),
    [(b'{"a" 1}', "at byte 6, line 1 column 6"), (b'{"a": ', "it ends too early, 6 bytes long")],
)
async def test_what_is_no_json_is_told_with_the_place(live: Client, body: bytes, said: str) -> None:
    answer = await live.send("POST", "/api/v3/_bulk", body=body)
    assert answer.status == 400
    assert "it is not JSON" in answer.message
    assert said in answer.message
