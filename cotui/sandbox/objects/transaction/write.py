"""Transactions made elsewhere and put on record: payments, credits, refunds and write-offs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from cotui.catalog.field import sent_text
from cotui.catalog.objects.transaction import GATEWAY_METHOD
from cotui.catalog.objects.transaction import TRANSACTION as RESOURCE
from cotui.sandbox.billing import ledger
from cotui.sandbox.billing.applying import (
    AppliedTo,
    auto_apply,
    check_owner,
    plan,
    read_amount,
    read_applied_to,
)
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.database.object_model import names
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.writing import payload as values
from cotui.sandbox.writing import references
from cotui.sandbox.writing.payload import Payload, object_of, required

_TYPES = (ledger.PAYMENT, ledger.REFUND, ledger.CREDIT, ledger.WRITE_OFF)
_NAMES = names(
    "external_key gateway_id gateway_transid gateway_msg transaction_date transaction_datetime "
    "transaction_method transaction_detail void_datetime"
)
_READ = tuple(item for item in RESOURCE.fields if item.name in _NAMES)
_METHOD_NAMES = {choice.value: choice.label for choice in GATEWAY_METHOD}
_TYPE_METHODS = {ledger.CREDIT: "Credit", ledger.WRITE_OFF: "Write-off"}


def create(context: WriteContext, payload: Payload) -> int:
    """Puts a transaction on record and applies it; answers its id.

    Without `customer_id` it belongs to the customer of the first invoice it is applied to, without `amount`
    it is as large as what is applied. Failed and void transactions are applied to nothing.
    """
    sent = object_of(payload)
    kind = _text(sent, "transaction_type").casefold() or ledger.PAYMENT
    if kind not in _TYPES:
        raise BadRequestError("Missing or invalid parameter: transaction_type")
    found = values.read(sent, _READ, context.clock.zone)
    customer_id, unit = owner(context, sent)
    wanted = read_applied_to(context, sent, unit) or []
    check_owner(context, customer_id, wanted)
    amount = read_amount(sent.get("amount"), unit)
    succeeded = _succeeded(sent)
    counts = succeeded and not found.get("void_datetime")
    parent = None
    shares: list[Share] = []
    if kind == ledger.REFUND:
        amount, shares, parent = _refund(context, wanted, amount)
    elif counts:
        amount, shares = plan(context, wanted, amount)
        shares += auto_apply(context, sent, customer_id, amount, shares)
    if not amount or (amount < 0) != (kind == ledger.REFUND):
        raise required("amount") if not amount else missing_or_invalid()
    row = _row(context, sent, found, customer_id)
    row |= {
        "parent_transaction_id": parent,
        "gateway_status": int(succeeded),
        "amount": amount,
        "transaction_type": kind,
    }
    row["transaction_method"] = (
        row.get("transaction_method") or _TYPE_METHODS.get(kind) or _METHOD_NAMES.get(row["gateway_method"])
    )
    transaction_id = context.insert("transactions", row)
    if counts:
        ledger.put(context, transaction_id, shares)
    elif not succeeded:
        ledger.count_decline(context, [entry.invoice_id for entry in wanted])
    ledger.settle(context, customer_id)
    return transaction_id


def owner(context: WriteContext, sent: Mapping[str, Any]) -> tuple[int, int]:
    """Whose transaction a payload is about, and how many minor units make one of that customer's currency."""
    customer_id = references.resolve(context, sent, "customer", together=True)
    if customer_id is None:
        wanted = read_applied_to(context, sent, 1)
        if not wanted:
            raise required("customer_id")
        row = context.known_row("invoices", "invoice_id", wanted[0].invoice_id)
        customer_id = int(row["customer_id"])
    (currency_id,) = context.connection.execute(
        "SELECT currency_id FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    return customer_id, context.lookups.currency(currency_id).unit


def _refund(
    context: WriteContext, wanted: list[AppliedTo], amount: int | None
) -> tuple[int | None, list[Share], int | None]:
    """The amount, parts and refunded payment of a refund; clients send its amounts with either sign."""
    parts = [Share(entry.invoice_id, abs(entry.amount or 0)) for entry in wanted]
    total = None if amount is None else abs(amount)
    if len(parts) == 1 and wanted[0].amount is None and total is not None:
        parts = [Share(parts[0].invoice_id, total)]
    parts = [part for part in parts if part.amount]
    applied = sum(part.amount for part in parts)
    total = applied if total is None else total
    if applied > total:
        raise BadRequestError("The applied amounts are more than the amount of the transaction.")
    parent = ledger.payer_of(context, parts, total)
    if parts and parent is None:
        raise BadRequestError("No payment of that amount was applied to these invoices.")
    return -total, [Share(part.invoice_id, -part.amount) for part in parts], parent


def _row(
    context: WriteContext, sent: Mapping[str, Any], found: dict[str, Any], customer_id: int
) -> dict[str, Any]:
    currency_id, brand_id = context.connection.execute(
        "SELECT currency_id, brand_id FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    day, moment = found.get("transaction_date"), found.get("transaction_datetime")
    if moment is None:
        is_today = day is None or day == context.today.isoformat()
        moment = context.now if is_today else _midnight(context, date.fromisoformat(str(day)))
    if day is None:
        day = datetime.fromtimestamp(moment, context.clock.zone).date().isoformat()
    return {
        **found,
        "external_key": references.unique_key(context, "transaction", found.get("external_key")),
        "customer_id": customer_id,
        "currency_id": currency_id,
        "brand_id": brand_id,
        "gateway_method": _text(sent, "gateway_method").casefold() or None,
        "token": context.token(),
        "transaction_date": day,
        "transaction_datetime": moment,
        "transaction_ipaddr": context.flags.on_behalf_addr or context.ipaddr or None,
        **context.written,
    }


def _midnight(context: WriteContext, day: date) -> int:
    try:
        return int(datetime.combine(day, time(), context.clock.zone).timestamp())
    except OverflowError as error:
        raise missing_or_invalid() from error


def _succeeded(sent: Mapping[str, Any]) -> bool:
    text = _text(sent, "gateway_status").casefold()
    if text not in ("", "1", "0", "true", "false", "1.0", "0.0"):
        raise BadRequestError("Missing or invalid parameter: gateway_status")
    return text in ("", "1", "true", "1.0")


def _text(sent: Mapping[str, Any], name: str) -> str:
    try:
        return (sent_text(sent.get(name)) or "").strip()
    except ValueError as error:
        raise BadRequestError(f"Missing or invalid parameter: {name}") from error
