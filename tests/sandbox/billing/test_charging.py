"""Taking payments with the methods there are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.money_account import (
    BANK,
    CARD,
    DECLINE,
    DECLINED,
    EXPIRED,
    EXPIRY,
    customer,
    outbox,
    transaction,
)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"amount": 0},
        {"amount": "-1"},
        {"amount": 1, "paymethods": [{}]},
        {"amount": 1, "paymethods": [{"number": "4111"}]},
        {"amount": 1, "paymethods": ["card"]},
        {"amount": 1, "paymethods": [{"creditcard_id": 999}]},
        {"amount": 1, "paymethods": [{"creditcard_id": "x"}]},
        {"amount": 1, "paymethods": [{**CARD, "expdate_month": 13}]},
        {"amount": 1, "paymethods": [{**CARD, "expdate_year": None}]},
        {"amount": 1, "paymethods": [{**BANK, "number": ""}]},
        {"amount": 1, "paymethods": [{**BANK, "type": "shoe"}]},
        {"amount": 1, "customer_id": 999999},
        {"amount": 1, "customer_id": None},
        {"applied_to": [], "paymethods": [CARD]},
        [1, 2],
    ],
    ids=str,
)
async def test_payments_that_cannot_be_tried_leave_no_trace(live: Client, payload: Any) -> None:
    customer_id, _ = await customer(live, 10)
    before = (await live.get("transaction/_count")).response
    sent = {"customer_id": customer_id, **payload} if isinstance(payload, dict) else payload
    paid = await live.post("transaction?action=pay", sent)
    assert (paid.status, paid.response) == (400, False)
    assert (await live.get("transaction/_count")).response == before


@pytest.mark.parametrize(("card", "message"), [(EXPIRED, EXPIRY), (DECLINED, DECLINE)])
async def test_declined_payments_stay_on_record(live: Client, card: dict[str, Any], message: str) -> None:
    customer_id, (number,) = await customer(live, 10)
    paid = await live.post(
        "transaction?action=pay", {"customer_id": customer_id, "applied_to": [number], "paymethods": [card]}
    )
    assert (paid.status, paid.message, paid.response) == (400, message, False)
    (failed,) = await live.rows("transaction", where=f"customer_id:EQUALS:{customer_id}")
    assert (failed["gateway_status"], failed["amount"], failed["applied"]) == (0, 10, 0)
    assert message.endswith(failed["gateway_msg"])
    row = (await live.get(f"invoice/{number}")).response
    assert (row["declines"], row["balance"]) == (1, 10)
    assert [mail["cause"] for mail in await outbox(live)] == ["transaction.failed"]


async def test_methods_are_tried_in_turn(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    paid = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "applied_to": [number], "paymethods": [DECLINED, BANK, CARD]},
    )
    assert paid.status == 200
    served = await transaction(live, paid.response["id"])
    assert (served["gateway_method"], served["transaction_status_name"]) == ("ach", "Pending")
    assert (served["transaction_detail"], served["applied"]) == ("x6667", 10)
    assert len(await live.rows("transaction", where=f"customer_id:EQUALS:{customer_id}")) == 2


async def test_stored_methods(live: Client) -> None:
    """Without `paymethods`: the subscription's, else the customer's default, else all that are stored."""
    customer_id, (first, second, third) = await customer(live, 1, 2, 3)
    nothing = await live.post("transaction?action=pay", {"customer_id": customer_id, "applied_to": [first]})
    assert nothing.status == 400
    cards = [
        (await live.post("creditcard", {"customer_id": customer_id, **card})).response["id"]
        for card in (DECLINED, CARD, {**CARD, "number": "5555555555554444"})
    ]
    served = (await live.get(f"creditcard/{cards[0]}")).response
    assert served["mask_number"] == "x4209"
    paid = await live.post("transaction?action=pay", {"customer_id": customer_id, "applied_to": [first]})
    assert (await transaction(live, paid.response["id"]))["creditcard_id"] == cards[1]
    default = {"paymethod": "crd", "creditcard_id": cards[2]}
    assert (await live.post(f"customer/{customer_id}?action=setPayMethod", default)).status == 200
    paid = await live.post("transaction?action=pay", {"customer_id": customer_id, "applied_to": [second]})
    served = await transaction(live, paid.response["id"])
    assert (served["creditcard_id"], served["transaction_method"]) == (cards[2], "MasterCard")
    named = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "applied_to": [third], "paymethods": [{"creditcard_id": cards[0]}]},
    )
    assert (named.status, named.message) == (400, DECLINE)
    stranger = await live.post(
        "transaction?action=pay", {"customer_id": 1, "amount": 1, "paymethods": [{"creditcard_id": cards[1]}]}
    )
    assert (stranger.status, stranger.message) == (
        400,
        f"Missing or invalid parameter: creditcard_id (not a pay method of this customer: {cards[1]})",
    )


async def test_no_number_is_kept(live: Client, live_store: Any) -> None:
    customer_id, (number,) = await customer(live, 1)
    for method in (CARD, BANK):
        await live.post(
            "transaction?action=pay", {"customer_id": customer_id, "amount": 1, "paymethods": [method]}
        )
        await live.post(f"invoice/{number}?action=pay", method)
    with live_store.read() as reader:
        dump = "\n".join(reader.connection.iterdump())
    for secret in ("4111111111111111", "4111 1111", "856667'", "072403004"):
        assert secret not in dump


async def test_declines_have_numbers(live: Client) -> None:
    """A text made the official C# client fail on every decline."""
    number = await live.made("invoice", {"customer_id": 3, "line_items": [{"item_id": 1, "line_rate": 5}]})
    for sent, code, detail in ((EXPIRED, 54, "expired_card"), (DECLINED, 5, "card_declined")):
        assert (await live.post(f"invoice/{number}/_action/pay", sent)).status == 400
        row = (await live.rows("transaction", order="transaction_id:DESC", limit=1))[0]
        assert (row["gateway_status"], row["gateway_err_code"], row["gateway_err_detail"]) == (
            0,
            code,
            detail,
        )
        assert row["gateway_msg"].startswith("Your card ")
    assert (await live.post(f"invoice/{number}/_action/pay", CARD)).status == 200
    paid = (await live.rows("transaction", order="transaction_id:DESC", limit=1))[0]
    assert (paid["gateway_msg"], paid["gateway_err_code"], paid["gateway_err_detail"]) == ("", 0, None)
    one = (await live.get(f"transaction/{paid['transaction_id']}")).response
    assert one["gateway_opts"] == {"auth_code": paid["token"][:6].upper()}
