"""What is said of a customer: exact where all is here, else "at least" or not known, and never a smaller number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.customer import ANSWER
from cotui.desk.answers.customer_facts import CustomerFacts, customer_facts
from cotui.desk.answers.page import Count
from tests.desk.answers import test_invoices as invoices
from tests.desk.answers import test_methods as methods
from tests.desk.answers import test_payments as payments
from tests.desk.answers import test_subscriptions as subscriptions
from tests.desk.answers.situations import FAILED, REFUSED, record, situation

CUSTOMER: dict[str, Any] = {
    "customer_id": 1,
    "company": "Northwind",
    "balance": 1913.56,
    "currency_iso4217": "USD",
    "default_paymethod": "crd",
    "default_creditcard_id": 4,
}
LATE = {**invoices.OPEN, "declines": 1}
LATER = {
    **invoices.OPEN,
    "invoice_id": 4449,
    "refnumber": "4449",
    "due_date": "2026-12-05",
    "invoice_status_str": "open-unpaid",
    "total": 1848.43,
    "balance": 1848.43,
}
FAILED_TRY = {
    **payments.PAID,
    "transaction_id": 50,
    "transaction_status_str": "error-declined",
    "gateway_msg": "insufficient funds",
    "amount": 65.13,
    "applied": 0,
    "unapplied": 0,
    "transaction_date": "2026-11-02",
}
GIVEN: dict[str, Any] = {
    "customer": [CUSTOMER],
    "open_invoices": [LATE, LATER],
    "payments": [FAILED_TRY, payments.PAID],
    "cards": [methods.CARD],
    "subscriptions": [subscriptions.RUNS],
}


def facts(row: Any = None, **changed: Any) -> CustomerFacts:
    return customer_facts(situation(ANSWER, 1, {**GIVEN, **changed}, row))


def usd(amount: str, *, at_least: bool = False) -> tuple[Amount, ...]:
    return (Amount("USD", Decimal(amount), at_least),)


def test_all_is_here() -> None:
    found = facts()
    assert found.owes == usd("1913.56")
    assert found.overdue == usd("65.13")
    assert found.oldest is not None
    assert (found.oldest.number, found.oldest.late) == ("4301", 30)
    assert found.collections == (Count(0), ())
    assert found.unapplied == usd("150")
    assert found.method is not None
    assert found.method.label == "Visa x4444"
    assert found.last_payment is not None
    assert found.last_decline is not None
    assert (found.last_payment.ref, found.last_decline.ref) == (7, 50)
    assert found.next is not None
    assert found.next.ref == 88
    assert found.why is not None
    assert found.why[1].text == 'declined once on 2026-11-02: "insufficient funds"'
    assert found.children_owe is None


def test_nothing_is_owed() -> None:
    found = facts(customer=[{**CUSTOMER, "balance": 0}], open_invoices=[], payments=[])
    assert (found.owes, found.overdue, found.unapplied, found.oldest, found.why) == ((), (), (), None, None)
    assert found.payments_known
    assert found.last_payment is None


def test_currencies_stand_apart() -> None:
    euro = {**LATER, "currency_iso4217": "EUR", "balance": 10}
    assert facts(open_invoices=[LATE, euro]).owes == (Amount("EUR", Decimal(10)), *usd("65.13"))


@pytest.mark.parametrize("count", [5, None])
def test_invoices_are_missing(count: int | None) -> None:
    found = facts(open_invoices=([LATE], count))
    assert found.owes == usd("65.13", at_least=True)
    assert found.overdue == usd("65.13", at_least=True)
    assert found.oldest is None, "an older one may be missing"
    assert found.collections is None
    empty = facts(open_invoices=([], count))
    assert (empty.owes, empty.overdue) == (None, None), "nothing is not known to be nothing"


@pytest.mark.parametrize("error", [REFUSED, FAILED])
def test_invoices_did_not_come(error: Any) -> None:
    found = facts(open_invoices=error)
    assert (found.owes, found.overdue, found.oldest, found.collections) == (None, None, None, None)
    assert found.stated == usd("1913.56")[0]


def test_the_account_states_more_than_the_invoices_come_to() -> None:
    found = facts(open_invoices=[LATE])
    assert found.owes == usd("65.13", at_least=True), (
        "1,848.43 are missing, although all came that were counted"
    )
    assert found.oldest is None
    less = facts(customer=[{**CUSTOMER, "balance": 1763.56}])
    assert less.owes == usd("1913.56"), "it states what is owed less what is unused"


def test_an_amount_that_is_not_told() -> None:
    found = facts(open_invoices=[LATE, {**LATER, "balance": None}])
    assert found.owes == usd("65.13", at_least=True)


def test_payments_are_missing() -> None:
    for given in (([payments.PAID], 3), REFUSED, FAILED, ([payments.PAID], None)):
        found = facts(payments=given)
        assert found.unapplied is None, "a refund that is missing would make it less"
        assert (found.last_payment, found.last_decline) == (None, None)
        assert not found.payments_known
    cut = facts(payments=([payments.PAID], 3))
    assert cut.last_read is not None
    assert cut.owes == usd("1913.56"), "that hangs on other rows"


def test_a_payment_that_tells_no_day_may_be_the_last() -> None:
    found = facts(payments=[payments.PAID, {**payments.PAID, "transaction_id": 3, "transaction_date": None}])
    assert found.last_payment is None
    assert found.unapplied is None


def test_subscriptions_are_missing() -> None:
    assert facts(subscriptions=([subscriptions.RUNS], 2)).next is None
    silent = {key: value for key, value in subscriptions.RUNS.items() if key != "next_invoice_datetime"}
    assert not facts(subscriptions=[silent]).bills_known


def test_collections() -> None:
    inside = {**LATE, "invoice_status_str": "open-collections"}
    found = facts(open_invoices=[inside, LATER])
    assert found.collections == (Count(1), usd("65.13"))
    cut = facts(open_invoices=([inside], 2))
    assert cut.collections == (Count(1, exact=False), usd("65.13", at_least=True))


def test_children_stand_beside() -> None:
    child = {"customer_id": 9, "parent_customer_id": 1, "company": "Below", "balance": 5}
    found = facts(**{"children": [child], "child 9": [{**LATER, "invoice_id": 5, "balance": 5}]})
    assert (found.owes, found.children_owe, found.children) == (usd("1913.56"), usd("5"), 1)
    some = facts(**{"children": ([child], 2), "child 9": [{**LATER, "invoice_id": 5, "balance": 5}]})
    assert some.children_owe == usd("5", at_least=True)
    unread = facts(**{"children": [child], "child 9": FAILED})
    assert unread.children_owe is None


def test_the_row_of_a_list_is_what_there_is_at_first() -> None:
    row = record("customer", **CUSTOMER)
    found = facts(row, customer=FAILED)
    assert found.stated == usd("1913.56")[0]
    assert found.method is not None


def test_transactions_whose_rows_do_not_tell_are_read_alone() -> None:
    bare = {key: value for key, value in payments.PAID.items() if key not in ("applied", "unapplied")}
    found = facts(**{"payments": [bare], "transaction 7": [payments.PAID]})
    assert found.unapplied == usd("150")
    assert facts(**{"payments": [bare], "transaction 7": FAILED}).unapplied is None
    many = [{**bare, "transaction_id": number} for number in range(1, 40)]
    assert facts(payments=many).unapplied is None


def test_parts_that_contradict_each_other_are_not_whole() -> None:
    found = facts(open_invoices=[], latest_invoices=[LATE], customer=FAILED)
    assert (found.owes, found.overdue) == (None, None), "one of the latest is open"
    assert facts(latest_invoices=[LATER, LATE]).owes == usd("1913.56")
    paid = {
        **LATE,
        "invoice_status_state": "c",
        "invoice_status_str": "closed-paid",
        "applied": 65.13,
        "balance": 0,
    }
    for changed in ({"latest_invoices": [paid]}, {"customer": [{**CUSTOMER, "paid": 5}]}):
        nothing = facts(payments=[], **changed)
        assert (nothing.unapplied, nothing.payments_known) == (None, False), "something was paid"
