"""Filters, enumerations and writable fields are exactly those the vendor documents."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from tests.catalog.documented import FILTERS

CYCLES = "dly 1wk 2wk 116 4wk 8wk 30d mon 2mn 12w qtr six yrl 2yr 3yr 4yr 5yr 10y"
#: their lists cannot be filtered at all
UNFILTERED = ("brand", "report", "campaign", "class", "country", "currency", "language", "terms")


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_the_documented_ones(name: str) -> None:
    assert sorted(field.name for field in RESOURCES[name].filterable) == sorted(FILTERS[name].split())


@pytest.mark.parametrize("name", UNFILTERED)
def test_some_lists_cannot_be_filtered(name: str) -> None:
    assert not list(RESOURCES[name].filterable)


@pytest.mark.parametrize(
    ("resource", "field", "values"),
    [
        (CUSTOMER, "customer_status_state", "a i"),
        (CUSTOMER, "customer_status_str", "active-current active-overdue inactive-manual inactive-activity"),
        (CUSTOMER, "invoice_delivery", "email print"),
        (CUSTOMER, "dunning_delivery", "email print"),
        (CUSTOMER, "default_paymethod", "crd ach tok inv"),
        (INVOICE, "invoice_status_state", "o c"),
        (INVOICE, "invoice_status_str", "open-unpaid open-overdue open-collections closed-void closed-paid"),
        (INVOICE, "paycycle", CYCLES),
        (RESOURCES["package"], "paycycle", CYCLES),
        (RESOURCES["package"], "paymethod", "crd ach tok inv any"),
        (RESOURCES["note"], "context_str", "customer billing_package invoice user quote item"),
        (RESOURCES["usage"], "type", "add max lat pia pas dlt"),
        (RESOURCES["creditcard"], "type", "visa mast disc amex"),
        (RESOURCES["ach"], "type", "chec busi savi"),
        # the last is the sandbox's: no page names what a write-off is
        (RESOURCES["transaction"], "transaction_type", "pay ref cre spl wri"),
        (RESOURCES["package"], "package_status_state", "a c e s"),
        (RESOURCES["item"], "item_type", "service discount product"),
    ],
)
def test_enumerations_are_complete(resource: Resource, field: str, values: str) -> None:
    assert sorted(choice.value for choice in resource.field(field).choices) == sorted(values.split())


def test_enumerations_of_prices_are_complete() -> None:
    prices = {part.name: part for part in RESOURCES["item"].field("tiersets").parts}
    found = {name: {choice.value for choice in prices[name].choices} for name in ("paycycle", "pricemodel")}
    assert found == {"paycycle": {*CYCLES.split(), "evy"}, "pricemodel": {"fla", "vol", "tie", "uni", "pas"}}


def test_words_for_a_state_reach_all_its_statuses() -> None:
    words = {item.word: (item.field, item.value, item.but) for item in INVOICE.field("status").shortcuts}
    assert words == {
        "open": ("invoice_status_state", "o", ""),
        "closed": ("invoice_status_state", "c", ""),
        "everything overdue": ("invoice_status_state", "o", "open-unpaid"),
    }
    words = {item.word: (item.field, item.value) for item in CUSTOMER.field("status").shortcuts}
    assert words == {"active": ("customer_status_state", "a"), "inactive": ("customer_status_state", "i")}


def test_what_must_be_given_on_create() -> None:
    assert [field.name for field in CUSTOMER.fields if field.required] == ["company"]
    assert [field.name for field in USER.fields if field.required] == []
    assert [field.name for field in INVOICE.fields if field.required] == ["customer_id", "line_items"]
    assert [field.name for field in INVOICE.field("line_items").parts if field.required] == ["item_id"]


def test_what_the_server_decides_is_not_writable() -> None:
    for resource in (CUSTOMER, USER, INVOICE):
        for name in (
            resource.primary_key,
            "token",
            "write_datetime",
            "mod_datetime",
            "url_self",
            "display_as",
        ):
            field = resource.find(name)
            assert field is None or not (field.creatable or field.updatable), name
    for name in ("total", "balance", "is_paid", "invoice_status_str", "due_date"):
        assert not INVOICE.field(name).creatable


def test_the_password_can_be_set_and_never_read() -> None:
    password = USER.field("password")
    assert password.secret
    assert password.creatable
    assert not password.readable
    assert not password.listed


def test_list_rows_lack_what_only_a_single_record_has() -> None:
    assert not INVOICE.field("line_items").listed
    assert not INVOICE.field("schedule").listed
    assert not USER.field("customers").listed


def test_order_keys_are_wider_than_filters() -> None:
    """The vendor's own example orders invoices by total, which is in no list of filters."""
    assert INVOICE.field("total").orderable
    assert INVOICE.field("taxes").orderable
    assert not INVOICE.field("taxes").filterable


def test_sub_objects_have_the_documented_fields() -> None:
    lines = {part.name for part in INVOICE.field("line_items").parts}
    assert {
        "line_item_id",
        "item_name",
        "line_rate",
        "line_quantity",
        "is_taxed",
        "tax_total",
        "custom_10",
    } <= lines
    assert "custom_11" not in lines
    schedule = {part.name for part in INVOICE.field("schedule").parts}
    assert len(schedule) == 15
    assert {"invoice_schedule_id", "amount_or_percent_formatted", "url_ttl_paylink"} <= schedule
    assert {"custom_1", "custom_20"} <= {field.name for field in USER.fields}
