"""The answer about a contact: who it is, at whom, and what that customer owes."""

from __future__ import annotations

import json
from typing import Any

from cotui.desk.answers.page import Page
from cotui.desk.answers.user import ANSWER, user_json, user_page
from tests.desk.answers.situations import FAILED, record, situation

USER: dict[str, Any] = {
    "user_id": 3,
    "name": "Amelia",
    "email": "a@example.com",
    "phone": "555",
    "username": "amelia",
    "write_datetime": "2024-03-02",
    "customers": [{"customer_id": "1", "company": "Northwind"}],
}
CUSTOMER = {
    "customer_id": 1,
    "company": "Northwind",
    "superuser_id": 3,
    "balance": 5,
    "currency_iso4217": "USD",
}
GIVEN: dict[str, Any] = {"user": [USER], "customer 1": [CUSTOMER]}


def page(**changed: Any) -> Page:
    return user_page(situation(ANSWER, 3, {**GIVEN, **changed}))


def said(found: Page) -> dict[str, str]:
    return {fact.name: f"{fact.value} | {fact.rest}" for fact in found.facts}


def test_a_page() -> None:
    found = page()
    assert (found.title, found.subtitle) == ("Amelia, Northwind", "contact 3, since 2024-03-02")
    assert said(found) == {
        "email": "a@example.com | ",
        "phone": "555 | ",
        "username": "amelia | ",
        "customer": "Northwind | customer 1, main contact",
        "owes": "5.00 USD | as the account states it; the customer's page tells more",
    }
    customers = found.table("customers")
    assert customers is not None
    assert customers.rows[0].said == "Northwind, main contact, owes 5.00 USD"


def test_what_did_not_come() -> None:
    found = page(**{"customer 1": FAILED})
    assert said(found)["customer"] == "Northwind | customer 1", "the contact itself names it"
    assert "owes" not in said(found)
    assert not found.complete
    assert [fact.value for fact in page(user=FAILED).facts] == ["not known"]
    several = page(
        user=[{**USER, "customers": [{"customer_id": 1}, {"customer_id": 2}]}], **{"customer 2": FAILED}
    )
    assert said(several)["others"] == "1 other customer | "
    assert said(page(user=[{**USER, "customers": None}]))["customer"].startswith("not known")


def test_a_row_of_a_list_may_name_the_customer() -> None:
    row = record("user", user_id=3, customer_id=1)
    assert [part.name for part in ANSWER.parts(3, row)] == ["user", "notes", "customer 1"]
    assert [part.name for part in ANSWER.parts("token:x", None)] == ["user"]


def test_json() -> None:
    found = user_json(situation(ANSWER, 3, GIVEN))
    json.dumps(found, allow_nan=False)
    assert (found["user"]["id"], found["user"]["main"], found["user"]["username"]) == (3, True, "amelia")
    assert found["customers"] == [
        {
            "id": 1,
            "company": "Northwind",
            "main": True,
            "stated_balance": {"currency": "USD", "amount": "5.00", "at_least": False},
        }
    ]
    assert user_json(situation(ANSWER, 3, {"user": FAILED}))["user"] is None
