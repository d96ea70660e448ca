"""Stored methods that are chosen and used."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client

CARD = {"customer_id": 3, "number": "4242 4242 4242 4242", "expdate_year": "2018", "expdate_month": "5"}


async def got(live: Client, url: str) -> dict[str, Any]:
    answer = await live.get(url)
    assert answer.status == 200
    return dict(answer.response)


async def test_paying_with_them(live: Client) -> None:
    """The number of the official examples is declined, others are not."""
    expires = {"expdate_year": 2030, "expdate_month": 12}
    good = await live.made("creditcard", {**CARD, **expires})
    bad = await live.made("creditcard", {**CARD, **expires, "number": "4116 1967 8337 4209"})
    payment = {"customer_id": 3, "amount": 1.5}
    answer = await live.post("transaction?action=pay", {**payment, "paymethods": [{"creditcard_id": good}]})
    assert answer.status == 200
    row = await got(live, f"transaction/{answer.response['id']}")
    assert (row["creditcard_id"], row["transaction_method"], row["transaction_detail"]) == (
        good,
        "Visa",
        "x4242",
    )
    answer = await live.post("transaction?action=pay", {**payment, "paymethods": [{"creditcard_id": bad}]})
    assert (answer.status, answer.response) == (400, False)
    assert answer.message.startswith("This transaction could not be processed: ")
