"""Customers as they are stored, filtered and served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.objects.customer import CUSTOMER as RESOURCE
from cotui.sandbox.database.object_model import (
    Json,
    ReadContext,
    Source,
    Through,
    catalogued,
    columns,
    names,
)
from cotui.sandbox.database.served_values import ADDRESSES, CUSTOM_20, address_block, money
from cotui.sandbox.objects.name_sources import NAMES

TEXT, ENUM, MONEY, INTEGER = FieldType.TEXT, FieldType.ENUM, FieldType.MONEY, FieldType.INTEGER

_STORED = (
    *names(
        "customer_id parent_customer_id token external_key superuser_id company language_id "
        "currency_id class_id admin_id campaign_id brand_id terms_id"
    ),
    *ADDRESSES,
    *CUSTOM_20,
    *names(
        "write_datetime write_ipaddr mod_datetime mod_ipaddr default_paymethod default_creditcard_id "
        "default_ach_id no_taxes no_dunning no_latefees no_procfees invoice_delivery "
        "dunning_delivery tax_ident total balance paid mrr tags"
    ),
)
_CONTACT = ("username", "email", "name", "first_name", "last_name", "phone", "token", "title")
_NAMES = (*_STORED, *(f"superuser_{part}" for part in _CONTACT))
# read for what is derived from them, not served
_HIDDEN = ("standing", "oldest_due_date")

_CURRENT = (1, "Current", "active-current", "a")
_OVERDUE = (2, "Over Due", "active-overdue", "a")
_INACTIVE = {
    1: (3, "Inactive", "inactive-manual", "i"),
    2: (4, "Inactive (No Activity)", "inactive-activity", "i"),
}


def _serve(values: Sequence[Any], context: ReadContext) -> Json:
    row = dict(zip(_NAMES, values, strict=False))
    standing, oldest_due_date = values[-2:]
    lookups = context.lookups
    currency = lookups.currency(row["currency_id"])
    terms = lookups.terms_of(row["terms_id"])
    admin = lookups.admin(row["admin_id"])
    overdue = oldest_due_date is not None and oldest_due_date < context.today.isoformat()
    status = _INACTIVE.get(standing) or (_OVERDUE if overdue else _CURRENT)
    for name in ("no_taxes", "no_dunning", "no_latefees", "no_procfees"):
        row[name] = row[name] == 1
    for name in ("total", "balance", "paid"):
        row[name] = money(row[name], currency.unit)
    mrr = row["mrr"]
    row["mrr"] = money(mrr, currency.unit)
    row["arr"] = money(mrr * 12, currency.unit)
    row["write_datetime"] = context.clock.iso(row["write_datetime"])
    row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
    row["tags"] = json.loads(row["tags"]) if row["tags"] != "[]" else []
    row["class_name"] = lookups.classes.get(row["class_id"], "")
    row["class_id"] = row["class_id"] or 0
    row["campaign_id"] = row["campaign_id"] or 0
    row["admin_name"], row["admin_email"] = admin
    row["terms_name"], row["terms_days"] = terms
    row["currency_iso4217"], row["currency_symbol"] = currency.iso4217, currency.symbol
    row["display_as"] = row["company"]
    row["bill_block"] = address_block(row, "bill")
    row["ship_block"] = address_block(row, "ship")
    row["url_statementlink"] = f"{context.base_url}/r/statement/view/{row['token']}"
    row["url_paymethodlink"] = f"{context.base_url}/r/paymethod/i/{row['token']}"
    row["url_self"] = f"{context.base_url}/admin/r/customer/view/{row['customer_id']}"
    (
        row["customer_status_id"],
        row["customer_status_name"],
        row["customer_status_str"],
        row["customer_status_state"],
    ) = status
    return row


# Conditions under which a customer has a status; written so that an index on
# (standing, oldest_due_date) can answer them.
_STATUS = {
    "active-current": "t.standing = 0 AND (t.oldest_due_date IS NULL OR t.oldest_due_date >= :today)",
    "active-overdue": "t.standing = 0 AND t.oldest_due_date IS NOT NULL AND t.oldest_due_date < :today",
    "inactive-activity": "t.standing = 2",
    "inactive-manual": "t.standing = 1",
}


def _by_status(current: object, overdue: object, manual: object, activity: object) -> str:
    return (
        f"CASE t.standing WHEN 1 THEN {manual!r} WHEN 2 THEN {activity!r} ELSE "
        f"CASE WHEN t.oldest_due_date < :today THEN {overdue!r} ELSE {current!r} END END"
    )


def _contact(column: str, type_: FieldType = TEXT) -> Source:
    return Source(
        f"(SELECT s.{column} FROM users s WHERE s.user_id = t.superuser_id)",  # noqa: S608 - a name of ours
        type_,
        lookup=Source(f"s.{column}", type_, through=Through("t.superuser_id", "s.user_id", "users s")),
    )


_DERIVED = {
    **NAMES,
    "customer_status_str": Source(
        _by_status("active-current", "active-overdue", "inactive-manual", "inactive-activity"), ENUM, _STATUS
    ),
    "customer_status_state": Source(
        "CASE t.standing WHEN 0 THEN 'a' ELSE 'i' END", ENUM, {"a": "t.standing = 0", "i": "t.standing > 0"}
    ),
    "customer_status_name": Source(
        _by_status(_CURRENT[1], _OVERDUE[1], _INACTIVE[1][1], _INACTIVE[2][1]), TEXT
    ),
    "customer_status_id": Source(
        _by_status(_CURRENT[0], _OVERDUE[0], _INACTIVE[1][0], _INACTIVE[2][0]), INTEGER
    ),
    "arr": Source("t.mrr * 12", MONEY),
    "campaign_id": Source("coalesce(t.campaign_id, 0)", FieldType.ID),
    **{f"superuser_{part}": _contact(part) for part in _CONTACT},
}

CUSTOMER = catalogued(
    RESOURCE,
    "customers",
    _STORED,
    _DERIVED,
    select=", ".join((columns(*_STORED), columns(*_CONTACT, of="s"), columns(*_HIDDEN))),
    joins="LEFT JOIN users s ON s.user_id = t.superuser_id",
    single=_serve,
)
