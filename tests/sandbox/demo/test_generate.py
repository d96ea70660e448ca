"""The demo data: amounts that agree, plausible variety, hostile records, the same bytes every time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from tests.sandbox.demo.rules import TODAY, VIOLATIONS, generated, one


@pytest.mark.parametrize("rule", VIOLATIONS)
@pytest.mark.long
def test_derivations_hold(demo: sqlite3.Connection, rule: str) -> None:
    assert demo.execute(VIOLATIONS[rule].format(today=TODAY)).fetchmany(5) == []


@pytest.mark.long
def test_every_rule_can_be_broken(demo: sqlite3.Connection) -> None:
    """The checks above look at something: shifting amounts, dates and owners breaks them."""
    broken = sqlite3.connect(":memory:")
    demo.backup(broken)
    for damage in (
        "UPDATE invoices SET subtotal = subtotal + 1, due_date = '2001-01-01', is_open = is_open WHERE invoice_id % 2",
        "UPDATE invoice_lines SET line_total = line_total + 2, tax_total = tax_total + 1",
        "UPDATE transactions SET applied = applied + 1, customer_id = customer_id % 7 + 1",
        "UPDATE invoice_schedule SET amount = amount + 1",
    ):
        broken.execute(damage)
    found = {rule for rule, sql in VIOLATIONS.items() if broken.execute(sql.format(today=TODAY)).fetchone()}
    broken.close()
    assert len(found) >= 13


def test_references_are_good(demo: sqlite3.Connection) -> None:
    assert demo.execute("PRAGMA foreign_key_check").fetchall() == []
    assert demo.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_size(demo: sqlite3.Connection) -> None:
    assert one(demo, "SELECT count(*) FROM customers") == 500
    invoices = one(demo, "SELECT count(*) FROM invoices")
    assert isinstance(invoices, int)
    assert 4000 <= invoices <= 6500
    assert one(demo, "SELECT max(n) FROM (SELECT count(*) n FROM invoices GROUP BY customer_id)") >= 200  # type: ignore[operator]


@pytest.mark.parametrize("customers", [0, 1, 21, pytest.param(49, marks=pytest.mark.long)])
def test_small_accounts(customers: int) -> None:
    with closing(generated(customers)) as connection:
        assert one(connection, "SELECT count(*) FROM customers") == customers
        for rule, sql in VIOLATIONS.items():
            assert connection.execute(sql.format(today=TODAY)).fetchall() == [], rule


def test_populate_fills_an_empty_store_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "demo.sqlite")
    try:
        populate(store, 10, 1, TODAY)
        assert store.meta("data_date") == TODAY.isoformat()
        assert store.meta("customers") == "10"
        with pytest.raises(ValueError, match="already"):
            populate(store, 10, 1, TODAY)
        with pytest.raises(ValueError, match="negative"):
            populate(store, -1, 1, TODAY)
    finally:
        store.close()
