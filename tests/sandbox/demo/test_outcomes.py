"""What becomes of the demo's invoices: every status and age occurs."""

from __future__ import annotations

import sqlite3
from datetime import date

from tests.sandbox.demo.rules import TODAY, one


def test_every_status_and_age_occurs(demo: sqlite3.Connection) -> None:
    assert {row[0] for row in demo.execute("SELECT DISTINCT stage FROM invoices")} == {0, 1, 2, 3}
    ages = [
        (TODAY - date.fromisoformat(row[0])).days
        for row in demo.execute("SELECT due_date FROM invoices WHERE stage = 3")
    ]
    for first, last in ((-60, -1), (0, 0), (1, 10), (11, 30), (31, 60), (61, 90), (91, 120), (121, 2000)):
        assert any(first <= age <= last for age in ages), (first, last)
    for what in (
        "stage >= 2 AND payments > 0",
        "stage >= 2 AND credits > 0",
        "stage = 0 AND credits = total AND total > 0",
        "stage = 0 AND writeoffs > 0",
        "stage = 0 AND refunds > 0",
        "stage = 1 AND refunds > 0",
        "taxes > 0",
        "taxes = 0 AND total > 0",
        "declines > 0",
        "package_id IS NULL",
        "external_key IS NOT NULL",
        "refnumber <> CAST(invoice_id AS TEXT)",
        "memo = ''",
        "bill_country IS NULL",
    ):
        assert one(demo, f"SELECT count(*) FROM invoices WHERE {what}") > 0, what  # type: ignore[operator]
    counts = {row[0] for row in demo.execute("SELECT count(*) FROM invoice_lines GROUP BY invoice_id")}
    assert {1, 2, 3, 4} <= counts
    assert max(counts) >= 8
