"""Stored values as they are served: amounts, quantities, printable addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from cotui.sandbox.database.schema import RATE_SCALE

ADDRESS_PARTS = ("addr1", "addr2", "addr3", "city", "state", "postcode", "country", "notes")
ADDRESSES = tuple(f"{prefix}_{part}" for prefix in ("bill", "ship") for part in ADDRESS_PARTS)
CUSTOM_20 = tuple(f"custom_{number}" for number in range(1, 21))


def money(minor: int, unit: int) -> int | float:
    """Minor units as a JSON number of major units: an integer when whole, else a float.

    Args:
        minor: the stored amount.
        unit: minor units in one major unit.
    """
    return minor / unit if minor % unit else minor // unit


def rate(stored: int) -> int | float:
    """A line rate as a JSON number of major units."""
    return money(stored, RATE_SCALE)


def number(value: float) -> int | float:
    """A quantity as a JSON number: an integer when whole."""
    return int(value) if value == int(value) else value


def address_block(row: Mapping[str, Any], prefix: str, newline: str = "\n", comma: str = "") -> str:
    """A printable address of the parts that are there.

    Customers' blocks break lines with a line feed and write "city state postcode"; invoices' blocks break
    them with CR LF and write "city, state postcode".
    """
    addr1, addr2, addr3, city, state, postcode, country = _address_parts(prefix)(row)
    rest = f"{state} {postcode}" if state and postcode else state or postcode
    town = f"{city}{comma} {rest}" if city and rest else city or rest
    return newline.join([line for line in (addr1, addr2, addr3, town, country) if line])


@cache
def _address_parts(prefix: str) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    parts = ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")
    return itemgetter(*(f"{prefix}_{part}" for part in parts))


def days_after(due_date: str, today: date) -> int:
    """Days by which today lies past a due date; 0 before it."""
    return max(0, (today - date.fromisoformat(due_date)).days)
