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


async def test_a_bank_account(live: Client) -> None:
    number = await live.made("ach", {**ACCOUNT, "name": "John Doe", "bank": "First", "external_key": "a1"})
    row = await got(live, "ach/external_key:a1")

    assert row["ach_id"] == number
    assert (row["mask_number"], row["type"], row["name"], row["mask_bank"]) == (
        "x1234",
        "chec",
        "John Doe",
        "First",
    )
    # the C# client sends neither name nor bank
    assert await live.made(
        "ach", {"customer_id": 2, "type": "busi", "number": "856667", "routing": "072403004"}
    )


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
        ("creditcard", {**CARD, "cvv": "12"}),
        ("creditcard", {**CARD, "cvv": "abc"}),
        ("creditcard", {**CARD, "cvv": [123]}),
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
    named = {} if subject == "tokenized" else {"external_key": "k"}
    number = await live.made(subject, {**sent, **named})
    method = {"paymethod": kind, f"{subject}_id": number}
    assert (await live.post("customer/3?action=setPayMethod", method)).response is True
    assert (await got(live, "package/3"))[f"{subject}_id"] == number
    answer = await live.delete(f"{subject}/external_key:k" if named else f"{subject}/{number}")
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


async def test_an_external_key_is_one_methods_own(live: Client) -> None:
    for subject, sent in (("creditcard", CARD), ("ach", ACCOUNT)):
        await live.made(subject, {**sent, "external_key": "k"})
        twin = await live.post(subject, {**sent, "customer_id": 4, "external_key": "K"})
        assert (twin.status, "already exists with the external_key value" in twin.message) == (400, True)


@pytest.mark.parametrize(
    ("subject", "sent", "changes", "other"),
    [
        (
            "creditcard",
            CARD,
            {"number": "4242-4242-4242-4242", "expdate_year": 2031, "cvv": "123", "city": "Hamden"},
            {"number": "4000 0000 0000 0002"},
        ),
        (
            "ach",
            ACCOUNT,
            {"number": "123412341234", "type": "savi", "bank": "First"},
            {"routing": "011000015"},
        ),
    ],
)
async def test_storing_again_updates(
    live: Client,
    live_store: Store,
    subject: str,
    sent: dict[str, Any],
    changes: dict[str, Any],
    other: dict[str, Any],
) -> None:
    """store-a-credit-card, store-an-ach-account; what is not sent the second time stays."""
    number = await live.made(subject, {**sent, "name": "Jane", "external_key": "k"})
    before = await got(live, f"{subject}/{number}")
    with live_store.write() as connection:
        table = {"creditcard": "creditcards", "ach": "ach_accounts"}[subject]
        connection.execute(f"UPDATE {table} SET write_datetime = 0, mod_datetime = 0")
    answer = await live.post(subject, {**sent, **changes})

    assert (answer.status, answer.response) == (201, {"id": number})
    after = await got(live, f"{subject}/{number}")
    changed = {name for name in after if after[name] != before[name]}
    told = {"expdate", "expdate_year", "expdate_formatted", "city"}
    if subject == "ach":
        told = {"type", "type_name", "mask_bank"}
    assert changed == told | {"write_datetime"}
    assert after["mod_datetime"] == before["mod_datetime"]
    # another number, and the same one of another customer, are methods of their own
    assert await live.made(subject, {**sent, **other}) == number + 1
    assert await live.made(subject, {**sent, "customer_id": 4}) == number + 2


async def test_the_security_code_is_kept_nowhere(live: Client, live_store: Store) -> None:
    await live.made("creditcard", {**CARD, "cvv": "9317"})
    with live_store.read() as reader:
        assert "9317" not in "\n".join(reader.connection.iterdump())
