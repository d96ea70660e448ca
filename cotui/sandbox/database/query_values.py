"""Values of conditions: text from the wire as what SQLite compares with."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_LARGEST = 2**63 - 1


def number(text: str) -> int | float:
    """A number of a filter; what SQLite's integers cannot hold becomes a float.

    Raises:
        ValueError: it is not a number.
    """
    return _fitting(_decimal(text))


def minor_units(text: str, decimals: int) -> int | float:
    """An amount in major units as minor units; a float when it is finer than the currency.

    Raises:
        ValueError: it is not a number.
    """
    return _fitting(_decimal(text).scaleb(decimals))


def _decimal(text: str) -> Decimal:
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped) or len(stripped) > 400:
        raise ValueError(f"not a number: {text[:40]!r}")
    return Decimal(stripped)


def _fitting(value: Decimal) -> int | float:
    if abs(value) <= _LARGEST and value == value.to_integral_value():
        return int(value)
    return float(value)
