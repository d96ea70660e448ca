"""Invoices: pages `get-a-specific-invoice` and `query-for-invoices`."""

from __future__ import annotations

from cotui.catalog.objects.invoice import INVOICE
from tests.catalog.objects.facts import numbered, otherwise, required, values, where

FIELDS = {
    "LGF": "invoice_id invoice_index package_id write_datetime mod_datetime token invoice_status_str "
    "invoice_status_state",
    "LGCUF": "refnumber date bill_state bill_country ship_state ship_country " + numbered(1, 3),
    "LGCRF": "customer_id",
    "LGCF": "currency_id",
    "LGCU": "external_key terms_id admin_id memo bill_addr1 bill_addr2 bill_city bill_postcode bill_addr3 "
    "bill_notes ship_addr1 ship_addr2 ship_city ship_postcode ship_addr3 ship_notes " + numbered(4, 20),
    "LGC": "class_id",
    "LG": "brand_id brand_name void_datetime currency_symbol currency_iso4217 class_name paycycle paycycle_name "
    "terms_name terms_days admin_name bill_block ship_block cycle_pre_from_date cycle_pre_to_date cycle_this_date "
    "cycle_post_from_date cycle_post_to_date url_permalink url_pdflink url_paylink url_self is_paid is_void "
    "is_overdue due_date days_overdue paid_date applied taxes credits payments writeoffs refunds overdue declines "
    "sum_base sum_usage sum_onetime invoice_status_name",
    "GCUR": "line_items",
    "G": "schedule tags",
    "F": "package_token transaction.transaction_id quote.quote_id line_items.item_id "
    "line_items.item.categories.item_category_id " + numbered(1, 3, "line_items.custom"),
}


def test_where_it_is() -> None:
    assert where(INVOICE) == ("/api/v3/invoice", "invoice_id", "invoice_id:DESC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(INVOICE.fields, FIELDS) == {}


def test_a_new_one_needs_customer_and_lines() -> None:
    assert required(INVOICE.fields) == "customer_id line_items"


def test_statuses() -> None:
    assert set(values(INVOICE, "invoice_status_str").split()) == {
        "open-unpaid",
        "open-overdue",
        "open-collections",
        "closed-void",
        "closed-paid",
    }
    assert values(INVOICE, "invoice_status_state") == "o c"


def test_what_is_owed_is_read_and_ordered_by() -> None:
    for name in ("total", "balance", "subtotal"):
        field = INVOICE.field(name)
        assert (field.listed, field.orderable, field.creatable, field.updatable) == (True, True, False, False)
