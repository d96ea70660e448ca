"""What a row of an invoice says: how late it is, how it stands, why it is open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.invoices import (
    InvoiceLine,
    declines_of,
    invoice_json,
    invoice_line,
    invoice_row,
    schedule_of,
    standing,
    why_open,
)
from cotui.desk.answers.values import Currencies
from tests.desk.answers import test_payments as money
from tests.desk.answers.situations import TODAY, record

OPEN: dict[str, Any] = {
    "invoice_id": 4301,
    "refnumber": "4301",
    "date": "2026-10-01",
    "due_date": "2026-10-31",
    "invoice_status_str": "open-overdue",
    "invoice_status_state": "o",
    "total": 65.13,
    "balance": 65.13,
    "applied": 0,
    "declines": 0,
    "currency_iso4217": "USD",
}


def line(**values: Any) -> InvoiceLine:
    row = {**OPEN, **values}
    return invoice_line(record("invoice", **row), Currencies([row]), TODAY)


def declined(**values: Any) -> Any:
    given = {
        "transaction_id": 50,
        "transaction_status_str": "error-declined",
        "gateway_msg": "insufficient funds",
        "amount": 65.13,
        "transaction_date": "2026-11-02",
        **values,
    }
    return money.line(**given)


@pytest.mark.parametrize(
    ("values", "late", "words", "tone"),
    [
        ({}, 30, "30 days late", "bad"),
        ({"days_overdue": 31}, 31, "31 days late", "bad"),
        ({"due_date": "2026-12-05", "invoice_status_str": "open-unpaid"}, 0, "due in 5 days", "waiting"),
        ({"due_date": "2026-11-30", "invoice_status_str": "open-unpaid"}, 0, "due today", "waiting"),
        ({"due_date": "2026-11-29"}, 1, "1 day late", "bad"),
        ({"invoice_status_str": "open-collections"}, 30, "in collections, 30 days late", "bad"),
        ({"due_date": None}, None, "open", "waiting"),
        ({"due_date": None, "is_overdue": False}, 0, "open", "waiting"),
        (
            {
                "invoice_status_str": "closed-paid",
                "invoice_status_state": "c",
                "paid_date": "2026-11-01",
                "days_overdue": 76,
            },
            0,
            "paid 2026-11-01",
            "good",
        ),
        (
            {"invoice_status_str": "closed-void", "invoice_status_state": "c", "is_void": True},
            0,
            "void",
            "quiet",
        ),
        ({"invoice_status_str": None, "invoice_status_state": None, "is_paid": True}, 0, "paid", "good"),
    ],
)
def test_how_it_stands(values: dict[str, Any], late: int | None, words: str, tone: str) -> None:
    found = line(**values)
    assert (found.late, standing(found, TODAY)) == (late, (words, tone))
    assert found.overdue == (None if late is None else late > 0)


def test_a_line_of_a_table() -> None:
    row = invoice_row(line(), TODAY)
    assert (row.resource_id, row.ref, row.tone) == ("invoice", 4301, "bad")
    assert row.said == "Invoice 4301, due 2026-10-31, 30 days late, 65.13 USD"
    part = line(balance=5, applied=60.13)
    assert invoice_row(part, TODAY).amount == Amount("USD", Decimal(5))
    assert invoice_row(part, TODAY, rest=False).amount == Amount("USD", Decimal("65.13"))


def test_what_lies_on_it_where_no_row_sums_it_up() -> None:
    assert line(applied=None, balance=20).applied == Amount("USD", Decimal("45.13"))
    assert line(applied=None, balance=0, is_void=True).applied is None
    assert line(applied=None, balance=None).applied is None


def test_why_it_is_open() -> None:
    assert why_open(line()) == ("never_charged", "never charged")
    assert why_open(line(declines=None)) == (None, "")
    assert why_open(line(declines=1)) == ("declined", "declined once")
    three = line(declines=3, invoice_status_str="open-collections", balance=60, applied=5.13)
    assert why_open(three, None, [declined()]) == (
        "declined",
        'declined 3 times, last on 2026-11-02: "insufficient funds"; in collections; 5.13 USD of 65.13 paid',
    )
    assert why_open(line(balance=60, applied=5.13)).code == "part_paid"
    assert why_open(line(invoice_status_str="open-collections")).code == "collections"
    closed = line(invoice_status_str="closed-paid", invoice_status_state="c", declines=2)
    assert why_open(closed) == (None, "")


def test_scheduled_payments() -> None:
    parts = [
        {"date": "2027-01-01", "amount": 30, "balance": 30, "paymethod": "crd"},
        {"date": "2026-12-05", "amount": 35.13, "balance": 35.13},
        {"date": "2026-11-01", "amount": 5, "balance": 0},
    ]
    row = {**OPEN, "schedule": parts}
    found = schedule_of(record("invoice", **row), Currencies([row]))
    assert found is not None
    assert [str(one.day) for one in found] == ["2026-11-01", "2026-12-05", "2027-01-01"]
    assert why_open(line(), found) == ("scheduled", "35.13 USD scheduled for 2026-12-05")
    assert schedule_of(record("invoice", **OPEN), Currencies([OPEN])) is None


def test_which_declines_were_for_it() -> None:
    open_one = line(declines=1)
    assert [one.ref for one in declines_of(open_one, [declined()])] == [50]
    assert declines_of(line(), [declined()]) == [], "it counts none"
    assert declines_of(open_one, [declined(amount=70)]) == []
    assert declines_of(open_one, [declined(transaction_date="2026-09-30")]) == [], "before it was made"
    assert declines_of(open_one, [declined(), declined(transaction_id=51)]) == [], "more than it counts"
    assert declines_of(open_one, [declined()], [line(invoice_id=5)]) == [], "another comes to as much"
    named = declined(amount=70, applied_to=[{"invoice_id": 4301, "applied": 0}])
    assert [one.ref for one in declines_of(line(), [named])] == [50], "it is named"


def test_json() -> None:
    found = invoice_json(line(declines=2))
    assert found["why"] == "declined"
    assert found["why_text"] == "declined 2 times"
    assert (found["days_late"], found["due_date"], found["declines"]) == (30, "2026-10-31", 2)
    assert found["balance"] == {"currency": "USD", "amount": "65.13", "at_least": False}
