"""Stored methods as they are served: as recorded."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client

CARD = {"customer_id": 3, "number": "4242 4242 4242 4242", "expdate_year": "2018", "expdate_month": "5"}
TOKEN = {"customer_id": 3, "type": "customer", "token": "cus_1CoGUjtUMyLIDR"}


async def got(live: Client, url: str) -> dict[str, Any]:
    answer = await live.get(url)
    assert answer.status == 200
    return dict(answer.response)


async def test_the_recorded_card(live: Client) -> None:
    """Expired long ago, as in the examples of the PHP and C# clients: stored all the same."""
    answer = await live.post("creditcard", CARD)
    assert (answer.status, answer.response) == (201, {"id": 1})
    assert answer.headers["location"] == "http://127.0.0.1:8080/api/v3/creditcard/1"
    (row,) = await live.rows("creditcard", where="customer_id:EQUALS:3")

    assert len(row.pop("token")) == 12
    assert row.pop("url_updatelink").startswith("http://127.0.0.1:8080/r/paymethod/update/")
    assert row == {
        "creditcard_id": 1,
        "customer_id": 3,
        "external_key": None,
        "type": "visa",
        "type_name": "Visa",
        "mask_number": "xxxx-xxxx-xxxx-4242",
        "name": None,
        "expdate": "2018-05-01",
        "expdate_month": 5,
        "expdate_year": 2018,
        "expdate_formatted": "May 2018",
        "address": None,
        "city": None,
        "state": None,
        "postcode": None,
        "country": None,
        "write_datetime": "2026-03-15T10:00:00-04:00",
        "write_ipaddr": "127.0.0.1",
    }


async def test_the_recorded_token(live: Client) -> None:
    assert await live.made("tokenized", TOKEN) == 1
    row = await got(live, "tokenized/1")

    recorded = {"tokenized_id": 1, "type": "customer", "token": "cus_1CoGUjtUMyLIDR", "customer_id": 3}
    assert recorded.items() <= row.items()
    # two clients of one vault: the token names no single record
    assert (
        await live.made(
            "tokenized", {**TOKEN, "customer_id": 4, "name": "Visa x4111", "expdate": "2030-01-31"}
        )
        == 2
    )
    assert [row["name"] for row in await live.rows("tokenized", where="customer_id:EQUALS:4")] == [
        "Visa x4111"
    ]
