"""Cards, bank accounts and vault tokens: stored, listed, masked, used and forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client

CARD = {"customer_id": 3, "number": "4242 4242 4242 4242", "expdate_year": "2018", "expdate_month": "5"}
ACCOUNT = {"customer_id": 3, "number": "1234 1234 1234", "routing": "072403004", "type": "chec"}
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


@pytest.mark.parametrize(
    ("number", "type_", "name"),
    [
        ("4111-1111-1111-1111", "visa", "Visa"),
        (5555555555554444, "mast", "Mastercard"),
        ("2223003122003222", "mast", "Mastercard"),
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


async def test_a_bank_account(live: Client) -> None:
    number = await live.made("ach", {**ACCOUNT, "name": "John Doe", "bank": "First", "external_key": "a1"})
    row = await got(live, "ach/external_key:a1")

    assert row["ach_id"] == number
    assert (row["mask_number"], row["type"], row["name"], row["bank"]) == (
        "x1234",
        "chec",
        "John Doe",
        "First",
    )
    # the C# client sends neither name nor bank
    assert await live.made(
        "ach", {"customer_id": 2, "type": "busi", "number": "856667", "routing": "072403004"}
    )


async def test_numbers_are_kept_nowhere(live: Client, live_store: Store) -> None:
    secrets = ("4242424242424242", "4242 4242 4242 4242", "123412341234", "1234 1234 1234", "072403004")
    await live.made("creditcard", {**CARD, "name": "Jane"})
    await live.made("ach", ACCOUNT)
    await live.post("creditcard", {**CARD, "expdate_month": 13})
    with live_store.read() as reader:
        dump = "\n".join(reader.connection.iterdump())
    assert "xxxx-xxxx-xxxx-4242" in dump
    for secret in secrets:
        assert secret not in dump
    for answer in (await live.get("creditcard"), await live.get("ach"), await live.get("_log_system")):
        assert not any(secret.encode() in answer.body for secret in secrets)


@pytest.mark.parametrize(
    ("subject", "sent"),
    [
        ("creditcard", {**CARD, "number": ""}),
        ("creditcard", {**CARD, "number": None}),
        ("creditcard", {**CARD, "number": "4242"}),
        ("creditcard", {**CARD, "number": "4242x4242y4242z4242"}),
        ("creditcard", {**CARD, "number": "4" * 40}),
        ("creditcard", {**CARD, "number": "४२४२४२४२४२४२४२४२"}),
        ("creditcard", {**CARD, "number": ["4242424242424242"]}),
        ("creditcard", {**CARD, "number": True}),
        ("creditcard", {**CARD, "number": 4.242e15}),
        ("creditcard", {**CARD, "expdate_month": 13}),
        ("creditcard", {**CARD, "expdate_month": 0}),
        ("creditcard", {**CARD, "expdate_year": None}),
        ("creditcard", {**CARD, "expdate_year": "MMXXX"}),
        ("creditcard", {**CARD, "expdate_year": 10**30}),
        ("creditcard", {**CARD, "expdate_year": 10000}),
        ("creditcard", {**CARD, "customer_id": 99}),
        ("creditcard", {**CARD, "customer_id": 0}),
        ("creditcard", {**CARD, "name": {"first": "Jane"}}),
        ("ach", {**ACCOUNT, "routing": None}),
        ("ach", {**ACCOUNT, "number": "12"}),
        ("ach", {**ACCOUNT, "type": "gold"}),
        ("ach", {**ACCOUNT, "customer_external_key": "Key-4"}),
        ("tokenized", {**TOKEN, "token": ""}),
        ("tokenized", {**TOKEN, "customer_id": None}),
        ("tokenized", {**TOKEN, "expdate": "never"}),
        ("tokenized", [TOKEN]),
    ],
)
async def test_what_is_refused_changes_nothing(live: Client, subject: str, sent: Any) -> None:
    answer = await live.post(subject, sent)

    assert (answer.status, answer.response) == (400, False)
    assert "4242" not in answer.message
    assert (await live.get(f"{subject}/_count")).response == 0


@pytest.mark.parametrize(
    ("subject", "sent", "kind"),
    [("creditcard", CARD, "crd"), ("ach", ACCOUNT, "ach"), ("tokenized", TOKEN, "tok")],
)
async def test_deleting(live: Client, subject: str, sent: dict[str, Any], kind: str) -> None:
    number = await live.made(subject, {**sent, "external_key": "k"})
    method = {"paymethod": kind, f"{subject}_id": number}
    assert (await live.post("customer/3?action=setPayMethod", method)).response is True
    assert (await got(live, "package/3"))[f"{subject}_id"] == number
    twin = await live.post(subject, {**sent, "external_key": "K"})
    assert (twin.status, "already exists with the external_key value" in twin.message) == (400, True)

    answer = await live.delete(f"{subject}/external_key:k")
    assert (answer.status, answer.response) == (200, True)
    gone = await live.get(f"{subject}/{number}")
    assert (gone.status, gone.message, gone.response) == (404, f"This {subject} does not exist.", None)
    assert (await live.delete(f"{subject}/{number}")).status == 404
    package = await got(live, "package/3")
    assert (package["paymethod"], package[f"{subject}_id"]) == ("inv", None)
    assert (await got(live, "customer/3"))["default_paymethod"] is None
    assert await live.made(subject, sent) == number + 1, "numbers are not used twice"


@pytest.mark.parametrize("subject", ["creditcard", "ach", "tokenized"])
async def test_stored_methods_are_not_changed(live: Client, subject: str) -> None:
    sent = {"creditcard": CARD, "ach": ACCOUNT, "tokenized": TOKEN}[subject]
    number = await live.made(subject, sent)
    answer = await live.put(f"{subject}/{number}", {"name": "Other"})
    assert answer.message == f"The command requested is not supported: modify({subject}, {number})"


async def test_they_go_with_their_customer(live: Client) -> None:
    customer_id = await live.made("customer", {"company": "Short-lived"})
    for subject, sent in (("creditcard", CARD), ("ach", ACCOUNT), ("tokenized", TOKEN)):
        await live.made(subject, {**sent, "customer_id": customer_id})
    assert (await live.delete(f"customer/{customer_id}")).response is True
    assert [(await live.get(f"{name}/_count")).response for name in ("creditcard", "ach", "tokenized")] == [
        0,
        0,
        0,
    ]


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
