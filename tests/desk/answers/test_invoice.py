"""The answer about an invoice as a page and as JSON."""

from __future__ import annotations

import json
from typing import Any

from cotui.desk.answers.invoice import ANSWER, invoice_json, invoice_page
from cotui.desk.answers.page import Count, Page
from tests.desk.answers.situations import FAILED, REFUSED, record, situation
from tests.desk.answers.test_invoice_facts import GIVEN, INVOICE


def page(**changed: Any) -> Page:
    return invoice_page(situation(ANSWER, 4301, {**GIVEN, **changed}))


def said(found: Page) -> dict[str, str]:
    return {fact.name: f"{fact.value} | {fact.rest}" for fact in found.facts}


def test_a_page() -> None:
    found = page()
    assert (found.title, found.subtitle) == ("Invoice 4301, Northwind", "customer 1, a@example.com")
    assert said(found) == {
        "to_pay": "45.13 USD | of 65.13, due 2026-10-31, 30 days late",
        "why": 'declined once on 2026-11-02: "insufficient funds"; 20.00 USD of 65.13 paid | ',
        "next": "nothing is scheduled | ",
        "applied": "20.00 USD | from 1 payment or credit",
        "made": "2026-10-01 | by subscription Hosting M",
    }
    assert found.complete
    assert [table.name for table in found.tables] == ["lines", "payments", "declines", "schedule", "notes"]
    assert all(len(row.cells) == len(table.columns) for table in found.tables for row in table.rows)
    paid = found.table("payments")
    assert paid is not None
    assert paid.rows[0].said.endswith("20.00 USD for this")
    tried = found.table("declines")
    assert tried is not None
    assert tried.count == Count(1)


def test_tries_that_nobody_names_are_not_none() -> None:
    tried = page(invoice=[{**INVOICE, "declines": 2}], declines=[]).table("declines")
    assert tried is not None
    assert (tried.rows, tried.count) == ((), Count(2))
    assert tried.none == "2, which they were is not told"


def test_what_is_planned() -> None:
    planned = [{"date": "2026-12-05", "amount": 45.13, "balance": 45.13, "paymethod": "crd"}]
    found = page(invoice=[{**INVOICE, "schedule": planned, "declines": 0}])
    assert said(found)["why"] == "20.00 USD of 65.13 paid; 45.13 USD scheduled for 2026-12-05 | "
    assert said(found)["next"] == "45.13 USD scheduled | 2026-12-05"


def test_one_that_is_paid() -> None:
    closed = {
        **INVOICE,
        "balance": 0,
        "applied": 65.13,
        "invoice_status_str": "closed-paid",
        "invoice_status_state": "c",
        "paid_date": "2026-11-20",
    }
    found = said(page(invoice=[closed]))
    assert found["to_pay"] == "0.00 USD | of 65.13, paid 2026-11-20"
    assert not {"why", "next"} & set(found)


def test_what_did_not_come() -> None:
    found = page(payments=REFUSED, invoice=FAILED)
    assert [fact.value for fact in found.facts] == ["not known"]
    assert not found.complete
    assert found.missing[0] == "Invoice: the server failed."
    row = record("invoice", **INVOICE)
    known = invoice_page(situation(ANSWER, 4301, {**GIVEN, "invoice": FAILED}, row))
    assert known.title == "Invoice 4301, Northwind"
    assert said(known)["to_pay"].startswith("45.13 USD")
    lines = known.table("lines")
    assert lines is not None
    assert (lines.state, lines.count) == ("failed", None)


def test_json() -> None:
    found = invoice_json(situation(ANSWER, 4301, GIVEN))
    json.dumps(found, allow_nan=False)
    assert found["invoice"]["why"] == "declined"
    assert found["customer"] == {"id": 1, "company": "Northwind"}
    assert found["payments"][0]["applied_here"] == {"currency": "USD", "amount": "20.00", "at_least": False}
    assert found["lines"][0]["total"]["amount"] == "65.13"
    assert (found["schedule"], found["subscription_id"]) == ([], 88)
    assert found["declines"][0]["reason"] == "insufficient funds"
    assert found["counts"]["payments"] == {"value": 1, "exact": True}
    unknown = invoice_json(situation(ANSWER, 4301, {**GIVEN, "invoice": FAILED}))
    assert (unknown["invoice"], unknown["lines"], unknown["sections"]["invoice"]["state"]) == (
        None,
        None,
        "failed",
    )
