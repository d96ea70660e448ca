"""Packages (subscriptions) as they are stored, filtered and served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.choices import PAY_METHOD
from cotui.catalog.objects.package import PACKAGE as RESOURCE
from cotui.sandbox.billing.package_status import SUSPENDED, is_suspended
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
from cotui.sandbox.database.served_values import (
    ADDRESSES,
    CUSTOM_20,
    address_block,
    days_after,
    money,
    number,
)
from cotui.sandbox.objects.item.tiersets import tiersets_by_id
from cotui.sandbox.objects.name_sources import NAMES

ID, TEXT, ENUM, INTEGER = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.INTEGER

_TIMES = names(
    "start_datetime next_invoice_datetime cancel_datetime suspendfrom_datetime suspendto_datetime "
    "holduntil_datetime write_datetime mod_datetime"
)
_AMOUNTS = ("amount_collected", "amount_invoiced", "amount_due")
_STORED = (
    *names(
        "package_id customer_id brand_id class_id admin_id terms_id currency_id external_key token "
        "nickname paymethod creditcard_id ach_id tokenized_id"
    ),
    *ADDRESSES,
    "paycycle",
    *_AMOUNTS,
    *_TIMES,
    *CUSTOM_20,
)
_HIDDEN = ("package_status_str", "oldest_due_date")

#: last digits of the card or account that pays, or the name of the token
_DETAIL = (
    "coalesce(CASE t.paymethod"
    " WHEN 'crd' THEN (SELECT 'x' || substr(m.mask_number, -4) FROM creditcards m"
    " WHERE m.creditcard_id = t.creditcard_id)"
    " WHEN 'ach' THEN (SELECT m.mask_number FROM ach_accounts m WHERE m.ach_id = t.ach_id)"
    " WHEN 'tok' THEN (SELECT m.name FROM tokenized m WHERE m.tokenized_id = t.tokenized_id) END, '')"
)
_SERVED = (*_STORED, "paymethod_detail")

_PAY_METHODS = {choice.value: choice.label for choice in PAY_METHOD}
# Numbers 2, 3 and 5 are recorded, the others fill the gaps.
_STATUS = {
    "active-trial": (1, "Trial", "a"),
    "active-current": (2, "Current", "a"),
    "active-overdue": (3, "Over Due", "a"),
    "canceled-nonpayment": (4, "Canceled for nonpayment", "c"),
    "canceled-manual": (5, "Canceled manually", "c"),
    "expired-expired": (6, "Expired", "e"),
    "expired-trial": (7, "Trial expired", "e"),
    "suspended-suspended": (8, "Suspended", "s"),
}


def _serve(values: Sequence[Any], context: ReadContext) -> Json:
    row = dict(zip(_SERVED, values, strict=False))
    status, oldest_due_date = values[-2:]
    lookups = context.lookups
    currency = lookups.currency(row["currency_id"])
    row["days_overdue"] = days_after(oldest_due_date, context.today) if oldest_due_date else 0
    row["is_overdue"] = row["days_overdue"] > 0
    row["package_status_str"] = status
    if is_suspended(row, context.clock):
        status = "suspended-suspended"
    elif status == "active-current" and row["is_overdue"]:
        status = "active-overdue"
    row["package_status_str"] = status
    row["package_status_id"], row["package_status_name"], row["package_status_state"] = _STATUS[status]
    for name in _AMOUNTS:
        row[name] = money(row[name], currency.unit)
    for name in _TIMES:
        row[name] = context.time(row[name])
    if row["next_invoice_datetime"] is None and status.startswith("canceled"):
        row["next_invoice_datetime"] = ""  # recorded
    row["brand_name"] = lookups.brands.get(row["brand_id"], "")
    row["class_name"] = lookups.classes.get(row["class_id"], "")
    row["class_id"] = row["class_id"] or 0
    row["admin_name"] = lookups.admin(row["admin_id"]).name
    row["terms_name"], row["terms_days"] = lookups.terms_of(row["terms_id"])
    row["currency_iso4217"], row["currency_symbol"] = currency.iso4217, currency.symbol
    row["paymethod_name"] = _PAY_METHODS.get(row["paymethod"], "")
    row["bill_block"] = address_block(row, "bill")
    row["ship_block"] = address_block(row, "ship")
    row["url_self"] = f"{context.base_url}/admin/r/package/view/{row['package_id']}"
    return row


_LINE_TIMES = ("subscribe_datetime", "cancel_datetime", "expire_datetime")
_LINE = (
    *names(
        "package_id line_item_id item_id tierset_id external_key nickname descrip trial_days "
        "trial_units line_quantity license"
    ),
    *_LINE_TIMES,
    *names("expire_recurs custom_1 custom_2 custom_3"),
)
_ITEM = ("name", "external_key", "token", "units", "accounting_sku")
_LINE_NAMES = (*_LINE, *(f"item_{name}" for name in _ITEM))
_LINES_SQL = (
    f"SELECT {columns(*_LINE, of='l')}, {columns(*_ITEM, of='i')}"  # noqa: S608 - names only
    " FROM package_lines l LEFT JOIN items i ON i.item_id = l.item_id"
    " WHERE l.package_id IN (SELECT value FROM json_each(?)) AND l.is_replaced = 0"
    " ORDER BY coalesce(l.origin_line_id, l.line_item_id), l.line_item_id"
)


def _add_lines(rows: list[Json], context: ReadContext) -> None:
    by_id: dict[int, Json] = {}
    for row in rows:
        row["line_items"] = []
        by_id[row["package_id"]] = row
    lines = [
        dict(zip(_LINE_NAMES, values, strict=True))
        for values in context.rows(_LINES_SQL, json.dumps(list(by_id)))
    ]
    tiersets = tiersets_by_id({line["tierset_id"] for line in lines}, context)
    for line in lines:
        for name in _LINE_TIMES:
            line[name] = context.time(line[name])
        line["line_quantity"] = number(line["line_quantity"])
        line["trial_units"] = number(line["trial_units"])
        line["tierset"] = tiersets.get(line["tierset_id"])
        by_id[line.pop("package_id")]["line_items"].append(line)


def _single(values: Sequence[Any], context: ReadContext) -> Json:
    row = _serve(values, context)
    _add_lines([row], context)
    return row


_IS_OVERDUE = "coalesce(t.oldest_due_date < :today, 0)"
_CURRENT = "t.package_status_str = 'active-current'"
_CONDITIONS = {
    **{value: f"t.package_status_str = '{value}'" for value in _STATUS},
    "active-trial": f"t.package_status_str = 'active-trial' AND NOT {SUSPENDED}",
    "active-current": f"{_CURRENT} AND NOT {_IS_OVERDUE} AND NOT {SUSPENDED}",
    "active-overdue": (
        f"(t.package_status_str = 'active-overdue' OR {_CURRENT} AND {_IS_OVERDUE}) AND NOT {SUSPENDED}"
    ),
    "suspended-suspended": SUSPENDED,
}
_STATUS_SQL = (
    f"CASE WHEN {SUSPENDED} THEN 'suspended-suspended' WHEN {_CURRENT} AND {_IS_OVERDUE} THEN 'active-overdue'"
    " ELSE t.package_status_str END"
)


def _by_status(field: int) -> str:
    whens = " ".join(f"WHEN '{value}' THEN {status[field]!r}" for value, status in _STATUS.items())
    return f"CASE {_STATUS_SQL} {whens} END"


_CURRENT_LINES = "(SELECT * FROM package_lines WHERE is_replaced = 0) l"


def _line(column: str, type_: FieldType) -> Source:
    return Source(f"l.{column}", type_, through=Through("t.package_id", "l.package_id", _CURRENT_LINES))


_DERIVED = {
    **{name: source for name, source in NAMES.items() if name != "admin_email"},
    "package_status_str": Source(_STATUS_SQL, ENUM, _CONDITIONS),
    "package_status_state": Source(
        _by_status(2),
        ENUM,
        {
            "a": f"t.package_status_str LIKE 'active-%' AND NOT {SUSPENDED}",
            "c": "t.package_status_str LIKE 'canceled-%'",
            "e": "t.package_status_str LIKE 'expired-%'",
            "s": SUSPENDED,
        },
    ),
    "package_status_name": Source(_by_status(1), TEXT),
    "package_status_id": Source(_by_status(0), INTEGER),
    "is_overdue": Source(_IS_OVERDUE, FieldType.BOOLEAN),
    "days_overdue": Source("coalesce(max(0, julianday(:today) - julianday(t.oldest_due_date)), 0)", INTEGER),
    "paymethod_name": labels("t.paymethod", _PAY_METHODS),
    "paymethod_detail": Source(_DETAIL, TEXT),
    "quote.quote_id": Source("t.quote_id", ID),
    "line_items.external_key": _line("external_key", TEXT),
    "line_items.custom_1": _line("custom_1", TEXT),
    "line_items.item_id": _line("item_id", ID),
    "customer.superuser_email": Source(
        "s.email",
        TEXT,
        through=Through(
            "t.customer_id", "c.customer_id", "customers c JOIN users s ON s.user_id = c.superuser_id"
        ),
    ),
    "customer.users.email": Source(
        "s.email",
        TEXT,
        through=Through("t.customer_id", "l.customer_id", "customer_users l JOIN users s USING (user_id)"),
    ),
}

PACKAGE = catalogued(
    RESOURCE,
    "packages",
    _STORED,
    _DERIVED,
    select=f"{columns(*_STORED)}, {_DETAIL}, {columns(*_HIDDEN)}",
    listed=each(_serve),
    single=_single,
    expand={"line_items": _add_lines},
)
