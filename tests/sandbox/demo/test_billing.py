"""What the demo bills: sums and days that agree with those of the account."""

from __future__ import annotations

import sqlite3
from zoneinfo import ZoneInfo

from cotui.sandbox.billing.totals import refresh_totals


def test_kept_sums_are_those_of_totals(demo: sqlite3.Connection) -> None:
    """The generator adds up as it goes; the store adds up with SQL. Both get the same."""
    sums = (
        "SELECT customer_id, total, balance, paid, oldest_due_date FROM customers",
        "SELECT package_id, amount_invoiced, amount_collected, amount_due, oldest_due_date FROM packages",
    )
    before = [demo.execute(sql).fetchall() for sql in sums]
    refresh_totals(demo)
    assert [demo.execute(sql).fetchall() for sql in sums] == before
    demo.rollback()


def test_transaction_days_are_days_of_the_account(demo: sqlite3.Connection) -> None:
    from datetime import datetime

    zone = ZoneInfo("America/New_York")
    rows = demo.execute(
        "SELECT transaction_datetime, transaction_date FROM transactions "
        "UNION ALL SELECT write_datetime, date FROM invoices"
    ).fetchall()
    assert len(rows) > 5000
    assert [row for row in rows if datetime.fromtimestamp(row[0], zone).date().isoformat() != row[1]] == []
