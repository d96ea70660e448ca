"""Numbers in query parameters: text from the wire as what SQLite takes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from cotui.sandbox.errors import missing_or_invalid

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_LARGEST = 2**63 - 1
_DIGITS = re.compile(r"\d+", re.ASCII)
#: What longer counts are cut to; larger than any offset that matters, and SQLite takes it.
_LARGEST_COUNT = 10**18


def whole_number(parameters: Mapping[str, str], name: str, default: int) -> int:
    """A count among the query parameters; the default without one. Raises BadRequestError for anything else."""
    text = parameters.get(name, "").strip()
    if not text:
        return default
    if not _DIGITS.fullmatch(text):
        raise missing_or_invalid()
    return int(text) if len(text) <= 18 else _LARGEST_COUNT


def number(text: str) -> int | float:
    """A number of a filter; a float where SQLite's integers cannot hold it. Raises ValueError where it is none."""
    return _fitting(_decimal(text))


def minor_units(text: str, decimals: int) -> int | float:
    """An amount in minor units; a float when finer than the currency. Raises ValueError where it is none."""
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
