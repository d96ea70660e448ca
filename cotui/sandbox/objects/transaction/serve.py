"""Transactions as they are stored, filtered and served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from cotui.catalog import FieldType
from cotui.catalog.objects.transaction import TRANSACTION as RESOURCE
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
from cotui.sandbox.database.served_values import money
from cotui.sandbox.objects.name_sources import NAMES

ID, TEXT, ENUM, MONEY = FieldType.ID, FieldType.TEXT, FieldType.ENUM, FieldType.MONEY

_STORED = names(
    "transaction_id parent_transaction_id batch_id customer_id brand_id currency_id gateway_id "
    "gateway_type gateway_nickname gateway_status gateway_transid gateway_method gateway_msg "
    "gateway_err_code gateway_err_detail token external_key amount fee applied transaction_date "
    "transaction_datetime transaction_type transaction_method transaction_detail transaction_ipaddr "
    "void_datetime creditcard_id ach_id tokenized_id"
)
# A bank payment is pending for some days, weekends or not; no source says how many. That it is settled is not stored:
# it follows from the account's day, so that statuses change with the clock, also when it is moved back. Invoices count
# a pending payment as paid from the beginning.
SETTLING_DAYS = 4
#: Condition for a bank payment that is still under way; `t` is the table of transactions.
PENDING = f"(t.is_pending = 1 AND t.transaction_date > date(:today, '-{SETTLING_DAYS} days'))"

TYPE_NAMES = {"pay": "Payment", "ref": "Refund", "cre": "Credit", "wri": "Write-off", "spl": "Split"}
# The codes are documented nowhere; these are the sandbox's own reading.
_SUCCESSFUL = ("Successful", "ok-successful", "o")
_PENDING = ("Pending", "pending-pending", "p")
_DECLINED = ("Declined", "error-declined", "e")
_VOID = ("Void", "void-void", "v")


def is_pending(bank_payment: int, transaction_date: str, today: date) -> bool:
    """`PENDING` for a row, by its columns `is_pending` and `transaction_date`."""
    return bool(bank_payment) and transaction_date > (today - timedelta(days=SETTLING_DAYS)).isoformat()


def _serve(values: Sequence[Any], context: ReadContext) -> Json:
    row = dict(zip(_STORED, values, strict=False))
    currency = context.lookups.currency(row["currency_id"])
    counts = row["gateway_status"] == 1 and row["void_datetime"] is None
    unapplied = row["amount"] - row["applied"] if counts else 0
    (
        row["transaction_status_name"],
        row["transaction_status_str"],
        row["transaction_status_state"],
    ) = (
        _VOID
        if row["void_datetime"] is not None
        else _DECLINED
        if not row["gateway_status"]
        else _PENDING
        if is_pending(values[-1], row["transaction_date"], context.today)
        else _SUCCESSFUL
    )
    for name in ("amount", "fee", "applied"):
        row[name] = money(row[name], currency.unit)
    row["unapplied"] = money(unapplied, currency.unit)
    row["transaction_type_name"] = TYPE_NAMES.get(row["transaction_type"], "")
    row["transaction_datetime"] = context.clock.iso(row["transaction_datetime"])
    row["void_datetime"] = context.time(row["void_datetime"])
    row["currency_iso4217"], row["currency_symbol"] = currency.iso4217, currency.symbol
    row["url_self"] = f"{context.base_url}/admin/r/transaction/view/{row['transaction_id']}"
    return row


def _add_applied_to(rows: list[Json], context: ReadContext) -> None:
    by_id: dict[int, Json] = {}
    for row in rows:
        row["applied_to"] = []
        by_id[row["transaction_id"]] = row
    for transaction_id, invoice_id, applied in context.rows(
        "SELECT transaction_id, invoice_id, applied FROM transaction_applied"
        " WHERE transaction_id IN (SELECT value FROM json_each(?)) ORDER BY transaction_id, invoice_id",
        json.dumps(list(by_id)),
    ):
        row = by_id[transaction_id]
        unit = context.lookups.currency(row["currency_id"]).unit
        row["applied_to"].append({"invoice_id": invoice_id, "applied": money(applied, unit)})


def _single(values: Sequence[Any], context: ReadContext) -> Json:
    row = _serve(values, context)
    _add_applied_to([row], context)
    return row


def _by_status(field: int) -> str:
    return (
        f"CASE WHEN t.void_datetime IS NOT NULL THEN '{_VOID[field]}'"
        f" WHEN t.gateway_status = 0 THEN '{_DECLINED[field]}'"
        f" WHEN {PENDING} THEN '{_PENDING[field]}' ELSE '{_SUCCESSFUL[field]}' END"
    )


_CONDITIONS = {
    _VOID: "t.void_datetime IS NOT NULL",
    _DECLINED: "t.void_datetime IS NULL AND t.gateway_status = 0",
    _PENDING: f"t.void_datetime IS NULL AND t.gateway_status = 1 AND {PENDING}",
    _SUCCESSFUL: f"t.void_datetime IS NULL AND t.gateway_status = 1 AND NOT {PENDING}",
}
_STATUS_STR = Source(_by_status(1), ENUM, {status[1]: sql for status, sql in _CONDITIONS.items()})
_STATUS_STATE = Source(_by_status(2), ENUM, {status[2]: sql for status, sql in _CONDITIONS.items()})
_APPLIED_TO_PACKAGE = "transaction_applied a JOIN invoices i ON i.invoice_id = a.invoice_id"

_DERIVED = {
    **{name: NAMES[name] for name in ("currency_iso4217", "currency_symbol")},
    "gateway_status": Source("t.gateway_status", FieldType.INTEGER),
    "unapplied": Source(
        "CASE WHEN t.gateway_status = 1 AND t.void_datetime IS NULL THEN t.amount - t.applied ELSE 0 END",
        MONEY,
    ),
    "transaction_type_name": labels("t.transaction_type", TYPE_NAMES, ""),
    "transaction_status_name": Source(_by_status(0), TEXT),
    "transaction_status_str": _STATUS_STR,
    "transaction_status_state": _STATUS_STATE,
    "transaction_status.str": _STATUS_STR,
    "transaction_status.state": _STATUS_STATE,
    "applied_to.invoice_id": Source(
        "a.invoice_id",
        ID,
        through=Through("t.transaction_id", "a.transaction_id", "transaction_applied a"),
    ),
    "applied_to.package_id": Source(
        "i.package_id", ID, through=Through("t.transaction_id", "a.transaction_id", _APPLIED_TO_PACKAGE)
    ),
    "applied_to.package_external_key": Source(
        "p.external_key",
        TEXT,
        through=Through(
            "t.transaction_id",
            "a.transaction_id",
            f"{_APPLIED_TO_PACKAGE} JOIN packages p ON p.package_id = i.package_id",
        ),
    ),
}

TRANSACTION = catalogued(
    RESOURCE,
    "transactions",
    _STORED,
    _DERIVED,
    select=columns(*_STORED, "is_pending"),
    listed=each(_serve),
    single=_single,
    expand={"applied_to": _add_applied_to},
)
