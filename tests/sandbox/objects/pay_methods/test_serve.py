"""Stored methods as they are served: as recorded."""

from __future__ import annotations

from typing import Any

import pytest

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
        "mask_number": "x4242",
        "mask_and_bin_number": "424242xxx4242",
        "name": "",
        "expdate": "2018-05-01",
        "expdate_month": "5",
        "expdate_year": "2018",
        "expdate_formatted": "May 2018",
        "address": None,
        "city": None,
        "state": None,
        "postcode": None,
        "country": None,
        "write_datetime": "2026-03-15T10:00:00-04:00",
        "write_ipaddr": "127.0.0.1",
        "mod_datetime": "2026-03-15T10:00:00-04:00",
    }


async def test_a_bank_account(live: Client) -> None:
    """The keys of querying-for-ach-accounts; neither the numbers nor `bank` come back."""
    sent = {"customer_id": 3, "number": "1234 1234 6667", "routing": "072413004", "type": "chec"}
    await live.made("ach", {**sent, "name": "John Doe", "bank": "Isabella Bank"})
    row = await got(live, "ach/1")

    assert len(row.pop("token")) == 12
    link = row.pop("url_verifylink")
    assert link.startswith("http://127.0.0.1:8080/r/paymethod/verify/")
    assert row == {
        "ach_id": 1,
        "customer_id": 3,
        "external_key": None,
        "type": "chec",
        "type_name": "Checking",
        "mask_number": "x6667",
        "mask_routing": "x3004",
        "mask_bank": "Isabella Bank",
        "name": "John Doe",
        "write_datetime": "2026-03-15T10:00:00-04:00",
        "mod_datetime": "2026-03-15T10:00:00-04:00",
    }
    page = await live.send("GET", link.removeprefix("http://127.0.0.1:8080"))
    assert (page.status, b"x6667" in page.body) == (200, True)


@pytest.mark.parametrize(
    ("subject", "filters"),
    [
        ("creditcard", ("creditcard_id", "customer_id", "external_key", "token")),
        ("ach", ("ach_id", "customer_id", "external_key", "token")),
        ("tokenized", ("customer_id", "customer_external_key", "customer_token")),
    ],
)
async def test_filters(live: Client, subject: str, filters: tuple[str, ...]) -> None:
    """All that are documented, and no others."""
    sent = {"customer_id": 4, "number": "4242424242424242", "routing": "072403004", "token": "cus_1"}
    card = {"expdate_year": 2030, "expdate_month": 1, "external_key": "k4"}
    number = await live.made(subject, {**sent, **card})
    await live.made(subject, {**sent, **card, "customer_id": 3, "external_key": "k3"})
    row = await got(live, f"{subject}/{number}")
    owner = {"customer_external_key": "Key-4", "customer_token": "cus000000004"}
    for name in filters:
        value = owner.get(name) or row[name]
        assert await live.rows(subject, where=f"{name}:EQUALS:{value}") == [row], name
    for name in {"name", "external_key", "token", "mask_number", "tokenized_id"} - set(filters):
        answer = await live.get(f"{subject}?where={name}:EQUALS:x")
        assert answer.message == f"You cannot filter by: {name}."


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
