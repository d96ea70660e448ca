"""The answer about a subscription: what is billed, when next, which card is charged."""

from __future__ import annotations

import json
from typing import Any

from cotui.desk.answers.page import Page
from cotui.desk.answers.subscription import ANSWER, subscription_json, subscription_page
from tests.desk.answers import test_invoices as invoices
from tests.desk.answers import test_methods as methods
from tests.desk.answers import test_subscriptions as subscriptions
from tests.desk.answers.situations import FAILED, situation

RUNS: dict[str, Any] = {
    **subscriptions.RUNS,
    "customer_id": 1,
    "paymethod": "crd",
    "creditcard_id": 4,
    "start_datetime": "2024-03-02 00:00:00",
    "line_items": [{"item_name": "Hosting M", "descrip": "Server", "line_quantity": 2}],
}
GIVEN: dict[str, Any] = {
    "subscription": [RUNS],
    "customer": [{"customer_id": 1, "company": "Northwind"}],
    "cards": [methods.CARD],
    "open_invoices": [invoices.OPEN],
    "latest_invoices": [invoices.OPEN],
}


def page(**changed: Any) -> Page:
    return subscription_page(situation(ANSWER, 88, {**GIVEN, **changed}))


def said(found: Page) -> dict[str, str]:
    return {fact.name: f"{fact.value} | {fact.rest}" for fact in found.facts}


def test_a_page() -> None:
    found = page()
    assert found.title == "Hosting M, Northwind"
    assert found.subtitle == "subscription 88, customer 1, since 2024-03-02"
    assert said(found) == {
        "status": "active | monthly",
        "next_bill": "72.00 USD | 2026-12-01, before tax and usage",
        "pays_by": "Visa x4444, expires 2027-03 | ",
        "owes": "65.13 USD | 1 invoice overdue, 30 days",
    }
    assert all(len(row.cells) == len(table.columns) for table in found.tables for row in table.rows)
    lines = found.table("lines")
    assert lines is not None
    assert [row.said for row in lines.rows] == ["Hosting M, Server, 2"]


def test_one_that_ended() -> None:
    ended = {
        **RUNS,
        "package_status_str": "canceled-manual",
        "cancel_datetime": "2026-10-01 00:00:00",
        "next_invoice_datetime": "",
    }
    found = said(page(subscription=[ended], open_invoices=[]))
    assert found["status"] == "canceled (manually) | monthly, since 2026-10-01"
    assert (found["next_bill"], found["owes"]) == ("none is to come | ", "0.00 USD | ")


def test_what_did_not_come() -> None:
    assert said(page(open_invoices=([invoices.OPEN], 3)))["owes"].startswith("at least 65.13 USD")
    assert said(page(open_invoices=([], 3)))["owes"].startswith("not known")
    assert said(page(open_invoices=FAILED))["owes"] == "not known | the server failed"
    assert [fact.value for fact in page(subscription=FAILED).facts] == ["not known"]


def test_json() -> None:
    found = subscription_json(situation(ANSWER, 88, GIVEN))
    json.dumps(found, allow_nan=False)
    assert found["subscription"]["pay_method"] == "Visa x4444"
    assert found["pay_method"]["expires"] == "2027-03"
    assert found["next_bill"]["date"] == "2026-12-01"
    assert found["owes"] == [{"currency": "USD", "amount": "65.13", "at_least": False}]
    assert found["lines"][0]["quantity"] == "2"
    unknown = subscription_json(situation(ANSWER, 88, {**GIVEN, "subscription": FAILED}))
    assert (unknown["subscription"], unknown["next_bill"], unknown["lines"]) == (None, None, None)
