"""Numbers of cards and accounts: read, checked, kept nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client

CARD = {"customer_id": 3, "number": "4242 4242 4242 4242", "expdate_year": "2018", "expdate_month": "5"}
ACCOUNT = {"customer_id": 3, "number": "1234 1234 1234", "routing": "072403004", "type": "chec"}


async def got(live: Client, url: str) -> dict[str, Any]:
    answer = await live.get(url)
    assert answer.status == 200
    return dict(answer.response)


@pytest.mark.parametrize(
    ("number", "type_", "name"),
    [
        ("4111-1111-1111-1111", "visa", "Visa"),
        (5555555555554444, "mast", "MasterCard"),
        ("2223003122003222", "mast", "MasterCard"),
        ("378282246310005", "amex", "American Express"),
        ("6011 1111 1111 1117", "disc", "Discover"),
        ("3530111333300000", None, "Credit card"),
    ],
)
async def test_kinds_of_cards(live: Client, number: Any, type_: str | None, name: str) -> None:
    row = await got(live, f"creditcard/{await live.made('creditcard', {**CARD, 'number': number})}")
    assert (row["type"], row["type_name"]) == (type_, name)
    assert row["mask_number"][-4:] == str(number)[-4:]


@pytest.mark.parametrize(
    ("expiry", "stored"),
    [
        ({"expdate_year": "2030", "expdate_month": "8"}, "2030-08-01"),
        ({"expdate_year": 2030, "expdate_month": "08"}, "2030-08-01"),
        ({"expdate_year": "30", "expdate_month": 11}, "2030-11-01"),
        ({"expdate": "2030-11-01"}, "2030-11-01"),
        ({"expdate": "2030-11"}, "2030-11-01"),
        ({"expdate": "8/30"}, "2030-08-01"),
        ({"expdate": "08/2030"}, "2030-08-01"),
    ],
)
async def test_spellings_of_the_expiry(live: Client, expiry: dict[str, Any], stored: str) -> None:
    sent = {"customer_token": "cus000000003", "number": "4111111111111111", **expiry}
    row = await got(live, f"creditcard/{await live.made('creditcard', sent)}")
    assert row["expdate"] == stored


async def test_numbers_are_kept_nowhere(live: Client, live_store: Store) -> None:
    secrets = ("4242424242424242", "4242 4242 4242 4242", "123412341234", "1234 1234 1234", "072403004")
    await live.made("creditcard", {**CARD, "name": "Jane"})
    await live.made("ach", ACCOUNT)
    await live.post("creditcard", {**CARD, "expdate_month": 13})
    with live_store.read() as reader:
        dump = "\n".join(reader.connection.iterdump())
    assert "424242xxx4242" in dump
    for secret in secrets:
        assert secret not in dump
    for answer in (await live.get("creditcard"), await live.get("ach"), await live.get("_log_system")):
        assert not any(secret.encode() in answer.body for secret in secrets)
