"""Which tax an invoice bears, and how much of it a line."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from cotui.catalog.money import quotient

_MILLION = 1_000_000


class Tax(NamedTuple):
    """A tax; `ppm` is in millionths of the taxable amount."""

    tax_id: int
    name: str
    ppm: int

    def on(self, amount: int) -> int:
        """The tax on an amount, in the same units; negative on a negative one."""
        return quotient(amount * self.ppm, _MILLION)


def taxed(tax: Tax | None, item: Mapping[str, Any], total: int) -> dict[str, Any]:
    """The columns of an invoice's line that say how it is taxed.

    Args:
        item: its item, which bears a tax if it is in a group of them.
        total: of the line, in minor units.
    """
    if item["tax_group_id"] is None:
        tax = None
    return {
        "tax_taxable": total if tax else 0,
        "tax_taxed": total if tax else 0,
        "tax_total": tax.on(total) if tax else 0,
        "tax_id": tax.tax_id if tax else None,
        "tax_name": tax.name if tax else None,
        "tax_group_id": item["tax_group_id"] if tax else None,
        "tax_group_name": item["tax_group_name"] if tax else None,
        "is_taxed": int(tax is not None),
    }


def tax_of(connection: sqlite3.Connection, country: str | None, state: str | None) -> Tax | None:
    """The tax at a billing address; None where the account charges none."""
    row = connection.execute(
        "SELECT tax_id, name, ppm FROM taxes WHERE country = ? AND (state = ? OR state IS NULL)"
        " ORDER BY state IS NULL LIMIT 1",
        (country, state),
    ).fetchone()
    return None if row is None else Tax(*row)
