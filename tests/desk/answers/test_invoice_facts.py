"""What is read of an invoice, and what lies on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cotui.desk.amounts import Amount
from cotui.desk.answers.customer_parts import SINGLE
from cotui.desk.answers.invoice import ANSWER
from cotui.desk.answers.invoice_facts import (
    InvoiceFacts,
    invoice_facts,
    invoice_parts,
    more_of_invoice,
)
from tests.desk.answers import test_invoices as invoices
from tests.desk.answers import test_payments as payments
from tests.desk.answers.situations import FAILED, record, situation
from tests.desk.answers.test_customer_facts import FAILED_TRY

INVOICE: dict[str, Any] = {
    **invoices.OPEN,
    "customer_id": 1,
    "package_id": 88,
    "declines": 1,
    "balance": 45.13,
    "applied": 20,
    "schedule": [],
    "line_items": [{"item_name": "Hosting M", "line_total": 65.13}],
}
PART = {
    **payments.PAID,
    "applied_to": [{"invoice_id": "4301", "applied": 20}, {"invoice_id": 5, "applied": 3}],
}
GIVEN: dict[str, Any] = {
    "invoice": [INVOICE],
    "payments": [PART],
    "declines": [{**FAILED_TRY, "amount": 65.13}],
    "customer": [{"customer_id": 1, "company": "Northwind", "superuser_email": "a@example.com"}],
    "subscription": [{"package_id": 88, "nickname": "Hosting M"}],
}


def facts(**changed: Any) -> InvoiceFacts:
    return invoice_facts(situation(ANSWER, 4301, {**GIVEN, **changed}))


def test_what_a_list_tells_saves_a_request() -> None:
    row = record("invoice", **invoices.OPEN, customer_id=1, package_id=88)
    names = [part.name for part in invoice_parts(4301, row)]
    assert names == ["invoice", "payments", "notes", "customer", "declines", "subscription"]
    assert [part.name for part in invoice_parts("token:x", None)] == ["invoice"]
    now = situation(ANSWER, 4301, GIVEN)
    assert {part.name for part in more_of_invoice(now)} == set(names) - {"invoice"}


def test_what_lies_on_it() -> None:
    found = facts()
    assert [(one.line.ref, one.amount) for one in found.applied] == [(7, Amount("USD", Decimal(20)))]
    assert found.why.text == ('declined once on 2026-11-02: "insufficient funds"; 20.00 USD of 65.13 paid')
    assert found.lines is not None
    assert [amount for _, amount in found.lines] == [Amount("USD", Decimal("65.13"))]
    assert (found.customer, found.schedule) == (1, [])


def test_an_account_that_does_not_expand_rows_is_asked_for_each() -> None:
    bare = {key: value for key, value in PART.items() if key != "applied_to"}
    now = situation(ANSWER, 4301, {**GIVEN, "payments": [bare], f"{SINGLE}7": [PART]})
    assert f"{SINGLE}7" in now.sections
    found = invoice_facts(now)
    assert [one.amount for one in found.applied] == [Amount("USD", Decimal(20))]
    unread = facts(payments=[bare], **{f"{SINGLE}7": FAILED})
    assert [one.amount for one in unread.applied] == [None]


def test_the_invoice_itself_did_not_come() -> None:
    found = facts(invoice=FAILED)
    assert (found.invoice, found.lines, found.schedule, found.why.text) == (None, None, None, "")
