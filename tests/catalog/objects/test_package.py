"""Packages, which the documentation calls subscriptions: pages `querying-for-subscriptions`, `create-a-subscription`,
`upgrade-downgrade-a-subscription`, `suspend-a-subscription` and `set-the-payment-method`."""

from __future__ import annotations

from cotui.catalog.objects.package import PACKAGE
from tests.catalog.objects.facts import numbered, otherwise, requests, required, values, where

FIELDS = {
    "LGF": "package_id token package_status_str package_status_state write_datetime mod_datetime cancel_datetime",
    "LGCF": "customer_id brand_id paycycle paymethod",
    "LGCUF": "external_key nickname bill_state ship_state " + numbered(1, 20),
    "LG": "brand_name class_name admin_name terms_name terms_days currency_id currency_symbol currency_iso4217 "
    "amount_collected amount_invoiced amount_due next_invoice_datetime is_overdue days_overdue start_datetime "
    "suspendfrom_datetime suspendto_datetime package_status_id package_status_name url_self paymethod_name",
    "F": "quote.quote_id line_items.external_key line_items.custom_1 line_items.item_id customer.superuser_email "
    "customer.users.email",
}


def test_where_it_is() -> None:
    assert where(PACKAGE) == ("/api/v3/package", "package_id", "package_id:ASC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(PACKAGE.fields, FIELDS) == {}


def test_statuses_begin_with_their_state() -> None:
    assert values(PACKAGE, "package_status_state") == "a c e s"
    assert set(values(PACKAGE, "package_status_str").split()) == {
        "active-trial",
        "active-current",
        "active-overdue",
        "canceled-nonpayment",
        "canceled-manual",
        "expired-expired",
        "expired-trial",
        "suspended-suspended",
    }


def test_actions() -> None:
    names = "upgrade invoice suspend unsuspend hold setPayMethod paycycle welcome cancel uncancel"
    assert requests(PACKAGE) == {name: f"POST /package/7/_action/{name}" for name in names.split()}
    assert PACKAGE.action("setPayMethod").older == "paymethod"


def test_what_actions_must_be_given() -> None:
    needed = {action.name: required(action.payload) for action in PACKAGE.actions}
    assert {name: words for name, words in needed.items() if words} == {
        "upgrade": "line_items",
        "hold": "holduntil_datetime",
        "setPayMethod": "paymethod",
        "paycycle": "paycycle",
    }
