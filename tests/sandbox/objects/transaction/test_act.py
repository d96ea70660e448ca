"""Actions of transactions: paying back, voiding, applying anew."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.money_account import (
    CARD,
    amounts,
    customer,
    transaction,
)


async def test_refund_in_parts(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    paid = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "amount": 15, "applied_to": [number], "paymethods": [CARD]},
    )
    payment = paid.response["id"]
    first = await live.post(f"transaction/{payment}?action=refund", {"amount": "3"})
    assert (first.status, set(first.response), type(first.response["id"])) == (200, {"id"}, str)
    # what pays for nothing goes first
    assert await amounts(live, number) == {"payments": 10, "applied": 10, "status": "closed-paid"}
    await live.post(f"transaction/{payment}?action=refund", {"amount": 4})
    served = await amounts(live, number)
    assert (served["payments"], served["refunds"], served["balance"]) == (8, 2, 2)
    too_much = await live.post(f"transaction/{payment}/_action/refund", {"amount": "8.01"})
    assert too_much.status == 400
    rest = await live.post(f"transaction/{payment}/_action/refund")
    row = await transaction(live, rest.response["id"])
    assert (row["amount"], row["transaction_type_name"]) == (-8, "Refund")
    assert row["applied_to"] == [{"invoice_id": number, "applied": -8}]
    assert row["parent_transaction_id"] == payment
    assert (row["payments"], row["refunds"]) == ([{"transaction_id": payment}], [])
    refunds = (await transaction(live, payment))["refunds"]
    assert [part["transaction_id"] for part in refunds][-1] == row["transaction_id"]
    assert len(refunds) == 3
    assert (await live.post(f"transaction/{payment}?action=refund")).status == 400
    assert (await live.get(f"customer/{customer_id}")).response["paid"] == 0
    assert (await live.get(f"invoice/{number}")).response["balance"] == 10


async def test_only_payments_in_force_are_refunded(live: Client) -> None:
    customer_id, _ = await customer(live)
    ids = []
    for sent in (
        {"transaction_type": "cre"},
        {"gateway_status": 0},
        {"void_datetime": "2026-03-01"},
    ):
        made = await live.post("transaction", {"customer_id": customer_id, "amount": 5, **sent})
        ids.append(made.response["id"])
    for number in ids:
        assert (await live.post(f"transaction/{number}?action=refund")).status == 400
    assert (await live.post("transaction/99999?action=refund")).status == 404
    assert (await live.post("transaction?action=refund")).status == 400


async def test_void(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    made = await live.post("transaction", {"customer_id": customer_id, "amount": 10, "applied_to": [number]})
    payment = made.response["id"]
    refund = (await live.post(f"transaction/{payment}?action=refund", {"amount": 4})).response["id"]
    assert (await live.post(f"transaction/{payment}?action=void")).status == 400
    assert (await live.post(f"transaction/{refund}?action=void")).response is True
    assert (await amounts(live, number))["status"] == "closed-paid"
    assert (await live.post(f"transaction/{payment}/?action=void")).response is True
    assert (await live.post(f"transaction/{payment}?action=void")).response is False
    served = await transaction(live, payment)
    assert (served["transaction_status_name"], served["applied"]) == ("Void", 0)
    row = (await live.get(f"invoice/{number}")).response
    assert (row["balance"], row["is_paid"], row["paid_date"]) == (10, False, None)


async def test_a_refund_taken_back_after_the_invoice_was_paid_again(live: Client) -> None:
    """The first payment's money cannot return to the invoice: it pays for nothing and can be spent."""
    customer_id, (number, other) = await customer(live, 10, 4)
    send = {"customer_id": customer_id, "amount": 10, "applied_to": [number]}
    payment = (await live.post("transaction", send)).response["id"]
    refund = (await live.post(f"transaction/{payment}?action=refund")).response["id"]
    await live.post("transaction", {**send, "amount": 7})
    assert (await live.post(f"transaction/{refund}?action=void")).response is True
    assert await amounts(live, number) == {"payments": 10, "applied": 10, "status": "closed-paid"}
    assert (await transaction(live, payment))["unapplied"] == 7
    assert (await live.post(f"invoice/{other}?action=pay", {"use_customer_balance": True})).response is True
    assert (await transaction(live, payment))["unapplied"] == 3


async def test_change_applied_amounts(live: Client) -> None:
    customer_id, (first, second) = await customer(live, 10, 10)
    send = {"customer_id": customer_id, "amount": 12, "applied_to": [first]}
    payment = (await live.post("transaction", send)).response["id"]
    url = f"transaction/{payment}?action=changeAppliedAmounts"
    moved = await live.post(
        url, {"applied_to": [{"invoice_id": second, "applied": 8}, {"invoice_id": first, "applied": 4}]}
    )
    assert moved.response is True
    assert ((await amounts(live, first))["payments"], (await amounts(live, second))["payments"]) == (4, 8)
    for refused in (
        {"applied_to": [{"invoice_id": first, "applied": 13}]},
        {"applied_to": [{"invoice_id": first, "applied": 10}, {"invoice_id": second, "applied": "2.01"}]},
        {"applied_to": [1]},
        {},
        [],
    ):
        assert (await live.post(url, refused)).status == 400
    await live.post(f"transaction/{payment}?action=refund", {"amount": 6})
    assert (await live.post(url, {"applied_to": [first]})).response is True
    served = await amounts(live, first)
    assert served["payments"] == 6
    assert (await live.post(url, {"applied_to": []})).response is True
    # what the refund took back stays noted where it was
    assert (await transaction(live, payment))["applied_to"] == [{"invoice_id": second, "applied": 6}]
    for number in (first, second):
        assert (await amounts(live, number))["balance"] == 10
