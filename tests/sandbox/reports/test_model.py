"""Columns are found by their names, their raw twins and the customer's other name."""

from __future__ import annotations

import pytest

from cotui.sandbox.reports.model import ColumnKind, Report, ReportColumn

REPORT = Report(
    "Balances",
    "invoices i",
    "i.invoice_id",
    "i.currency_id",
    (
        ReportColumn("tenant_tenant_id", ColumnKind.NUMBER, "c.customer_id"),
        ReportColumn("tenant_company", ColumnKind.TEXT, "c.company"),
        ReportColumn("invoice_invoice_date", ColumnKind.DATE, "i.date"),
    ),
    ("invoice_invoice_date",),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tenant_company", "tenant_company"),
        ("TENANT_Company", "tenant_company"),
        ("customer_company", "tenant_company"),
        ("customer_customer_id", "tenant_tenant_id"),
        ("invoice_invoice_date_unformatted", "invoice_invoice_date"),
        ("company", None),
        ("", None),
    ],
)
def test_a_column_by_any_of_its_names(typed: str, found: str | None) -> None:
    column = REPORT.find(typed)
    assert (column and column.name) == found


def test_only_days_and_amounts_come_formatted_with_a_twin() -> None:
    assert {kind for kind in ColumnKind if kind.has_twin} == {ColumnKind.DATE, ColumnKind.MONEY}
