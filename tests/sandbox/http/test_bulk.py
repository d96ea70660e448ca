"""`_bulk`: order, isolation, references by JSONPath, and everything that can be wrong with a batch or an item."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.bulk import MOST
from cotui.sandbox.http.bulk_references import Steps, resolve_references
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Answer, Client

INVALID = "Missing or invalid parameter."


def item(method: str, uri: str, payload: Any = None, id: str | None = None) -> dict[str, Any]:
    return {"request_method": method, "uri": f"/api/v3/{uri}", "payload": payload, "id": id}


async def send(client: Client, value: Any) -> Answer:
    return await client.send("POST", "/api/v3/_bulk", body=json.dumps(value).encode())


async def bulk(client: Client, *items: Any) -> list[dict[str, Any]]:
    answer = await send(client, items)
    assert answer.status == 200, answer.envelope
    return list(answer.response["_bulk"])


async def codes(client: Client, *items: Any) -> list[int]:
    return [found["code"] for found in await bulk(client, *items)]


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


async def test_references(live: Client) -> None:
    line = {"item_id": 1, "line_rate": 2.95, "line_quantity": 2}
    found = await bulk(
        live,
        item("POST", "customer", {"company": "X"}, id="the_customer"),
        item(
            "POST",
            "invoice",
            {"customer_jsonpath": "the_customer:$.response.id", "line_items": [line]},
            "inv",
        ),
        item("GET", "item?limit=1", id="items"),
        item(
            "POST",
            "invoice",
            {
                "customer_jsonpath": "the_customer:$['response']['id']",
                "line_items": [
                    {"item_jsonpath": "items:$.response[0].item_id", "line_rate": 1, "line_quantity": 1}
                ],
            },
        ),
    )

    assert [answer["code"] for answer in found] == [201, 201, 200, 201]
    invoice = (await live.get(f"invoice/{found[1]['response']['id']}")).response
    assert invoice["customer_id"] == found[0]["response"]["id"]
    assert invoice["total"] == 5.9
    other = (await live.get(f"invoice/{found[3]['response']['id']}")).response
    assert other["line_items"][0]["item_id"] == 1


@pytest.mark.parametrize(
    "reference",
    [
        "nobody:$.response.id",
        "later:$.response.id",
        "failed:$.code",
        "first:$.response.frob",
        "first:$.response",
        "first:$.details",
        "first:frob",
        "first:",
        "first",
        "",
        "first:$[",
        "first:$.response.id | $.code",
        "first:$[?match(@.token, '(a+)+$')]",
        "first:$" + "[" * 500,
        7,
        None,
        ["first:$.code"],
    ],
)
async def test_references_to_nothing_are_errors_of_their_item(live: Client, reference: Any) -> None:
    found = await codes(
        live,
        item("GET", "customer/2", id="first"),
        item("GET", "customer/9999", id="failed"),
        item("POST", "invoice", {"customer_jsonpath": reference, "line_items": [{"item_id": 1}]}),
        item("GET", "customer/3", id="later"),
    )

    assert found == [200, 404, 400, 200]


async def test_an_id_given_twice_is_an_error(live: Client) -> None:
    both = {
        "customer_jsonpath": "first:$.response.customer_id",
        "customer_id": 2,
        "line_items": [{"item_id": 1}],
    }

    assert await codes(live, item("GET", "customer/2", id="first"), item("POST", "invoice", both)) == [
        200,
        400,
    ]


@pytest.mark.sample(
    "$.response[?$.response[?$.response[?@.a]]]", "$..[?count(@..*) > 1]..[?count(@..*) > 1].x"
)
@pytest.mark.parametrize(
    "expression",
    [
        "$" + "..*" * 40,
        "$..[" + ",".join("*" * 40) + "]..[" + ",".join("*" * 40) + "]..nope",
        "$.response[?$.response[?$.response[?@.a]]]",
        "$..[?count(@..*) > 1]..[?count(@..*) > 1].x",
        "$..[?@.a==1,?@.a==2,?@.a==3]..[?@.a==1,?@.a==2]..[?@.a==1].x",
    ],
)
def test_expressions_that_would_take_forever_end(expression: str) -> None:
    rows = {"response": [{f"k{number}": [number] for number in range(50)} for _ in range(100)]}
    with pytest.raises(BadRequestError):
        resolve_references({"x_jsonpath": f"big:{expression}"}, lambda _: rows, Steps())


@pytest.mark.long
def test_a_batchs_expressions_share_their_steps() -> None:
    steps = Steps()
    envelope = {"response": {"id": 1}}
    payload = [{"x_jsonpath": "a:$.response.id"}] * 3000
    assert resolve_references(payload, lambda _: envelope, steps)[0] == {"x_id": 1}
    with pytest.raises(BadRequestError):
        resolve_references(payload, lambda _: envelope, steps)


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

    assert (answer.status, answer.message) == (400, INVALID)


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
