"""Amounts of money as answers say them: exact, each with its currency, and whether it may be more.

What is added up is added up per currency. An answer that is no number is never taken for nothing: it has no amount,
and a sum that leaves it out is "at least".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Any, Final, NamedTuple

from cotui.catalog.field import CURRENCY
from cotui.catalog.money import written
from cotui.safety.text import clean

#: before an amount or number that may be more
AT_LEAST: Final = "at least "
#: digits of a sum: more than any amounts that answers hold
_EXACT: Final = Context(prec=80)
#: digits of an amount before or behind the point
_MOST_DIGITS: Final = 20
#: characters of a code; what is longer is none, and is shown cut
_LONGEST_CODE: Final = 8


class Amount(NamedTuple):
    """An amount in major units of a currency.

    Attributes:
        currency: its ISO 4217 code, "" where the answer had none.
        amount: as it was sent, or the exact sum of what was.
        at_least: some of it may be missing.
    """

    currency: str
    amount: Decimal
    at_least: bool = False

    @property
    def number(self) -> str:
        """Without its currency, as in a column: "1,913.56"."""
        return written(self.amount, self.currency)

    @property
    def text(self) -> str:
        """With its currency, as in a sentence: "at least 1,913.56 USD"."""
        return f"{AT_LEAST if self.at_least else ''}{self.number} {self.currency}".rstrip()

    def but(self, *, at_least: bool) -> Amount:
        """The same, of which some may be missing, or not."""
        return self._replace(at_least=at_least)

    def less(self, other: Amount) -> Amount:
        """What is left of it; of the same currency."""
        return self._replace(amount=_EXACT.subtract(self.amount, other.amount))


def currency_of(row: Mapping[str, Any]) -> str:
    """The code of a row's currency, harmless and in capitals; "" where it has none."""
    code = row.get(CURRENCY)
    return clean(code.strip().upper())[:_LONGEST_CODE] if isinstance(code, str) else ""


def number_in(value: object) -> Decimal | None:
    """A number of an answer, exactly as it was sent; None where it is none that money could be."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except ArithmeticError:
        return None
    # the bounds keep a number that nobody means from filling the screen, or the memory
    return number if number.is_finite() and -_MOST_DIGITS < number.adjusted() < _MOST_DIGITS else None


def amount_in(row: Mapping[str, Any], field: str) -> Amount | None:
    """An amount of a row in the row's currency; None where it holds none."""
    number = number_in(row.get(field))
    return None if number is None else Amount(currency_of(row), number)


def sums(amounts: Iterable[Amount | None], *, at_least: bool = False) -> tuple[Amount, ...]:
    """The amounts of each currency added up, by code.

    Args:
        amounts: None is an amount that is not known: each sum is "at least" then.
        at_least: there may be more.
    """
    found: dict[str, Decimal] = {}
    unsure: set[str] = set()
    for one in amounts:
        if one is None:
            at_least = True
            continue
        found[one.currency] = _EXACT.add(found.get(one.currency, Decimal(0)), one.amount)
        if one.at_least:
            unsure.add(one.currency)
    return tuple(Amount(code, found[code], at_least or code in unsure) for code in sorted(found))


def spoken(amounts: Iterable[Amount]) -> str:
    """Several amounts in a sentence: "12.00 EUR, at least 1,913.56 USD"; "" for none."""
    return ", ".join(one.text for one in amounts)
