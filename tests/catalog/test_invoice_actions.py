"""Actions of invoices: pages `void-an-invoice`, `print-mail-an-invoice`, `apply-a-payment-to-an-invoice`,
`scheduling-payments-for-invoices` and `email-a-receipt`."""

from __future__ import annotations

from cotui.catalog import Effect
from cotui.catalog.invoice_actions import EMAIL_PAYLOAD
from cotui.catalog.objects.invoice import INVOICE
from tests.catalog.objects.facts import requests, required


def test_requests() -> None:
    assert requests(INVOICE) == {
        "email": "POST /invoice/7/_action/email",
        "print": "POST /invoice/7/_action/print",
        "pay": "POST /invoice/7/_action/pay",
        "payFromBalance": "POST /invoice/7/_action/pay",
        "payByCard": "POST /invoice/7/_action/pay",
        "payByBankAccount": "POST /invoice/7/_action/pay",
        "schedule": "POST /invoice/7/_action/schedule",
        "approve": "POST /invoice/7/_action/approve",
        "pdf": "POST /invoice/7/_action/pdf",
        "void": "POST /invoice/7/_action/void",
        "delete": "DELETE /invoice/7",
    }


def test_what_tells_the_ways_to_pay_from_each_other() -> None:
    assert not INVOICE.action("pay").payload
    assert required(INVOICE.action("payFromBalance").payload) == "use_customer_balance"
    assert required(INVOICE.action("payByCard").payload) == "number expdate_month expdate_year"
    assert required(INVOICE.action("payByBankAccount").payload) == "number routing name type"


def test_numbers_of_cards_and_accounts_are_secret() -> None:
    for action in INVOICE.actions:
        for field in action.payload:
            assert field.secret == (field.name in ("number", "routing")), (action.name, field.name)


def test_an_email_may_say_all_and_need_say_nothing() -> None:
    names = [field.name for field in EMAIL_PAYLOAD]
    assert names == ["email", "cc", "bcc", "subject", "body", "html", "from", "message_id"]
    assert required(EMAIL_PAYLOAD) == ""


def test_a_scheduled_payment_needs_day_and_amount() -> None:
    (schedule,) = INVOICE.action("schedule").payload
    assert required(schedule.parts) == "date amount"
    methods = next(part for part in schedule.parts if part.name == "paymethod").choices
    assert {choice.value for choice in methods} == {"any", "crd", "ach", "tok"}


def test_what_is_for_good_and_what_nobody_documents() -> None:
    final = {action.name for action in INVOICE.actions if action.effect is Effect.DESTROYS}
    unknown = {action.name for action in INVOICE.actions if action.unverified}
    assert final == {"void", "delete"}
    assert unknown >= {"approve", "delete"}


def test_a_letter_that_may_have_been_ordered_is_not_ordered_twice_lightly() -> None:
    assert "costs money" in INVOICE.action("print").untraced
