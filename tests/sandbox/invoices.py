"""Invoices as tests make them."""

from __future__ import annotations

from typing import Any

from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.store import Store
from tests.sandbox import account
from tests.sandbox.client import Client


async def invoice(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"invoice/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def customer(live: Client, **values: Any) -> int:
    return await live.made("customer", {"company": "New", **values})


async def made(live: Client, *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    """An invoice of a new customer (unless one is given)."""
    if not any(name.startswith("customer_") for name in values):
        values["customer_id"] = await customer(live)
    number = await live.made("invoice", {**values, "line_items": lines or [{"item_id": 1, "line_rate": 10}]})
    return await invoice(live, number)


def apply(store: Store, number: int, cents: int, kind: str = "pay") -> None:
    """Has a transaction pay for an invoice of a customer in cents."""
    with store.write() as connection:
        (customer_id,) = connection.execute(
            "SELECT customer_id FROM invoices WHERE invoice_id = ?", (number,)
        ).fetchone()
        cursor = connection.execute(
            "INSERT INTO transactions (customer_id, currency_id, token, amount, applied, transaction_date,"
            " transaction_datetime, transaction_type, write_datetime, mod_datetime)"
            " VALUES (?, 1, hex(randomblob(6)), ?, ?, '2026-03-14', 0, ?, 0, 0)",
            (customer_id, cents, cents, kind),
        )
        connection.execute(
            "INSERT INTO transaction_applied (transaction_id, invoice_id, applied) VALUES (?, ?, ?)",
            (cursor.lastrowid, number, cents),
        )
        refresh_invoice(connection, number, account.TODAY)
        refresh_totals(connection, customer_id)
