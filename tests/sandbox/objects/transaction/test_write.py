"""Transactions: put on record, taken, paid back, voided, applied anew."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Client
from tests.sandbox.money_account import (
    CARD,
    amounts,
    customer,
    transaction,
)


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


async def test_what_is_recorded_of_every_transaction(live: Client) -> None:
    """The official C# client reads the code as a number, and fails where it is none; texts are never null."""
    number = await live.made(
        "transaction", {"customer_id": 3, "amount": 5, "gateway_id": None, "gateway_msg": None}
    )
    row = (await live.get(f"transaction/{number}")).response
    assert (row["gateway_id"], row["gateway_msg"], row["gateway_err_code"]) == (100, "", 0)
    assert (row["transaction_status_name"], row["transaction_status_str"]) == ("Success", "ok-successful")
    assert (row["refunds"], row["payments"], row["gateway_opts"]) == ([], [], {})


async def test_words_and_custom_fields(live: Client) -> None:
    custom = {f"custom_{index}": f"c{index}" for index in range(1, 6)}
    sent = {"customer_id": 3, "amount": 5, "memo": "By telephone", **custom, "custom_6": "none"}
    row = (await live.get(f"transaction/{await live.made('transaction', sent)}")).response
    assert {name: row[name] for name in (*custom, "memo")} == {**custom, "memo": "By telephone"}
    assert "custom_6" not in row


@pytest.mark.parametrize(
    ("method", "refused"), [(None, False), ("", False), ("credit", False), ("Credit", False), ("visa", True)]
)
async def test_the_method_of_a_credit(live: Client, method: str | None, refused: bool) -> None:
    """It is `credit` (create-a-credit-memo-record-offline-payment), and need not be said."""
    sent = {"customer_id": 3, "amount": 5, "transaction_type": "cre", "gateway_method": method}
    answer = await live.post("transaction", sent)
    if refused:
        assert (answer.status, "gateway_method" in answer.message) == (400, True)
        return
    row = (await live.get(f"transaction/{answer.response['id']}")).response
    assert (row["gateway_method"], row["transaction_method"]) == ("credit", "Credit")
