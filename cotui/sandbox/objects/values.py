"""Stored values as they are served: quantities, printable addresses, flags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cotui.sandbox.money import money
from cotui.sandbox.schema import RATE_SCALE

CUSTOM_20 = tuple(f"custom_{number}" for number in range(1, 21))


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
    city, state, postcode = row[f"{prefix}_city"], row[f"{prefix}_state"], row[f"{prefix}_postcode"]
    rest = " ".join(part for part in (state, postcode) if part)
    town = f"{city}{comma} {rest}" if city and rest else city or rest
    lines = (
        row[f"{prefix}_addr1"],
        row[f"{prefix}_addr2"],
        row[f"{prefix}_addr3"],
        town,
        row[f"{prefix}_country"],
    )
    return newline.join(line for line in lines if line)


def days_after(due_date: str, today: date) -> int:
    """Days by which today lies past a due date; 0 before it."""
    return max(0, (today - date.fromisoformat(due_date)).days)
