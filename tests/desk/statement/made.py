"""Rows as servers send them, and statements of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cotui.desk.statement.balances import Part, Statement, statement_of


def invoice(number: int, day: str | None, total: object, balance: object = 0, **more: Any) -> dict[str, Any]:
    status = "closed-paid" if not balance else "open-unpaid"
    return {
        "invoice_id": number,
        "refnumber": str(number),
        "date": day,
        "total": total,
        "balance": balance,
        "currency_iso4217": "USD",
        "invoice_status_str": status,
        "is_void": False,
        "void_datetime": None,
        "writeoffs": 0,
        **more,
    }


def money(number: int, day: str | None, amount: object, unapplied: object = 0, **more: Any) -> dict[str, Any]:
    return {
        "transaction_id": number,
        "transaction_date": day,
        "transaction_type": "pay",
        "transaction_method": "Visa",
        "transaction_detail": "x4444",
        "amount": amount,
        "unapplied": unapplied,
        "gateway_status": 1,
        "void_datetime": None,
        "currency_iso4217": "USD",
        **more,
    }


def whole(rows: Sequence[Mapping[str, Any]]) -> Part:
    return Part(rows, "complete", None, 0)


def stated(
    invoices: Sequence[Mapping[str, Any]],
    transactions: Sequence[Mapping[str, Any]] = (),
    balance: object = 0,
    *,
    since: date | None = None,
    **customer: Any,
) -> Statement:
    """The statement of all that a customer has."""
    record = {"company": "A", "currency_iso4217": "USD", "balance": balance, **customer}
    return statement_of(1, record, whole(invoices), whole(transactions), since=since)
