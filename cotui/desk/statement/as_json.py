"""A statement as JSON, `cotui.statement/1`: keys are only ever added. Money is exact decimal text, `null` is "not known"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from cotui.catalog.money import written
from cotui.desk.amounts import Amount
from cotui.desk.statement.balances import Balance, Line, Statement

SCHEMA: Final = "cotui.statement/1"


def statement_json(statement: Statement) -> dict[str, Any]:
    """The statement as JSON has it, the oldest entry first.

    A program can't be told in passing that balances rest on what was not read: where they do, there are none. What was
    declined is in the words of its entry, for a program adds up what stands under `paid`.
    """
    return {
        "schema": SCHEMA,
        "as_of": None if statement.as_of is None else statement.as_of.isoformat(timespec="seconds"),
        "customer": {"id": statement.customer, "company": statement.company},
        "since": None if statement.since is None else statement.since.isoformat(),
        "currencies": [_balance(balance) for balance in statement.balances],
    }


def decimal_text(amount: Decimal, currency: str) -> str:
    """An exact amount with the decimals of its currency, and further ones that it has: "0.00", "-84.87", "217635"."""
    return written(amount, currency).replace(",", "")


def _balance(balance: Balance) -> dict[str, Any]:
    known = not balance.assumed
    return {
        "currency": balance.currency,
        "proved": balance.proved,
        "opening": _money(balance.opening) if known else None,
        "entries": [_entry(line, known=known) for line in balance.lines],
        "closing": _money(balance.closing),
        "stated_balance": _money(balance.stated),
        "unapplied": _money(balance.unused),
        "difference": _money(balance.difference),
    }


def _entry(line: Line, *, known: bool) -> dict[str, Any]:
    entry = line.entry
    declined = "" if entry.declined is None else f" ({decimal_text(entry.declined, entry.currency)})"
    return {
        "date": None if entry.day is None else entry.day.isoformat(),
        "kind": entry.kind,
        "id": entry.ref,
        "text": f"{entry.text}{declined}",
        "charged": _amount(entry.charged, entry.currency),
        "paid": _amount(entry.paid, entry.currency),
        "running": _money(line.running) if known else None,
    }


def _amount(amount: Decimal | None, currency: str) -> dict[str, Any] | None:
    return None if amount is None else _money(Amount(currency, amount))


def _money(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    text = decimal_text(amount.amount, amount.currency)
    return {"currency": amount.currency, "amount": text, "at_least": amount.at_least}
