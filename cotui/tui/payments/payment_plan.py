"""The payments an invoice is to be paid in: what they come to, how a sum is split, and what is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cotui.catalog.dates import read_period
from cotui.catalog.money import decimal_of, from_minor, to_minor, written
from cotui.catalog.types.number import json_number
from cotui.tui.payments.stored_methods import StoredMethod, method_of, named_method

#: most parts a sum is split into
MOST_PARTS: Final = 120


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment to come, in major units; without a method ChargeOver chooses what is charged."""

    date: date
    amount: Decimal
    method: StoredMethod | None = None

    def payload(self, *, with_method: bool) -> dict[str, Any]:
        """It as an entry of `schedule` (section 11.6 of the API notes)."""
        sent: dict[str, Any] = {"date": self.date.isoformat(), "amount": json_number(self.amount)}
        if with_method:
            sent["paymethod"] = self.method.kind if self.method is not None else "any"
            if self.method is not None:
                sent[self.method.key] = self.method.ref
        return sent


def planned(entries: Sequence[Mapping[str, Any]], methods: Sequence[StoredMethod]) -> list[Payment]:
    """The payments of an invoice's `schedule` that are still to be made, the next one first."""
    found = []
    for entry in entries:
        due = decimal_of(entry.get("balance", entry.get("amount")))
        try:
            day = date.fromisoformat(str(entry.get("date") or entry.get("due_date"))[:10])
        except ValueError:
            continue  # without its day it can't be sent again
        if due > 0:
            # one that is not among them is kept as it is, never turned into any other
            found.append(Payment(day, due, named_method(methods, entry) or method_of(entry)))
    return sorted(found, key=lambda payment: payment.date)


def total(payments: Sequence[Payment]) -> Decimal:
    """What they come to."""
    return sum((payment.amount for payment in payments), Decimal(0))


def split(
    amount: Decimal, parts: int, first: date, iso: str, method: StoredMethod | None = None
) -> list[Payment]:
    """An amount in equal monthly payments, the same day of each month or the last where it has none.

    They come to the amount exactly: what can't be split is added to the first payments, a minor unit each.

    Raises:
        ValueError: there are no such parts; the message says why.
    """
    units = to_minor(amount, iso)
    if not 1 <= parts <= MOST_PARTS:
        raise ValueError(f"1 to {MOST_PARTS} payments")
    if units < parts:
        raise ValueError(f"fewer payments: {amount:f} can't be split into {parts}")
    each, more = divmod(units, parts)
    return [
        Payment(months_after(first, number), from_minor(each + (number < more), iso), method)
        for number in range(parts)
    ]


def problem(payments: Sequence[Payment], balance: Decimal, iso: str) -> str:
    """Why they can't be sent, in words; "" when they can."""
    if not payments:
        return "It takes at least one payment: n adds one."
    for payment in payments:
        if payment.amount <= 0 or from_minor(to_minor(payment.amount, iso), iso) != payment.amount:
            return f"{payment.amount:f} on {payment.date} is no amount that can be paid."
    over = total(payments) - balance
    return f"The payments come to {written(over, iso)} more than the balance." if over > 0 else ""


def months_after(day: date, count: int) -> date:
    """The same day so many months later, or the last one of that month where it has no such day."""
    period = read_period(f"+{count}m", day)
    assert period is not None
    return period.first
