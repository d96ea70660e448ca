"""Actions of invoices: void, pay, email, print, schedule, pdf, approve."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.browser import Browser
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
from tests.sandbox.recordings import FIXTURES


def recorded(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the recordings are not beside the project")
async def test_void_as_recorded(live: Client) -> None:
    """The recorded void and mail: the same answers, and the same changes of the same fields."""
    before = recorded("invoice_get_before_void__ruby_vcr.json")["response"]
    after = recorded("invoice_get_after_void__ruby_vcr.json")["response"]
    _, (number,) = await customer(live, before["total"])
    ours_before = (await live.get(f"invoice/{number}")).response
    answer = await live.post(f"invoice/{number}?action=void", {})
    assert answer.envelope == {**recorded("invoice_action_void__ruby_vcr.json"), "details": {}}
    ours = (await live.get(f"invoice/{number}")).response
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"is_void", "is_paid", "balance", "void_datetime", "invoice_status_str"} <= changed
    for name in changed - {"void_datetime", "days_overdue", "is_overdue"}:
        assert ours[name] == after[name], name
    assert ours["void_datetime"] == "2026-03-15T10:00:00-04:00"
    assert (ours["total"], ours["is_overdue"]) == (ours_before["total"], False)
    mailed = await live.post(f"invoice/{number}?action=email", {})
    assert mailed.envelope == {**recorded("invoice_action_email__ruby_vcr.json"), "details": {}}
    assert len(await outbox(live)) == 1


async def test_void_twice(live: Client) -> None:
    _, (number,) = await customer(live, 10)
    assert (await live.post(f"invoice/{number}/_action/void")).response is True
    assert (await live.post(f"invoice/{number}/_action/void")).response is False
    assert (await live.post(f"invoice/{number}?action=pay", CARD)).status == 400


async def test_void_gives_back_what_was_paid(live: Client) -> None:
    customer_id, (number, other) = await customer(live, 10, 25)
    await live.post(f"invoice/{number}?action=pay", CARD)
    credit = {"customer_id": customer_id, "transaction_type": "cre", "amount": 3}
    await live.post("transaction", credit)
    assert (await live.post(f"invoice/{number}?action=void")).response is True
    assert await amounts(live, number) == {"status": "closed-void"}
    assert (await live.get(f"customer/{customer_id}")).response["paid"] == 10
    assert (await live.post(f"invoice/{other}?action=pay", {"use_customer_balance": True})).response is True
    assert await amounts(live, other) == {
        "payments": 10,
        "credits": 3,
        "applied": 13,
        "balance": 12,
        "status": "open-unpaid",
    }


async def test_void_ends_a_write_off(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    send = {"customer_id": customer_id, "transaction_type": "wri", "amount": 10, "applied_to": [number]}
    made = await live.post("transaction", send)
    assert await amounts(live, number) == {"writeoffs": 10, "applied": 10, "status": "closed-paid"}
    await live.post(f"invoice/{number}?action=void")
    assert (await transaction(live, made.response["id"]))["transaction_status_name"] == "Void"
    assert (await live.post("invoice/1?action=pay", {"use_customer_balance": True})).response is False


@pytest.mark.parametrize(
    ("method", "name", "detail", "status"),
    [(CARD, "Visa", "x1111", "Success"), (BANK, "ACH/eCheck", "x6667", "Pending")],
)
async def test_pay_with_a_new_method(
    live: Client, method: dict[str, Any], name: str, detail: str, status: str
) -> None:
    customer_id, (number,) = await customer(live, "10.95")
    answer = await live.post(f"invoice/{number}/_action/pay", method)
    assert (answer.status, answer.response) == (200, True)
    row = (await live.get(f"invoice/{number}")).response
    assert (row["balance"], row["payments"], row["is_paid"], row["paid_date"]) == (
        0,
        10.95,
        True,
        "2026-03-15",
    )
    (paid,) = await live.rows("transaction", where=f"customer_id:EQUALS:{customer_id}")
    assert (paid["transaction_method"], paid["transaction_detail"]) == (name, detail)
    assert (paid["transaction_status_name"], paid["amount"]) == (status, 10.95)
    owner = (await live.get(f"customer/{customer_id}")).response
    assert (owner["balance"], owner["paid"]) == (0, 10.95)
    assert [mail["cause"] for mail in await outbox(live)] == ["transaction.receipt"]
    assert (await live.post(f"invoice/{number}/_action/pay", method)).response is False


@pytest.mark.parametrize(("card", "message"), [(EXPIRED, EXPIRY), (DECLINED, DECLINE)])
async def test_declined(live: Client, card: dict[str, Any], message: str) -> None:
    """The recorded message of an expired card, and the clients' decline card; flags keep the mail back."""
    customer_id, (number,) = await customer(live, 10)
    for attempt in (1, 2):
        answer = await live.post(f"invoice/{number}?action=pay&_flag_emails=0", card)
        assert (answer.status, answer.message, answer.response) == (400, message, False)
        row = (await live.get(f"invoice/{number}")).response
        assert (row["declines"], row["balance"]) == (attempt, 10)
    assert len(await live.rows("transaction", where=f"customer_id:EQUALS:{customer_id}")) == 2
    assert await outbox(live) == []


async def test_a_card_is_good_until_the_end_of_its_month(live: Client) -> None:
    _, (first, second) = await customer(live, 1, 1)
    month = {**CARD, "expdate_year": "26", "expdate_month": 3}
    assert (await live.post(f"invoice/{first}?action=pay", month)).response is True
    assert (
        await live.post(f"invoice/{second}?action=pay", {**month, "expdate_month": "2"})
    ).message == EXPIRY


async def test_pay_with_the_subscriptions_method(live: Client, live_store: Any) -> None:
    """Its card comes before the customer's default."""
    customer_id, subscribed, single = 1, 1, 3
    cards = [
        (await live.post("creditcard", {"customer_id": customer_id, **CARD, "number": number})).response["id"]
        for number in ("5555555555554444", "4111111111111111")
    ]
    with live_store.write() as connection:
        connection.execute(
            "UPDATE packages SET paymethod = 'crd', creditcard_id = ? WHERE customer_id = 1", (cards[0],)
        )
        connection.execute(
            "UPDATE customers SET default_paymethod = 'crd', default_creditcard_id = ? WHERE customer_id = 1",
            (cards[1],),
        )
        connection.execute("UPDATE invoices SET package_id = NULL WHERE invoice_id = 3")
    used = []
    for number in (subscribed, single):
        assert (await live.post(f"invoice/{number}?action=pay")).response is True
        found = await live.rows("transaction", where=f"applied_to.invoice_id:EQUALS:{number}", limit=9)
        used.append(found[-1]["creditcard_id"])
    assert used == cards


async def test_pay_without_any_method(live: Client) -> None:
    _, (number,) = await customer(live, 10)
    answer = await live.send("POST", f"/api/v3/invoice/{number}?action=pay")
    assert answer.status == 400
    assert answer.message == "This transaction could not be processed: There is no payment method on file."
    assert (await live.post(f"invoice/{number}?action=pay", {"use_customer_balance": True})).response is False
    for wrong in (
        {"number": "x"},
        {"number": "4111"},
        {"use_customer_balance": []},
        [1],
        {**BANK, "type": "x"},
    ):
        assert (await live.post(f"invoice/{number}?action=pay", wrong)).status == 400
    assert (await live.get(f"invoice/{number}")).response["declines"] == 0


async def test_email(live: Client) -> None:
    _, (number,) = await customer(live, "10.95")
    for body in (None, {"message_subject": "S", "message_body": "B", "message_from": "f@example.com"}):
        assert (await live.post(f"invoice/{number}?action=email", body)).response is True
    more = {"email": "x@example.com", "template_name": "invoice", "template_opts": {}, "html": "<p>"}
    assert (await live.post(f"invoice/{number}/_action/email", more)).response is True
    template, old, third = await outbox(live)
    assert template["to"] == ["payer@example.com"]
    assert template["subject"] == f"Invoice #{number} from Example"
    assert "$ 10.95" in template["body"]
    assert (old["subject"], old["body"], old["from"]) == ("S", "B", "f@example.com")
    assert (third["to"], third["html"], third["cause"]) == (["x@example.com"], "<p>", "invoice.email")
    assert (await live.post(f"invoice/{number}?action=email&_flag_emails=0")).response is True
    assert len(await outbox(live)) == 3


async def test_email_links_work(live: Client) -> None:
    _, (number,) = await customer(live, "10.95")
    await live.post(f"invoice/{number}?action=email")
    ((mail),) = await outbox(live)
    addresses = [word for word in mail["body"].split() if word.startswith("http")]
    assert len(addresses) == 2
    for address in addresses:
        assert (await Browser(live).open(address)).status == 200


async def test_email_to_nobody(live: Client) -> None:
    answer = await live.post("customer", {"company": "Silent"})
    line = {"item_id": 1, "line_rate": 1, "line_quantity": 1}
    made = await live.post("invoice", {"customer_id": answer.response["id"], "line_items": [line]})
    mailed = await live.post(f"invoice/{made.response['id']}?action=email")
    assert (mailed.status, mailed.message) == (400, "This customer does not have an e-mail address.")


async def test_print(live: Client) -> None:
    """A letter is noted; it is no e-mail."""
    for _ in range(2):
        assert (await live.post("invoice/1/_action/print")).response is True
    letters = (await live.send("GET", "/_sandbox/letters")).response
    assert [letter["invoice_id"] for letter in letters] == [1, 1]
    assert "Hamden, CT" in letters[0]["address"]
    assert await outbox(live) == []


PLAN = [
    {"amount": "4.00", "date": "2026-04-01"},
    {"amount": 6, "date": "2026-05-01T00:00:00", "paymethod": "any"},
]


@pytest.mark.parametrize(
    "payload",
    [
        {"schedule": PLAN},
        {"schedule": {"0": PLAN[0], "1": PLAN[1]}},
        {"0": PLAN[0], "1": PLAN[1]},
        PLAN,
    ],
    ids=["list", "indexed", "indexed alone", "list alone"],
)
async def test_schedule(live: Client, payload: Any) -> None:
    _, (number,) = await customer(live, 10)
    assert (await live.post(f"invoice/{number}/_action/schedule", payload)).response is True
    planned = (await live.get(f"invoice/{number}")).response["schedule"]
    assert [(row["amount"], row["date"], row["paymethod"], row["balance"]) for row in planned] == [
        (4, "2026-04-01", "any", 4),
        (6, "2026-05-01", "any", 6),
    ]
    again = {"schedule": [{"amount": 1, "date": "2026-04-02"}]}
    assert (await live.post(f"invoice/{number}?action=schedule", again)).response is True
    assert len((await live.get(f"invoice/{number}")).response["schedule"]) == 1


async def test_what_is_due_of_a_schedule_follows_payments(live: Client) -> None:
    customer_id, (number,) = await customer(live, 10)
    await live.post(f"invoice/{number}?action=schedule", {"schedule": PLAN})
    await live.post("transaction", {"customer_id": customer_id, "amount": 5, "applied_to": [number]})
    planned = (await live.get(f"invoice/{number}")).response["schedule"]
    assert [row["balance"] for row in planned] == [0, 5]


async def test_schedule_with_stored_methods(live: Client, live_store: Any) -> None:
    customer_id, (number,) = await customer(live, 10)
    card = (await live.post("creditcard", {"customer_id": customer_id, **CARD})).response["id"]
    sent = {"schedule": [{"amount": 1, "date": "2026-04-01", "creditcard_id": card}]}
    assert (await live.post(f"invoice/{number}?action=schedule", sent)).response is True
    (planned,) = (await live.get(f"invoice/{number}")).response["schedule"]
    assert (planned["paymethod"], planned["creditcard_id"]) == ("crd", card)
    strange = {"schedule": [{"amount": 1, "date": "2026-04-01", "creditcard_id": card}]}
    assert (await live.post("invoice/8?action=schedule", strange)).status == 400
    with live_store.write() as connection:
        connection.execute("UPDATE packages SET paymethod = 'ach', ach_id = 7 WHERE package_id = 1")
    own = {"schedule": [{"amount": 1, "date": "2026-04-01", "paymethod": "crd"}]}
    assert (await live.post("invoice/3?action=schedule", own)).response is True
    planned = (await live.get("invoice/3")).response["schedule"][0]
    assert (planned["paymethod"], planned["ach_id"]) == ("ach", 7)


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"schedule": []},
        {"schedule": [{"amount": 1}]},
        {"schedule": [{"date": "2026-04-01"}]},
        {"schedule": [{"amount": 0, "date": "2026-04-01"}]},
        {"schedule": [{"amount": -1, "date": "2026-04-01"}]},
        {"schedule": [{"amount": 1, "date": "soon"}]},
        {"schedule": [{"amount": "10.01", "date": "2026-04-01"}]},
        {"schedule": [{"amount": 1, "date": "2026-04-01", "paymethod": "gold"}]},
        {"schedule": [{"amount": 1, "date": "2026-04-01", "ach_id": 99}]},
        {"schedule": "x"},
        {"schedule": [1]},
    ],
    ids=str,
)
async def test_schedules_that_do_not_work(live: Client, payload: Any) -> None:
    _, (number,) = await customer(live, 10)
    await live.post(f"invoice/{number}?action=schedule", {"schedule": PLAN})
    answer = await live.post(f"invoice/{number}?action=schedule", payload)
    assert (answer.status, answer.response) == (400, False)
    assert len((await live.get(f"invoice/{number}")).response["schedule"]) == 2


async def test_pdf_and_approve(live: Client) -> None:
    row = (await live.get("invoice/1")).response
    for spelling in ("?action=pdf", "/_action/pdf"):
        assert (await live.post(f"invoice/1{spelling}")).response == row["url_pdflink"]
    assert (await live.post("invoice/1?action=approve")).response is True


@pytest.mark.parametrize("action", ["void", "pay", "email", "print", "schedule", "pdf", "approve"])
async def test_unknown_invoices_and_actions(live: Client, action: str) -> None:
    missing = await live.post(f"invoice/9999?action={action}")
    assert (missing.status, missing.message) == (404, "This invoice does not exist.")
    whole = await live.post(f"invoice?action={action}")
    assert whole.message == f"The command requested is not supported: {action}(invoice, )"
    read = await live.get(f"invoice/1?action={action}")
    assert read.status == 400


async def test_the_balance_knows_refunds(live: Client) -> None:
    """Money that was paid back cannot be spent, whether its refund names the payment or not."""
    customer_id, (first, second) = await customer(live, 12, 12)
    send = {"customer_id": customer_id, "amount": 15}
    payment = (await live.post("transaction", send)).response["id"]
    await live.post(f"transaction/{payment}?action=refund", {"amount": 6})
    await live.post("transaction", {"customer_id": customer_id, "amount": 4, "transaction_type": "ref"})
    assert (await live.post(f"invoice/{first}?action=pay", {"use_customer_balance": True})).response is True
    assert (await amounts(live, first))["payments"] == 5
    assert (await live.post(f"invoice/{second}?action=pay", {"use_customer_balance": True})).response is False
