"""The answer about a payment: booked or not, used for what, paid back how much."""

from __future__ import annotations

import json
from typing import Any

from cotui.desk.answers.page import Page
from cotui.desk.answers.payment import ANSWER, payment_json, payment_page
from tests.desk.answers import test_invoices as invoices
from tests.desk.answers import test_payments as payments
from tests.desk.answers.situations import FAILED, record, situation

PAID: dict[str, Any] = {
    **payments.PAID,
    "customer_id": 1,
    "applied_to": [{"invoice_id": "4203", "applied": 90.63}],
    "refunds": [],
    "payments": [],
}
USED = {
    **invoices.OPEN,
    "invoice_id": 4203,
    "refnumber": "4203",
    "invoice_status_state": "c",
    "invoice_status_str": "closed-paid",
}
BACK = {
    **payments.PAID,
    "transaction_id": 9,
    "transaction_type": "ref",
    "amount": -50,
    "applied": 0,
    "unapplied": -50,
    "parent_transaction_id": 7,
}
GIVEN: dict[str, Any] = {
    "payment": [PAID],
    "invoices": [USED],
    "customer": [{"customer_id": 1, "company": "Northwind"}],
}


def page(ref: int = 7, **changed: Any) -> Page:
    return payment_page(situation(ANSWER, ref, {**GIVEN, **changed}))


def said(found: Page) -> dict[str, str]:
    return {fact.name: f"{fact.value} | {fact.rest}" for fact in found.facts}


def test_a_page() -> None:
    found = page()
    assert (found.title, found.subtitle) == (
        "Payment of 2026-09-20, Northwind",
        "payment 7, customer 1",
    )
    assert said(found) == {
        "amount": "240.63 USD | Visa x4444, paid",
        "used": "90.63 USD | for invoice 4203",
        "unapplied": "150.00 USD | ",
    }
    used = found.table("invoices")
    assert used is not None
    assert [row.said for row in used.rows] == ["Invoice 4203, paid, 90.63 USD from this"]
    assert found.complete


def test_what_was_paid_back_is_no_longer_unused() -> None:
    refunded = {**PAID, "refunds": [{"transaction_id": "9"}]}
    found = page(payment=[refunded], **{"transaction 9": [BACK]})
    assert said(found)["refunded"] == "50.00 USD | 1 refund"
    assert said(found)["unapplied"] == "100.00 USD | "
    unread = page(payment=[refunded], **{"transaction 9": FAILED})
    assert said(unread)["unapplied"].startswith("not known")


def test_a_refund_names_its_payment() -> None:
    found = payment_page(situation(ANSWER, 9, {**GIVEN, "payment": [BACK], "transaction 7": [PAID]}))
    assert found.title.startswith("Refund of 2026-09-20")
    assert said(found)["pays_back"] == "payment 7 | 2026-09-20, Visa x4444"
    assert said(found)["amount"].startswith("50.00 USD | "), "the label says which way it went"
    assert "unapplied" not in said(found)


def test_one_that_failed() -> None:
    failed = {
        **PAID,
        "transaction_status_str": "error-declined",
        "gateway_msg": "no money",
        "gateway_err_code": 51,
    }
    found = page(payment=[failed])
    assert said(found) == {"amount": "240.63 USD | Visa x4444, declined: no money, code 51"}


def test_what_was_not_paid_is_not_called_paid() -> None:
    labels = {
        status: page(payment=[{**PAID, "transaction_status_str": status}]).facts[0].label
        for status in ("ok-successful", "error-declined", "pending-pending", "void-void")
    }
    assert list(labels.values()) == ["Paid", "Tried", "Pending", "Void"]


def test_before_it_came_the_row_is_shown() -> None:
    row = record("transaction", **payments.PAID, customer_id=1)
    found = payment_page(situation(ANSWER, 7, {**GIVEN, "payment": FAILED}, row))
    assert said(found)["amount"].startswith("240.63 USD")
    assert said(found)["unapplied"].startswith("not known"), "refunds are told by the record alone"
    assert [fact.value for fact in page(payment=FAILED).facts] == ["not known"]


def test_json() -> None:
    found = payment_json(situation(ANSWER, 7, GIVEN))
    json.dumps(found, allow_nan=False)
    assert found["payment"]["id"] == 7
    assert found["customer"] == {"id": 1, "company": "Northwind"}
    assert found["applied_to"] == [
        {
            "invoice_id": 4203,
            "number": "4203",
            "applied": {"currency": "USD", "amount": "90.63", "at_least": False},
        }
    ]
    assert (found["refunds"], found["pays_back"]) == ([], None)
    unknown = payment_json(situation(ANSWER, 7, {**GIVEN, "payment": FAILED}))
    assert (unknown["payment"], unknown["applied_to"], unknown["refunds"]) == (None, None, None)
