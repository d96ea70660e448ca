"""Quantities and percentages."""

from __future__ import annotations

import re
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any

from cotui.catalog.field import Family, Field, FieldType, Storage, Values
from cotui.catalog.spelling import PLAIN_NUMBER, number_text, text_of
from cotui.safety.text import without_unseen

#: digits that a JSON number, read as a double, keeps
_MOST_DIGITS = 15
#: Largest amount of money, rate or quantity that a request may send: sums of very many of them still fit 64 bits.
LARGEST = 10**10
_SENT = r"(?a:[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?)"
_NUMERIC = r"^\s*[+-]?(\d+(\.\d*)?|\.\d+)?\s*$"


class Number(FieldType):
    """Whole numbers are shown without decimals; nothing is rounded."""

    align = "right"
    width, report_width = 10, 11
    rank = 1
    family: Family = "number"
    expected = "a number such as 12 or 12.50"
    described = "a number"
    verbatim = False
    nothing: object = None
    storage: Storage = "number"
    served = {"type": ["number", "string", "null"]}
    sent = {"anyOf": [{"type": ["number", "null"]}, {"type": "string", "pattern": _NUMERIC}]}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return text_of(value)

    def fits(self, text: str) -> bool:
        return re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)", text) is not None

    def to_text(self, value: Any, field: Field) -> str:
        return without_unseen(number_text(value))

    def parsed(self, text: str, field: Field, today: date) -> object:
        return json_number(read_decimal(text))

    def same(self, first: Any, second: Any, field: Field) -> bool:
        return number_text(first) == number_text(second)

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        return None if sent is None or sent == "" else float(sent_number(sent))


def read_decimal(text: str) -> Decimal:
    """An amount, rate or quantity as it was typed, exactly.

    Raises:
        ValueError: it is no number, or has more digits than a JSON number keeps.
    """
    typed = text.strip()
    if not re.fullmatch(PLAIN_NUMBER, typed):
        comma = ": the decimals stand behind a point, and thousands are not parted" if "," in typed else ""
        raise ValueError(f"a number such as 12 or 12.50{comma}")
    number = Decimal(typed)
    digits = len(number.normalize().as_tuple().digits)
    # a number that came as a double may have more digits, and is the same when it is sent again
    if abs(number) >= 10**_MOST_DIGITS or (digits > _MOST_DIGITS and Decimal(repr(float(number))) != number):
        raise ValueError(f"a number of at most {_MOST_DIGITS} digits")
    return number


def json_number(number: Decimal) -> int | float:
    """A number from `read_decimal` as the JSON number that is written with the same digits."""
    return int(number) if number == number.to_integral_value() else float(number)


def sent_number(sent: Any) -> Decimal:
    """A number of a request, as a number or as text; floats as the decimal number that they print as.

    Raises:
        ValueError: it is something else, or larger than `LARGEST`.
    """
    if isinstance(sent, bool) or not isinstance(sent, int | float | str):
        raise ValueError("not a number")
    written = str(sent).strip()
    if not re.fullmatch(_SENT, written):
        raise ValueError("not a number")
    value = Decimal(written)
    if abs(value) > LARGEST:
        raise ValueError("too large")
    return value
