"""The answer about a customer as a page and as JSON."""

from __future__ import annotations

import json
from typing import Any

from cotui.desk.answers.customer import ANSWER, customer_json, customer_page
from cotui.desk.answers.page import Count
from tests.desk.answers.situations import FAILED, REFUSED, record, situation
from tests.desk.answers.test_customer_facts import CUSTOMER, GIVEN

WHO = {
    **CUSTOMER,
    "customer_status_str": "active-overdue",
    "customer_status_state": "a",
    "write_datetime": "2024-03-02T10:00:00-05:00",
    "superuser_id": 3,
    "superuser_name": "Amelia",
    "superuser_email": "a@example.com",
}
CONTACT = {"user_id": 3, "name": "Amelia", "email": "a@example.com"}
NOTES = [
    {"note_id": 1, "note": "older", "note_datetime": "2026-08-21"},
    {"note_id": 2, "note": "newer", "note_datetime": "2026-11-03"},
    {"note_id": 3, "note": "pinned", "note_datetime": "2025-11-03", "note_is_pinned": True},
]


def given(**changed: Any) -> dict[str, Any]:
    return {**GIVEN, "customer": [WHO], "contacts": [CONTACT], "notes": NOTES, **changed}


def test_a_page() -> None:
    page = customer_page(situation(ANSWER, 1, given()))
    assert (page.title, page.subtitle) == ("Northwind", "customer 1, active since 2024-03-02")
    assert page.complete
    assert page.record is not None
    names = [
        "open_invoices",
        "payments",
        "subscriptions",
        "pay_methods",
        "latest_invoices",
        "contacts",
        "notes",
    ]
    assert [table.name for table in page.tables] == names
    assert all(len(row.cells) == len(table.columns) for table in page.tables for row in table.rows)
    assert all(table.status < len(table.columns) for table in page.tables)
    notes = page.table("notes")
    assert notes is not None
    assert [row.ref for row in notes.rows] == [3, 2, 1]
    invoices = page.table("open_invoices")
    assert invoices is not None
    assert (invoices.count, [one.text for one in invoices.total]) == (Count(2), ["1,913.56 USD"])
    assert [row.ref for row in invoices.rows] == [4301, 4449], "what is due first"


def test_what_is_missing() -> None:
    page = customer_page(situation(ANSWER, 1, given(payments=REFUSED, banks=FAILED, customer=FAILED)))
    assert not page.complete
    assert page.missing == (
        "Customer: the server failed.",
        "Payments: these keys may not read payments.",
        "Bank accounts: the server failed.",
    )
    methods = page.table("pay_methods")
    assert methods is not None
    assert (methods.state, methods.count) == ("partial", Count(1, exact=False))
    assert page.title == "Customer 1"


def test_before_anything_came() -> None:
    row = record("customer", **WHO)
    now = situation(ANSWER, 1, {}, row)._replace(sections={}, reading=True)
    page = customer_page(now)
    assert page.title == "Northwind"
    owes = page.fact("owes")
    assert owes is not None
    assert (owes.value, owes.rest) == ("1,913.56 USD", "as the account states it; overdue: reading")
    assert {table.state for table in page.tables} == {"reading"}
    assert not page.complete


def test_children() -> None:
    child = {"customer_id": 9, "parent_customer_id": 1, "company": "Below", "currency_iso4217": "USD"}
    page = customer_page(situation(ANSWER, 1, given(children=[child])))
    below = page.table("children")
    assert below is not None
    assert [row.said for row in below.rows] == ["Below"]
    owes = page.fact("owes")
    assert owes is not None
    assert owes.value == "1,913.56 USD"


def test_json() -> None:
    found = customer_json(situation(ANSWER, 1, given()))
    json.dumps(found, allow_nan=False)
    assert found["customer"] | {"contact": None} == {
        "id": 1,
        "external_key": None,
        "company": "Northwind",
        "active": True,
        "status": "active-overdue",
        "since": "2024-03-02",
        "currency": "USD",
        "parent_id": None,
        "terms": None,
        "contact": None,
    }
    assert found["customer"]["contact"]["main"]
    assert found["owes"] == [{"currency": "USD", "amount": "1913.56", "at_least": False}]
    assert found["oldest_overdue"] == {
        "invoice_id": 4301,
        "number": "4301",
        "due_date": "2026-10-31",
        "days": 30,
    }
    assert found["in_collections"] == {"count": {"value": 0, "exact": True}, "amounts": []}
    assert found["counts"]["open_invoices"] == {"value": 2, "exact": True}
    assert set(found["counts"]) == {
        "open_invoices",
        "invoices",
        "payments",
        "subscriptions",
        "contacts",
        "pay_methods",
        "notes",
    }
    assert found["sections"]["pay_methods"] == {"state": "complete", "read": 1, "error": None}
    assert [one["text"] for one in found["notes"]] == ["pinned", "newer", "older"]


def test_json_of_what_is_not_known() -> None:
    found = customer_json(
        situation(
            ANSWER, 1, given(payments=REFUSED, open_invoices=FAILED, subscriptions=FAILED, contacts=FAILED)
        )
    )
    names = ("owes", "overdue", "oldest_overdue", "in_collections", "unapplied", "last_payment", "next_bill")
    assert [found[name] for name in names] == [None] * len(names)
    assert found["sections"]["payments"]["state"] == "refused"
    assert found["sections"]["open_invoices"] == {"state": "failed", "read": 0, "error": "the server failed"}
    assert found["counts"]["payments"] is None
    assert found["customer"]["contact"]["email"] == "a@example.com"
