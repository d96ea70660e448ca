"""Whole numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cotui.catalog.field import Field
from cotui.catalog.types.number import Number

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: what can be typed in a form
WHOLE = r"[+-]?[0-9]{1,15}"
_LARGEST = 2**63 - 1


class Integer(Number):
    """A number without decimals."""

    width, report_width = 8, 9
    rank = 3
    expected = "a whole number"

    def fits(self, text: str) -> bool:
        return is_whole(text)

    def parsed(self, text: str, field: Field, today: date) -> object:
        if not re.fullmatch(WHOLE, text):
            raise ValueError("a whole number such as 12")
        return int(text)

    def read(self, sent: Any, field: Field, zone: ZoneInfo) -> Any:
        return None if sent is None or sent == "" else sent_whole(sent)


def is_whole(text: str) -> bool:
    """Whether `text` is a whole number, as keys are."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


def sent_whole(sent: Any) -> int:
    """A whole number from 0 of a request, as a number or as text.

    Raises:
        ValueError: it is something else, or more than SQLite holds.
    """
    if isinstance(sent, bool):
        raise ValueError("not a whole number")
    if isinstance(sent, float) and sent.is_integer() and abs(sent) < 2**53:
        sent = int(sent)
    if isinstance(sent, str) and re.fullmatch(r"(?a:[+-]?\d{1,20}(?:\.0*)?)", sent.strip()):
        sent = int(Decimal(sent.strip()))
    if not isinstance(sent, int) or not 0 <= sent <= _LARGEST:
        raise ValueError("not a whole number")
    return sent


TYPE = Integer()
