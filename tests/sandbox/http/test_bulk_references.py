"""References between requests of a batch."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.http.bulk_references import Steps, resolve_references
from tests.sandbox.client import Client
from tests.sandbox.http.batches import bulk, codes, item


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
