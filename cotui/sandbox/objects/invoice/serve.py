"""Invoices as they are stored, filtered and served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.choices import PAY_CYCLE
from cotui.catalog.objects.invoice import INVOICE as RESOURCE
from cotui.sandbox.database.object_model import (
    Json,
    ReadContext,
    Source,
    Through,
    catalogued,
    columns,
    each,
    labels,
    names,
)
from cotui.sandbox.database.served_values import ADDRESSES, CUSTOM_20, address_block, days_after, money
from cotui.sandbox.objects.invoice.parts import lines_of, schedule_of
from cotui.sandbox.objects.name_sources import NAMES

ID, TEXT, ENUM, MONEY = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.MONEY
INTEGER, BOOLEAN = FieldType.INTEGER, FieldType.BOOLEAN

_AMOUNTS = names(
    "subtotal taxes total credits payments writeoffs refunds balance sum_base sum_usage sum_onetime"
)
_STORED = (
    *names(
        "invoice_id refnumber external_key invoice_index package_id customer_id brand_id "
        "write_datetime mod_datetime void_datetime delay_datetime date due_date paid_date "
        "currency_id class_id paycycle terms_id admin_id token"
    ),
    *ADDRESSES,
    *names("cycle_pre_from_date cycle_pre_to_date cycle_this_date cycle_post_from_date cycle_post_to_date"),
    *_AMOUNTS,
    *names("declines memo"),
    *CUSTOM_20,
)
# read for what is derived from them, not served in lists
_HIDDEN = ("stage", "tags")

_PAID, _VOID, _COLLECTIONS = 0, 1, 2
_PAY_CYCLES = {choice.value: choice.label for choice in PAY_CYCLE}
_STATUS = {
    _PAID: ("Paid", "closed-paid", "c"),
    _VOID: ("Void", "closed-void", "c"),
    _COLLECTIONS: ("Collections", "open-collections", "o"),
}
_OVERDUE = ("Overdue", "open-overdue", "o")
_UNPAID = ("Unpaid", "open-unpaid", "o")


def _serve(values: Sequence[Any], context: ReadContext) -> Json:
    row = dict(zip(_STORED, values, strict=False))
    stage = values[-2]
    lookups = context.lookups
    currency = lookups.currency(row["currency_id"])
    terms = lookups.terms_of(row["terms_id"])
    days_overdue = days_after(row["due_date"], context.today)
    for name in _AMOUNTS:
        row[name] = money(row[name], currency.unit)
    is_overdue = stage > _VOID and days_overdue > 0
    (
        row["invoice_status_name"],
        row["invoice_status_str"],
        row["invoice_status_state"],
    ) = _STATUS.get(stage) or (_OVERDUE if is_overdue else _UNPAID)
    row["is_void"] = stage == _VOID
    row["is_paid"] = stage <= _VOID
    row["is_overdue"] = is_overdue
    row["days_overdue"] = days_overdue
    row["overdue"] = row["balance"] if is_overdue else 0
    row["applied"] = money(values[_APPLIED], currency.unit)
    row["write_datetime"] = context.clock.iso(row["write_datetime"])
    row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
    row["void_datetime"] = context.time(row["void_datetime"])
    row["delay_datetime"] = context.time(row["delay_datetime"])
    row["brand_name"] = lookups.brands.get(row["brand_id"], "")
    row["class_name"] = lookups.classes.get(row["class_id"], "")
    row["class_id"] = row["class_id"] or 0
    row["admin_name"] = lookups.admin(row["admin_id"]).name
    row["terms_name"], row["terms_days"] = terms
    row["currency_iso4217"], row["currency_symbol"] = currency.iso4217, currency.symbol
    row["paycycle_name"] = _PAY_CYCLES.get(row["paycycle"])
    row["bill_block"] = address_block(row, "bill", "\r\n", ",")
    row["ship_block"] = address_block(row, "ship", "\r\n", ",")
    token = row["token"]
    row["url_permalink"] = f"{context.base_url}/r/invoice/view/{token}"
    row["url_paylink"] = f"{context.base_url}/r/trans/pay/{token}"
    row["url_pdflink"] = f"{context.base_url}/r/invoice/pdf/{token}"
    row["url_self"] = f"{context.base_url}/admin/r/invoice/view/{row['invoice_id']}"
    return row


def _single(values: Sequence[Any], context: ReadContext) -> Json:
    row = _serve(values, context)
    unit = context.lookups.currency(row["currency_id"]).unit
    row["line_items"] = lines_of(row["invoice_id"], unit, context)
    row["schedule"] = schedule_of(row["invoice_id"], row["currency_id"], context)
    row["tags"] = json.loads(values[-1])
    return row


# Beside the stages, which sort like the texts: what is overdue today follows from the due date.
_STATUS_CONDITIONS = {
    "closed-paid": "t.is_open = 0 AND t.stage = 0",
    "closed-void": "t.is_open = 0 AND t.stage = 1",
    "open-collections": "t.is_open = 1 AND t.stage = 2",
    "open-overdue": "t.is_open = 1 AND t.stage = 3 AND t.due_date < :today",
    "open-unpaid": "t.is_open = 1 AND t.stage = 3 AND t.due_date >= :today",
}


def _by_status(field: int) -> str:
    whens = " ".join(f"WHEN {stage} THEN '{status[field]}'" for stage, status in _STATUS.items())
    return (
        f"CASE t.stage {whens} ELSE CASE WHEN t.due_date < :today"
        f" THEN '{_OVERDUE[field]}' ELSE '{_UNPAID[field]}' END END"
    )


def _line(column: str, type_: FieldType) -> Source:
    return Source(f"l.{column}", type_, through=Through("t.invoice_id", "l.invoice_id", "invoice_lines l"))


_IS_OVERDUE = "(t.is_open = 1 AND t.due_date < :today)"
_APPLIED_SQL = "t.credits + t.payments + t.writeoffs"
_SELECTED = (columns(*_STORED), _APPLIED_SQL, columns(*_HIDDEN))
_APPLIED = len(_STORED)

_DERIVED = {
    **{name: source for name, source in NAMES.items() if name != "admin_email"},
    "invoice_status_str": Source(
        _by_status(1), ENUM, _STATUS_CONDITIONS, natural_order=("t.stage", "t.due_date")
    ),
    "invoice_status_state": Source(
        "CASE t.is_open WHEN 1 THEN 'o' ELSE 'c' END",
        ENUM,
        {"o": "t.is_open = 1", "c": "t.is_open = 0"},
        natural_order=("t.is_open",),
    ),
    "invoice_status_name": Source(_by_status(0), TEXT),
    "is_paid": Source("1 - t.is_open", BOOLEAN, natural_order=("1 - t.is_open",)),
    "is_void": Source("t.stage = 1", BOOLEAN),
    "is_overdue": Source(_IS_OVERDUE, BOOLEAN),
    "days_overdue": Source("max(0, julianday(:today) - julianday(t.due_date))", INTEGER),
    "overdue": Source(f"t.balance * {_IS_OVERDUE}", MONEY),
    "applied": Source(_APPLIED_SQL, MONEY),
    "paycycle_name": labels("t.paycycle", _PAY_CYCLES),
    "package_token": Source("p.token", TEXT, through=Through("t.package_id", "p.package_id", "packages p")),
    "quote.quote_id": Source("t.quote_id", ID),
    "transaction.transaction_id": Source(
        "a.transaction_id", ID, through=Through("t.invoice_id", "a.invoice_id", "transaction_applied a")
    ),
    "line_items.item_id": _line("item_id", ID),
    "line_items.custom_1": _line("custom_1", TEXT),
    "line_items.custom_2": _line("custom_2", TEXT),
    "line_items.custom_3": _line("custom_3", TEXT),
    "line_items.item.categories.item_category_id": Source(
        "c.item_category_id",
        ID,
        through=Through(
            "t.invoice_id",
            "l.invoice_id",
            "invoice_lines l JOIN item_category_links c ON c.item_id = l.item_id",
        ),
    ),
}

INVOICE = catalogued(
    RESOURCE,
    "invoices",
    _STORED,
    _DERIVED,
    select=", ".join(_SELECTED),
    listed=each(_serve),
    single=_single,
    aliases={"invoice_date": "date"},
)
