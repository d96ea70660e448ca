"""Values of answers as JSON has them: money as exact text, days as text, null for what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cotui.desk.amounts import Amount
from cotui.desk.answers.page import Count
from cotui.desk.answers.parts import Section

Json = dict[str, Any]


def money(amount: Amount | None) -> Json | None:
    """One amount: all digits that were sent, and as many decimals as its currency has."""
    if amount is None:
        return None
    return {
        "currency": amount.currency,
        "amount": amount.number.replace(",", ""),
        "at_least": amount.at_least,
    }


def moneys(amounts: Iterable[Amount] | None) -> list[Json | None] | None:
    """Amounts by currency; None where they are not known."""
    return None if amounts is None else [money(amount) for amount in amounts]


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()[:10]


def count(value: Count | None) -> Json | None:
    return None if value is None else {"value": value.value, "exact": value.exact}


def section(found: Section) -> Json:
    """How much of a part is here."""
    state = "failed" if found.state == "reading" else found.state
    error = found.trouble or None
    return {"state": state, "read": len(found.rows), "error": error}


def sections(found: Mapping[str, Section]) -> Json:
    """The same of several parts."""
    return {name: section(one) for name, one in found.items()}
