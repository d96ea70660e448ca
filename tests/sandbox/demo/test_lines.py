"""Lines of the demo: amounts in every currency."""

from __future__ import annotations

import sqlite3

from cotui.catalog.money import minor_units
from tests.sandbox.demo.rules import one


def test_amounts_have_the_decimals_of_their_currency(demo: sqlite3.Connection) -> None:
    for iso, decimals in demo.execute("SELECT iso4217, decimals FROM currencies"):
        assert decimals == minor_units(iso)
    assert one(demo, "SELECT count(*) FROM invoices WHERE currency_id = 5") > 0  # type: ignore[operator]
    assert one(demo, "SELECT count(*) FROM invoices WHERE currency_id = 6 AND total % 10 <> 0") > 0  # type: ignore[operator]
