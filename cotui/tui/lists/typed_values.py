"""What a text that is searched for may mean: the amounts and the days that people write in more than one way.

An amount comes from a caller, a letter or a bank's statement: 2466.75, 2,466.75, 2.466,75, €2.466,75, 2 466,75. A day
comes as 2026-10-31, 31.10.2026 or 10/31/2026. Where a text can be read in two ways, both are meant: 3/4/2026 is a day in
March and one in April, 2.466 is two and a half and two thousand. The sign of a currency does not narrow what is found:
a list has its currencies in a column of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

#: digits and what stands between them
_NUMBER: Final = re.compile(r"([-+\u2212]?)\s*(\d[\d.,' \u2019\u00a0\u202f]*)", re.ASCII)
#: spaces and apostrophes between thousands
_GAPS: Final = re.compile(r"['\s\u2019\u00a0\u202f]")
#: the code of a currency before or behind an amount
_CODE: Final = re.compile(r"^[A-Za-z]{3}(?=[\s\d.,+-])|(?<=[\s\d.,])[A-Za-z]{3}$")
#: thousands with commas (in India also hundreds) or points; the last group may still be typed
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?:,\d{2,3})+,\d{0,3}|(?:\.\d{3})+\.\d{0,3})", re.ASCII)
#: day, month and year with points; the year may be missing, or have two digits
_POINTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)?", re.ASCII)
#: month and day, or day and month, with slashes
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", re.ASCII)
#: everything in a cell that is neither digit, point nor sign
_SPACERS: Final = re.compile(r"[^\d.-]")
#: any year that has a 29 February, for days without a year
_LEAP: Final = 2000


@dataclass(frozen=True)
class Typed:
    """A text that is searched for.

    Attributes:
        text: as it is compared with cells, without regard to case.
        amounts: what it may be as an amount: digits, a point before decimals, a minus in front.
        days: what it may be as a day: YYYY-MM-DD, or -MM-DD where no year was typed.
    """

    text: str
    amounts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    def in_cell(self, shown: str, *, number: bool) -> bool:
        """Whether a cell holds it; `number` says that the cell is one."""
        if self.text in shown.casefold() or any(day in shown for day in self.days):
            return True
        if not number or not self.amounts:
            return False
        plain = _SPACERS.sub("", shown)
        return any(amount in plain or _equal(amount, plain) for amount in self.amounts)


def typed(text: str) -> Typed:
    """What a text may mean, that someone typed or is still typing."""
    stripped = text.strip()
    return Typed(
        text.casefold(), tuple(dict.fromkeys(_amounts(stripped))), tuple(dict.fromkeys(_days(stripped)))
    )


def _amounts(text: str) -> Iterator[str]:
    found = _NUMBER.fullmatch(_without_currency(text))
    if found is None:
        return
    sign = "-" if found[1] in ("-", "\u2212") else ""
    digits = _GAPS.sub("", found[2])
    yield from (sign + number for number in _numbers(digits))


def _without_currency(text: str) -> str:
    """An amount without the sign or the code of its currency, before it or behind it: $, CA$, €, EUR."""
    sign = text[:1] if text[:1] in ("-", "+", "\u2212") else ""
    rest = _CODE.sub("", text[len(sign) :].strip()).strip()
    marks = [at for at, character in enumerate(rest) if unicodedata.category(character) == "Sc"]
    if len(marks) == 1:
        before, after = rest[: marks[0]], rest[marks[0] + 1 :]
        if not before.strip() or (before.isalpha() and len(before) <= 2):
            rest = after
        elif not after.strip():
            rest = before
    return sign + rest.strip()


def _numbers(digits: str) -> Iterator[str]:
    """What digits with points and commas may be, with a point before the decimals."""
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        yield digits
    elif points and commas:
        decimal, thousands = (".", ",") if digits.rindex(".") > digits.rindex(",") else (",", ".")
        if digits.count(decimal) == 1:
            yield digits.replace(thousands, "").replace(decimal, ".")
    elif points + commas > 1:
        if _GROUPED.fullmatch(digits):
            yield digits.replace(".", "").replace(",", "")
    else:
        whole, _, decimals = digits.replace(",", ".").partition(".")
        if len(decimals) == 3 and len(whole) <= 3:
            yield whole + decimals
        yield f"{whole}.{decimals}"


def _equal(amount: str, plain: str) -> bool:
    """Whether a cell is the same number, written with other decimals: 2,466.00 of a currency that has none."""
    if "." not in amount:
        return False
    try:
        return Decimal(amount) == Decimal(plain)
    except InvalidOperation:
        return False


def _days(text: str) -> Iterator[str]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield from _day(found[1], found[2], found[3])
    elif found := _POINTED.fullmatch(text):
        yield from _day(found[3], found[2], found[1])
    elif found := _SLASHED.fullmatch(text):
        yield from _day(found[3], found[1], found[2])
        yield from _day(found[3], found[2], found[1])


def _day(year: str | None, month: str, day: str) -> Iterator[str]:
    """The day as lists show it; none where the calendar has no such day."""
    full = f"20{year}" if year is not None and len(year) == 2 else year
    try:
        found = date(int(full) if full is not None else _LEAP, int(month), int(day))
    except ValueError:
        return
    yield found.isoformat() if full is not None else f"{found:-%m-%d}"
