"""Values of rows as answers need them: harmless texts, days, numbers, and None for what a row does not tell.

Rows differ from account to account and from year to year: every key may be missing, and hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from cotui.catalog.choices import PAY_CYCLE
from cotui.catalog.model import key_of
from cotui.desk.amounts import Amount, currency_of, number_in
from cotui.safety.text import clean, shortened

Values = Mapping[str, Any]
Ref = int | str

#: characters of a text in a line; nobody reads more, and a hostile one has thousands
LONGEST: Final = 300
_CURRENCY_ID: Final = "currency_id"
#: the last digits of a masked number
_LAST_DIGITS: Final = re.compile(r"(\d{2,4})\s*$", re.ASCII)
_CYCLES: Final = {choice.value: choice.label for choice in PAY_CYCLE}
_YES: Final = (True, 1, "1", "true")
_NO: Final = (False, 0, "0", "false")


def text_in(row: Values, *fields: str) -> str:
    """The first of these fields that says something, harmless and on one line; "" where none does."""
    for field in fields:
        value = row.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return clean(shortened(value.strip(), LONGEST))
    return ""


def raw_in(row: Values, *fields: str) -> str | None:
    """The same as it came, for programs; None where there is none."""
    found = (row.get(field) for field in fields)
    return next((value for value in found if isinstance(value, str) and value.strip()), None)


def ref_in(row: Values, field: str) -> Ref | None:
    """A key of another record; None where there is none."""
    return key_of(row.get(field))


def day_in(row: Values, field: str) -> date | None:
    """A day, or the day of a moment as the account's clock shows it; None where the row tells none."""
    value = row.get(field)
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def moment_in(row: Values, field: str) -> datetime | None:
    """A moment, with its zone where the answer says one; None where the row tells none."""
    value = row.get(field)
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def whole_in(row: Values, field: str) -> int | None:
    """A whole number; None where there is none."""
    number = number_in(row.get(field))
    return int(number) if number is not None and number == number.to_integral_value() else None


def flag_in(row: Values, field: str) -> bool | None:
    """A yes or no in any spelling that answers have for it; None where the row does not say."""
    value = row.get(field)
    if isinstance(value, list | dict) or value is None:
        return None
    return True if value in _YES else False if value in _NO else None


def parts_in(row: Values, field: str) -> list[Values] | None:
    """The objects in a row, such as the lines of an invoice; None where it does not hold a list of them."""
    value = row.get(field)
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        return None
    return value


def last_digits(mask: str) -> str:
    """A masked number in its short form, x4242; as it is where it ends in no digits."""
    found = _LAST_DIGITS.search(mask)
    return f"x{found[1]}" if found else mask


def cycle_words(row: Values) -> str:
    """How often something is billed, in the middle of a sentence: "monthly"; "" where the row does not say."""
    code = row.get("paycycle")
    known = _CYCLES.get(code) if isinstance(code, str) else None
    name = known or text_in(row, "paycycle_name", "paycycle")
    return name[:1].lower() + name[1:] if known else name


def capital(text: str) -> str:
    """Words of ours as they begin a line."""
    return text[:1].upper() + text[1:]


def days_words(days: int) -> str:
    return f"{days:,} day" if days == 1 else f"{days:,} days"


def things(number: int, one: str, more: str = "") -> str:
    """ "1 invoice", "2 invoices"."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


class Currencies:
    """Which currency the amounts of rows are in, also where a row lacks its code.

    A row that lacks it may have the number of its currency, which another row may tell the code of. Where no row tells
    anything, the account tells no currencies, and amounts stand without.

    Args:
        rows: all that were read.
    """

    def __init__(self, rows: Iterable[Values]) -> None:
        self._codes: dict[str, str] = {}
        self._told = False
        for row in rows:
            if code := currency_of(row):
                self._told = True
                if row.get(_CURRENCY_ID):
                    self._codes.setdefault(str(row[_CURRENCY_ID]), code)

    def of(self, row: Values) -> str | None:
        """The code of a row's currency; None where it can't be told, "" where no row tells any."""
        code = currency_of(row) or self._codes.get(str(row.get(_CURRENCY_ID)))
        return code or (None if self._told else "")

    def amount(self, row: Values, field: str, of: Values | None = None) -> Amount | None:
        """An amount of a row; None where it or its currency is not told.

        Args:
            of: the row with its currency, where it is a part of that.
        """
        number, code = number_in(row.get(field)), self.of(row if of is None else of)
        return None if number is None or code is None else Amount(code, number)

    def zero(self, row: Values) -> Amount:
        """Nothing, in a row's currency."""
        return Amount(self.of(row) or "", Decimal(0))
