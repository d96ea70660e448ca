"""Values of conditions: text from the wire as what SQLite compares with."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(?: ?(Z|[+-]\d\d:?\d\d))?)?",
    re.ASCII | re.IGNORECASE,
)
_LARGEST = 2**63 - 1
_TRUE = frozenset({"1", "true", "yes", "y"})
_FALSE = frozenset({"0", "false", "no", "n"})


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


def boolean(text: str) -> int:
    """1 or 0.

    Raises:
        ValueError: it is neither true nor false.
    """
    word = text.strip().casefold()
    if word in _TRUE:
        return 1
    if word in _FALSE:
        return 0
    raise ValueError(f"neither true nor false: {text[:40]!r}")


def day(text: str) -> str:
    """A date, of a datetime too, as `YYYY-MM-DD`.

    Raises:
        ValueError: it is not a date.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a date: {text[:40]!r}")
    return date.fromisoformat(found[1]).isoformat()


def moment(text: str, zone: ZoneInfo) -> int:
    """A datetime as Unix seconds; without an offset in the account's zone, a date alone at its midnight.

    Raises:
        ValueError: it is not a date or datetime.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a datetime: {text[:40]!r}")
    offset = (found[4] or "").upper().replace("Z", "+00:00")
    parsed = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{found[3] or ':00'}{offset}")
    try:
        return int((parsed if offset else parsed.replace(tzinfo=zone)).timestamp())
    except OverflowError as error:
        raise ValueError(f"out of range: {text[:40]!r}") from error
