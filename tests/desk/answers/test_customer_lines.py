"""The lines that an answer about a customer begins with."""

from __future__ import annotations

from typing import Any

from cotui.desk.answers.customer import ANSWER
from cotui.desk.answers.customer_facts import customer_facts
from cotui.desk.answers.customer_lines import customer_lines
from cotui.desk.answers.page import Fact
from tests.desk.answers import test_payments as payments
from tests.desk.answers.situations import FAILED, REFUSED, situation
from tests.desk.answers.test_customer_facts import CUSTOMER, GIVEN, LATE


def lines(**changed: Any) -> dict[str, Fact]:
    now = situation(ANSWER, 1, {**GIVEN, **changed})
    return {fact.name: fact for fact in customer_lines(now, customer_facts(now))}


def test_all_is_here() -> None:
    found = lines(customer=[{**CUSTOMER, "terms_name": "Net 30"}])
    assert list(found) == ["owes", "why", "unapplied", "last_paid", "last_decline", "pays_by", "next_bill"]
    said = {name: f"{fact.value} | {fact.rest}" for name, fact in found.items()}
    assert said == {
        "owes": "1,913.56 USD | of that 65.13 overdue since 2026-10-31, 30 days",
        "why": 'invoice 4301: declined once on 2026-11-02: "insufficient funds" | ',
        "unapplied": "150.00 USD | from the payment of 2026-09-20",
        "last_paid": "240.63 USD | 2026-09-20, Visa x4444",
        "last_decline": '65.13 USD | 2026-11-02, Visa x4444, "insufficient funds"',
        "pays_by": "Visa x4444, expires 2027-03 | terms Net 30",
        "next_bill": "72.00 USD | 2026-12-01, Hosting M, monthly, before tax and usage",
    }
    assert (found["owes"].tone, found["last_decline"].tone) == ("bad", "bad")


def test_nothing_is_owed_and_nothing_was_paid() -> None:
    found = lines(
        customer=[{**CUSTOMER, "balance": 0, "default_paymethod": None}],
        open_invoices=[],
        payments=[],
        subscriptions=[],
    )
    assert list(found) == ["owes", "last_paid", "pays_by", "next_bill"]
    assert (found["owes"].value, found["owes"].tone) == ("0.00 USD", "quiet")
    assert found["last_paid"].value == "nothing yet"
    assert found["pays_by"].value == "nothing chosen; 1 way stored"
    assert found["next_bill"].value == "none is to come"


def test_what_did_not_come_is_said_in_its_place() -> None:
    found = lines(open_invoices=FAILED, payments=REFUSED, subscriptions=FAILED)
    assert found["owes"].rest == "as the account states it; the server failed"
    assert (found["unapplied"].value, found["last_paid"].value) == ("not known", "not known")
    assert found["last_paid"].rest == "these keys may not read payments"
    assert found["next_bill"].rest == "the server failed"


def test_what_came_in_part() -> None:
    found = lines(open_invoices=([LATE], 2), payments=([payments.PAID], 9))
    assert found["owes"].value == "at least 65.13 USD"
    assert found["owes"].rest.startswith("of that at least 65.13 USD overdue")
    assert found["last_paid"].rest == (
        "1 of 9 came; the last that was read: 240.63 USD, 2026-09-20, Visa x4444"
    )
    unsure = lines(open_invoices=([], 2))
    assert unsure["owes"].value == "not known"


def test_children() -> None:
    child = {"customer_id": 9, "parent_customer_id": 1}
    found = lines(**{"children": [child], "child 9": [{**LATE, "invoice_id": 5}]})
    assert found["children_owe"].value == "65.13 USD"
    assert found["children_owe"].rest == "1 customer below it, not counted above"
