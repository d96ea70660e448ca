"""Amounts of money: JSON numbers in major units of the record's currency."""

from __future__ import annotations

from datetime import date, tzinfo
from decimal import Decimal
from typing import Any

from cotui.catalog.field import Field, Values
from cotui.catalog.money import minor_units
from cotui.catalog.spelling import finite, text_of
from cotui.catalog.types.number import Number, sent_number

#: digits that a number keeps on its way through binary fractions; one with more was computed
_WRITTEN = 15


class Money(Number):
    """A number with a currency."""

    width, report_width = 13, 14
    pointed = True
    expected = "an amount such as 12 or 12.50, without currency sign"
    described = "an amount"
    storage = "amount"
    served = {"type": ["number", "null"]}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        iso = values.get("currency_iso4217")
        return amount(value, iso if isinstance(iso, str) else "") or text_of(value)

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        iso, symbol = values.get("currency_iso4217"), values.get("currency_symbol")
        iso = iso if isinstance(iso, str) else ""
        symbol = symbol if isinstance(symbol, str) and symbol != iso else ""
        text = amount(value, iso)
        if not text:
            return text_of(value).split("\n")
        sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
        gap = " " if symbol[-1:].isalpha() else ""
        return [f"{sign}{symbol}{gap}{text} {iso}".rstrip()]

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        return None if sent is None or sent == "" else sent_number(sent)


def amount(value: Any, iso: str) -> str:
    """An amount in major units with thousands separators and the currency's decimals.

    Further decimals are kept when they say something (a unit price of 0.0035), not when they are
    the noise of binary fractions. "" when the value is no number.
    """
    number = finite(value)
    if number is None:
        return ""
    places = minor_units(iso)
    if isinstance(number, int):
        return f"{number:,}.{'0' * places}" if places else f"{number:,}"
    text = f"{number:,.{places}f}"
    exact = Decimal(repr(number)).normalize()
    if len(exact.as_tuple().digits) <= _WRITTEN and exact.adjusted() >= -_WRITTEN:
        # nobody computed this: it is what was sent, however small
        finer = f"{exact:,f}"
        text = finer if len(finer.partition(".")[2]) > places else text
    elif abs(number - round(number, places)) > max(5e-7, abs(number) * 1e-12):
        text = f"{number:,.6f}".rstrip("0")
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text
