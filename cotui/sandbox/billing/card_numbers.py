"""Numbers of cards and bank accounts as they are sent: read, judged and masked. They are never stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.writing.payload import required, text

#: The test number of the official clients' examples that every payment is declined for.
DECLINED_NUMBER = "4116196783374209"

_SEPARATORS = re.compile(r"[\s-]+")
_CARD = re.compile(r"\d{12,19}", re.ASCII)
_ACCOUNT = re.compile(r"\d{3,17}", re.ASCII)
_EXPIRY = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?(?:[ T].*)?|(\d\d?)[/-](\d\d(?:\d\d)?)", re.ASCII)
_TYPES = (
    ("amex", re.compile(r"3[47]")),
    ("visa", re.compile(r"4")),
    ("mast", re.compile(r"5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)")),
    ("disc", re.compile(r"6(?:011|4[4-9]|5)")),
)


def card_values(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a card, by column: type (None for other kinds), mask_number, expdate, is_declined.

    Args:
        sent: `number`, with or without spaces and hyphens, and `expdate_year` with `expdate_month` (8, "8" or
            "08"), or `expdate`.

    Raises:
        BadRequestError: something is missing, or no card looks like that.
    """
    digits = _digits(sent, "number", _CARD)
    return {
        "type": next((name for name, begins in _TYPES if begins.match(digits)), None),
        "mask_number": f"xxxx-xxxx-xxxx-{digits[-4:]}",
        "expdate": _expiry(sent).isoformat(),
        "is_declined": int(digits == DECLINED_NUMBER),
    }


def bank_values(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a bank account's numbers, by column: mask_number.

    Raises:
        BadRequestError: number or routing number is missing, or is none.
    """
    digits = _digits(sent, "number", _ACCOUNT)
    _digits(sent, "routing", _ACCOUNT)
    return {"mask_number": f"x{digits[-4:]}"}


def _digits(sent: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    digits = _SEPARATORS.sub("", text(sent, name))
    if not digits:
        raise required(name)
    if not pattern.fullmatch(digits):
        # what was sent is no part of the message: it may be a real number with a slip
        raise missing_or_invalid()
    return digits


def _expiry(sent: Mapping[str, Any]) -> date:
    """First day of the month at whose end a card expires."""
    year, month = text(sent, "expdate_year"), text(sent, "expdate_month")
    if not year or not month:
        written = text(sent, "expdate")
        if not written:
            raise required("expdate_month" if year else "expdate_year")
        found = _EXPIRY.fullmatch(written)
        if found is None:
            raise missing_or_invalid()
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
    try:
        number = sent_whole(year)
        return date(number + 2000 if number < 100 else number, sent_whole(month), 1)
    except (ValueError, OverflowError) as error:
        raise missing_or_invalid() from error
