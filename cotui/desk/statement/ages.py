"""How late what is open is, in spans of thirty days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from cotui.desk.amounts import Amount, number_in
from cotui.desk.statement.entries import day_of, total

#: the last day that each span reaches to, in days after the due date; the rest is older
_SPANS: Final = (("not due", 0), ("1-30 days", 30), ("31-60 days", 60), ("61-90 days", 90))
_OLDER: Final = "older"
_UNKNOWN: Final = "no due date"


class Age(NamedTuple):
    """What is open of invoices that are late by so much."""

    label: str
    amount: Amount


def ages_of(
    invoices: Iterable[Mapping[str, Any]], currency: str, today: date, *, whole: bool
) -> tuple[Age, ...]:
    """The spans, those of nothing as well; what has no due date only where there is such.

    Args:
        invoices: those of one currency.
        today: the day it is in the account.
        whole: they are all that there are; else there may be more in each span.
    """
    found = {label: [number_in(0)] for label in (*(label for label, _ in _SPANS), _OLDER)}
    for row in invoices:
        balance = number_in(row.get("balance"))
        if balance == 0:
            continue
        due = day_of(row.get("due_date"))
        found.setdefault(_UNKNOWN if due is None else _span((today - due).days), []).append(balance)
    unclear = any(None in amounts for amounts in found.values())
    return tuple(
        Age(
            label,
            Amount(currency, total(one for one in amounts if one is not None), at_least=unclear or not whole),
        )
        for label, amounts in found.items()
    )


def _span(days: int) -> str:
    return next((label for label, last in _SPANS if days <= last), _OLDER)
