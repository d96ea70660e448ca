"""What a single invoice holds beyond its row: lines and scheduled payments."""

from __future__ import annotations

from typing import Any

from cotui.sandbox.database.lookups import Currency
from cotui.sandbox.database.object_model import Json, ReadContext, columns, names
from cotui.sandbox.database.served_values import days_after, money, number, rate

_CUSTOM_10 = tuple(f"custom_{index}" for index in range(1, 11))
_LINE = (
    *names(
        "line_item_id invoice_id item_id item_name item_accounting_sku item_units item_type paycycle "
        "tierset_id package_line_id descrip line_prorate line_rate line_quantity line_usage "
        "line_total usage_from usage_to number_of_recurs_this number_of_recurs_line tax_taxable "
        "tax_taxed tax_total tax_id tax_group_id tax_name tax_group_name is_usage is_setup is_base "
        "is_free is_recurring is_latefee is_obligation is_taxed"
    ),
    *_CUSTOM_10,
)
_LINE_NAMES = (*_LINE, "item_external_key", "item_token", "package_line_external_key")
_LINES_SQL = (
    f"SELECT {columns(*_LINE, of='l')}, i.external_key, i.token, p.external_key"  # noqa: S608 - names only
    " FROM invoice_lines l LEFT JOIN items i ON i.item_id = l.item_id"
    " LEFT JOIN package_lines p ON p.line_item_id = l.package_line_id"
    " WHERE l.invoice_id = ? ORDER BY l.line_item_id"
)
_FLAGS = tuple(name for name in _LINE if name.startswith("is_"))
_SCHEDULE = names(
    "invoice_schedule_id invoice_id token paymethod creditcard_id ach_id tokenized_id date due_date "
    "amount balance"
)
_SCHEDULE_SQL = (
    f"SELECT {columns(*_SCHEDULE)} FROM invoice_schedule t"  # noqa: S608 - names only
    " WHERE t.invoice_id = ? ORDER BY t.date, t.invoice_schedule_id"
)


def lines_of(invoice_id: int, unit: int, context: ReadContext) -> list[Json]:
    """The `line_items` of an invoice; `unit` minor units make one major unit of its currency."""
    return [_line(values, unit) for values in context.rows(_LINES_SQL, invoice_id)]


def _line(values: tuple[Any, ...], unit: int) -> Json:
    line = dict(zip(_LINE_NAMES, values, strict=True))
    before_tax, tax = line["line_total"], line["tax_total"]
    line["line_subtotal"] = money(before_tax, unit)
    line["line_total"] = money(before_tax + tax, unit)
    line["tax_total"] = money(tax, unit)
    line["tax_taxable"] = money(line["tax_taxable"], unit)
    line["tax_taxed"] = money(line["tax_taxed"], unit)
    line["line_rate"] = rate(line["line_rate"])
    for name in ("line_prorate", "line_quantity", "line_usage"):
        line[name] = number(line[name])
    for name in _FLAGS:
        line[name] = line[name] == 1
    # kept for accounts that use them; nothing in the sandbox sets them
    line["admin_id"] = line["invoice_line_bundle_id"] = None
    line["package_obligation_id"] = line["package_line_first_obligation_id"] = None
    return line


def schedule_of(invoice_id: int, currency_id: int, context: ReadContext) -> list[Json]:
    """The `schedule` of an invoice: its planned payments, earliest first."""
    currency = context.lookups.currency(currency_id)
    return [_payment(values, currency, context) for values in context.rows(_SCHEDULE_SQL, invoice_id)]


def _payment(values: tuple[Any, ...], currency: Currency, context: ReadContext) -> Json:
    payment = dict(zip(_SCHEDULE, values, strict=True))
    amount = payment["amount"]
    payment["days_overdue"] = days_after(payment["due_date"], context.today)
    payment["amount"] = money(amount, currency.unit)
    payment["balance"] = money(payment["balance"], currency.unit)
    payment["amount_or_percent_formatted"] = currency.printed(amount)
    payment["url_paylink"] = f"{context.base_url}/r/trans/pay/{payment['token']}"
    payment["url_ttl_paylink"] = f"{context.base_url}/r/trans/ttlpay/{payment['token']}"
    return payment
