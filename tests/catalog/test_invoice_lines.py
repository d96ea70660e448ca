"""What stands inside an invoice: page `get-a-specific-invoice`."""

from __future__ import annotations

from cotui.catalog.invoice_lines import LINE_ITEMS, SCHEDULE
from tests.catalog.objects.facts import numbered, otherwise, undocumented

LINES = {
    "GU": "line_item_id",
    "GCUR": "item_id",
    "GCU": "item_external_key item_token descrip line_rate line_quantity " + numbered(1, 10),
    "G": "invoice_id item_name item_accounting_sku item_units item_type admin_id invoice_line_bundle_id paycycle "
    "tierset_id package_line_id package_line_external_key package_obligation_id package_line_first_obligation_id "
    "line_prorate line_usage line_subtotal line_total usage_from usage_to number_of_recurs_this "
    "number_of_recurs_line tax_taxable tax_taxed tax_total tax_id tax_group_id tax_name tax_group_name is_usage "
    "is_setup is_base is_free is_recurring is_latefee is_obligation is_taxed",
}
PAYMENTS = {
    "G": "invoice_schedule_id invoice_id token paymethod creditcard_id ach_id tokenized_id due_date days_overdue "
    "amount amount_or_percent_formatted balance date url_paylink url_ttl_paylink",
}


def test_lines_are_read_and_written_as_documented() -> None:
    assert otherwise(LINE_ITEMS, LINES) == {}
    assert undocumented(LINE_ITEMS, LINES) == set()


def test_scheduled_payments_are_only_read() -> None:
    assert otherwise(SCHEDULE, PAYMENTS) == {}
    assert undocumented(SCHEDULE, PAYMENTS) == set()


def test_a_scheduled_payment_may_take_whatever_is_stored() -> None:
    methods = next(part for part in SCHEDULE if part.name == "paymethod").choices
    assert {choice.value for choice in methods} == {"crd", "ach", "inv", "tok", "any"}
