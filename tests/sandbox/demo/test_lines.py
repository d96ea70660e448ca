"""Lines of the demo: amounts in every currency."""

from __future__ import annotations
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo
import pytest
from cotui.catalog.money import minor_units
from cotui.sandbox.billing.totals import refresh_totals
from cotui.sandbox.database import schema
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import generate, populate
from cotui.sandbox.demo.hostile import TEXTS
from tests.sandbox.demo.rules import generated, one


def test_amounts_have_the_decimals_of_their_currency(demo: sqlite3.Connection) -> None:
    for iso, decimals in demo.execute("SELECT iso4217, decimals FROM currencies"):
        assert decimals == minor_units(iso)
    assert one(demo, "SELECT count(*) FROM invoices WHERE currency_id = 5") > 0  # type: ignore[operator]
    assert one(demo, "SELECT count(*) FROM invoices WHERE currency_id = 6 AND total % 10 <> 0") > 0  # type: ignore[operator]
