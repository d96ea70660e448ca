"""Which tax an invoice bears, and how much of it a line."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

_MILLION = 1_000_000


class Tax(NamedTuple):
    """A tax; `ppm` is in millionths of the taxable amount."""

    tax_id: int
    name: str
    ppm: int

    def on(self, amount: int) -> int:
        """The tax on an amount, in the same units; half a unit is rounded up."""
        return (amount * self.ppm + _MILLION // 2) // _MILLION


def tax_of(connection: sqlite3.Connection, country: str | None, state: str | None) -> Tax | None:
    """The tax at a billing address; None where the account charges none."""
    row = connection.execute(
        "SELECT tax_id, name, ppm FROM taxes WHERE country = ? AND (state = ? OR state IS NULL)"
        " ORDER BY state IS NULL LIMIT 1",
        (country, state),
    ).fetchone()
    return None if row is None else Tax(*row)
