"""Transactions: put on record, taken, paid back, voided, applied anew."""

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
    amounts,
    customer,
    outbox,
    transaction,
)

CLOSED = {"payments": 10.95, "applied": 10.95, "status": "closed-paid"}


@pytest.mark.parametrize(
    "form",
    [
        lambda number: [{"invoice_id": number}],
        lambda number: [number],
        lambda number: [str(number)],
        lambda number: {"invoice_id": number},
        lambda number: {"0": {"invoice_id": str(number), "applied": "10.95"}},
        lambda number: [{"invoice_id": number, "applied": None}],
        lambda number: number,
    ],
    ids=["objects", "ids", "texts", "one object", "indexed", "null", "one id"],
)
async def test_every_form_of_applied_to(live: Client, form: Any) -> None:
    """Section 21 lists them: each was sent by some client."""
    customer_id, (number,) = await customer(live, "10.95")
    paid = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "applied_to": form(number), "paymethods": [CARD]},
    )
    assert (paid.status, set(paid.response)) == (200, {"id"})
    assert await amounts(live, number) == CLOSED
    served = await transaction(live, paid.response["id"])
    assert served["applied_to"] == [{"invoice_id": number, "applied": 10.95}]
    assert (served["amount"], served["unapplied"]) == (10.95, 0)
    assert (served["transaction_method"], served["transaction_detail"]) == ("Visa", "x1111")

    customer_id, (number,) = await customer(live, "10.95")
    recorded = {"customer_id": customer_id, "amount": "10.95", "applied_to": form(number)}
    made = await live.post("transaction", recorded)
    assert made.status == 201
    assert made.headers["location"].endswith(f"/api/v3/transaction/{made.response['id']}")
    assert await amounts(live, number) == CLOSED


async def test_a_recorded_credit_leaves_the_rest_open(live: Client) -> None:
    """Recorded: 42.50 credited on 500 leaves 457.50, and the invoice stays open."""
    customer_id, (number,) = await customer(live, 500)
    made = await live.post(
        "transaction",
        {
            "customer_id": customer_id,
            "transaction_type": "cre",
            "gateway_status": 1,
            "amount": "42.50",
            "applied_to": [{"invoice_id": number}],
        },
    )
    assert made.status == 201
    due = {"credits": 42.5, "balance": 457.5, "applied": 42.5, "status": "open-unpaid"}
    assert {**(await amounts(live, number)), "status": "open-unpaid"} == due
    served = await transaction(live, made.response["id"])
    assert (served["transaction_type_name"], served["transaction_method"]) == ("Credit", "Credit")


async def test_a_whole_record_comes_back_as_it_was_sent(live: Client) -> None:
    customer_id, (first, second) = await customer(live, "2.95", 13)
    sent = {
        "customer_id": customer_id,
        "gateway_id": 1,
        "gateway_status": "1",
        "gateway_transid": "abcd1234",
        "gateway_msg": "My test message",
        "gateway_method": "visa",
        "external_key": "pay-1",
        "amount": 15.95,
        "transaction_type": "pay",
        "transaction_detail": "x4242",
        "transaction_date": "2026-01-02",
        "applied_to": [{"invoice_id": first, "applied": 2.95}, {"invoice_id": second, "applied": "13.00"}],
        "unknown": {"x": 1},
        "token": "mine",
    }
    made = await live.post("transaction", sent)
    served = await transaction(live, made.response["id"])
    for name in (
        "gateway_id",
        "gateway_transid",
        "gateway_msg",
        "external_key",
        "amount",
        "transaction_detail",
    ):
        assert served[name] == sent[name], name
    assert served["gateway_status"] == 1
    assert served["transaction_method"] == "Visa"
    assert served["transaction_datetime"] == "2026-01-02T00:00:00-05:00"
    assert served["token"] != "mine"
    assert (await live.get(f"invoice/{second}")).response["paid_date"] == "2026-01-02"
    again = await live.post("transaction", {"customer_id": customer_id, "amount": 1, "external_key": "PAY-1"})
    assert again.status == 400
    assert again.message == 'A transaction already exists with the external_key value "PAY-1"'


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("best_fit", [0, 7, 0]),
        ("oldest", [5, 2, 0]),
        ("newest", [0, 0, 7]),
        ("none", [0, 0, 0]),
        (None, [0, 0, 0]),
    ],
)
async def test_auto_apply(live: Client, how: str | None, expected: list[int]) -> None:
    customer_id, invoices = await customer(live, 5, 7, 9)
    made = await live.post("transaction", {"customer_id": customer_id, "amount": 7, "auto_apply": how})
    assert made.status == 201
    assert [(await amounts(live, number)).get("payments", 0) for number in invoices] == expected


async def test_references_by_key_and_token(live: Client) -> None:
    customer_id, (number,) = await customer(live, 3)
    await live.put(f"customer/{customer_id}", {"external_key": "payer"})
    token = (await live.get(f"invoice/{number}")).response["token"]
    paid = await live.post(
        "transaction/_action/pay",
        {"customer_external_key": "payer", "applied_to": [{"invoice_token": token}], "paymethods": [CARD]},
    )
    assert paid.status == 200
    # the invoice says whose payment it is; being paid already, it takes nothing of it
    made = await live.post("transaction", {"amount": 1, "applied_to": [number]})
    served = await transaction(live, made.response["id"])
    assert (served["customer_id"], served["unapplied"], served["applied_to"]) == (customer_id, 1, [])
    assert (await live.post("transaction", {"amount": 1, "customer_external_key": "nobody"})).status == 400
    both = {"amount": 1, "customer_id": 1, "customer_external_key": "payer"}
    assert (await live.post("transaction", both)).status == 400


REFUSED: list[dict[str, Any]] = [
    {},
    {"amount": 0},
    {"amount": -1},
    {"amount": "many"},
    {"amount": 1e300},
    {"amount": True},
    {"amount": 1, "transaction_type": "spl"},
    {"amount": 1, "gateway_status": "perhaps"},
    {"amount": 1, "gateway_status": []},
    {"amount": 1, "auto_apply": "random"},
    {"amount": 1, "auto_apply": ["x"]},
    {"amount": 1, "transaction_date": "yesterday"},
    {"amount": 1, "applied_to": [999999]},
    {"amount": 1, "applied_to": [[]]},
    {"amount": 1, "applied_to": [{}]},
    {"amount": 1, "applied_to": [1]},
    {"amount": 1, "applied_to": True},
    {"amount": 1, "applied_to": "x"},
    {"amount": 1, "external_key": {}},
    {"amount": 2, "applied_to": [{"invoice_id": "MINE", "applied": 3}]},
    {"amount": 99, "applied_to": [{"invoice_id": "MINE", "applied": 11}]},
    {"amount": 99, "applied_to": [{"invoice_id": "MINE", "applied": -1}]},
    {"amount": 9, "applied_to": [{"invoice_id": "MINE", "applied": 1}, {"invoice_id": "MINE", "applied": 1}]},
    {"amount": 5, "transaction_type": "ref", "applied_to": ["MINE"]},
    {"transaction_datetime": "9999-12-31T23:59:59-14:00", "amount": 1},
    {"transaction_datetime": "0001-01-01T00:00:00+14:00", "amount": 1},
    {"void_datetime": "0001-01-01T00:00:00+14:00", "amount": 1},
]


@pytest.mark.parametrize("payload", REFUSED, ids=str)
async def test_what_does_not_fit_changes_nothing(live: Client, payload: dict[str, Any]) -> None:
    customer_id, (number,) = await customer(live, 10)

    def mine(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: mine(item) for key, item in value.items()}
        return (
            [mine(item) for item in value]
            if isinstance(value, list)
            else number
            if value == "MINE"
            else value
        )

    before = (await live.get("transaction/_count")).response
    made = await live.post("transaction", {"customer_id": customer_id, **mine(payload)})
    assert (made.status, made.response) == (400, False)
    assert made.message
    assert (await live.get("transaction/_count")).response == before
    assert (await live.get(f"invoice/{number}")).response["balance"] == 10


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


async def test_failed_and_void_ones_pay_nothing(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    for extra in (
        {"gateway_status": 0, "gateway_msg": "Do not honor"},
        {"void_datetime": "2026-03-01 10:00:00"},
    ):
        made = await live.post(
            "transaction", {"customer_id": customer_id, "amount": 10, "applied_to": [number], **extra}
        )
        assert made.status == 201
        served = await transaction(live, made.response["id"])
        assert (served["applied"], served["unapplied"], served["applied_to"]) == (0, 0, [])
    row = (await live.get(f"invoice/{number}")).response
    assert (row["balance"], row["declines"]) == (10, 1)
    assert (await live.get(f"customer/{customer_id}")).response["paid"] == 0


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
    assert served["mask_number"] == "xxxx-xxxx-xxxx-4209"
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
    assert (stranger.status, stranger.message) == (400, "Missing or invalid parameter: creditcard_id")


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


async def test_refund_in_parts(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    paid = await live.post(
        "transaction?action=pay",
        {"customer_id": customer_id, "amount": 15, "applied_to": [number], "paymethods": [CARD]},
    )
    payment = paid.response["id"]
    first = await live.post(f"transaction/{payment}?action=refund", {"amount": "3"})
    assert (first.status, set(first.response), type(first.response["id"])) == (200, {"id"}, int)
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


async def test_refunds_recorded_from_elsewhere(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    send = {"customer_id": customer_id, "amount": 10, "applied_to": [number]}
    payment = (await live.post("transaction", send)).response["id"]
    for sent in (
        {"amount": -4, "applied_to": [{"invoice_id": number, "applied": -4}]},
        {"applied_to": [number], "amount": 1},
    ):
        made = await live.post("transaction", {"customer_id": customer_id, "transaction_type": "ref", **sent})
        assert made.status == 201
        served = await transaction(live, made.response["id"])
        assert served["amount"] == -abs(sent["amount"])
        assert served["applied_to"][0]["applied"] == served["amount"]
        assert served["parent_transaction_id"] == payment
    served_amounts = await amounts(live, number)
    assert (served_amounts["payments"], served_amounts["refunds"], served_amounts["balance"]) == (5, 5, 5)


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


async def test_receipts(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    send = {"customer_id": customer_id, "applied_to": [number], "paymethods": [CARD]}
    paid = await live.post("transaction?action=pay&_flag_emails=0", send)
    assert await outbox(live) == []
    payment = paid.response["id"]
    assert (await live.post(f"transaction/{payment}?action=email")).response is True
    full = {
        "email": "a@example.com, b@example.com",
        "cc": "c@example.com",
        "bcc": "d@example.com",
        "subject": "Hi\r\nBcc: evil@example.com",
        "body": "text",
        "html": "<b>text</b>",
        "from": "shop@example.com",
        "message_id": 3,
    }
    assert (await live.post(f"transaction/{payment}/_action/email", full)).response is True
    plain, written = await outbox(live)
    assert plain["to"] == ["payer@example.com"]
    assert "$ 10.00" in plain["body"]
    assert "Visa x1111" in plain["body"]
    assert written["to"] == ["a@example.com", "b@example.com"]
    assert written["subject"] == "Hi Bcc: evil@example.com"
    assert (written["cc"], written["bcc"], written["from"]) == (
        ["c@example.com"],
        ["d@example.com"],
        "shop@example.com",
    )
    assert (written["body"], written["html"], written["cause"]) == (
        "text",
        "<b>text</b>",
        "transaction.email",
    )
    for wrong in ({"email": "nobody"}, {"email": {}}, {"message_id": "x"}, {"subject": []}):
        assert (await live.post(f"transaction/{payment}?action=email", wrong)).status == 400


async def test_on_behalf_address_is_the_payers(live: Client) -> None:
    customer_id, _ = await customer(live)
    paid = await live.post(
        "transaction?action=pay&on_behalf_addr=173.132.15.83&on_behalf_details=johndoe@example.com",
        {"customer_id": customer_id, "amount": "1.50", "paymethods": [CARD]},
    )
    assert (await transaction(live, paid.response["id"]))["transaction_ipaddr"] == "173.132.15.83"


async def test_there_is_no_update_and_no_delete(live: Client) -> None:
    for method in ("PUT", "DELETE"):
        answer = await live.send(method, "/api/v3/transaction/2", body=b'{"amount": 1}')
        assert answer.status == 400
        assert answer.message.startswith("The command requested is not supported: ")
