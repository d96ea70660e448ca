"""What every demo account has, and its first customers."""

from __future__ import annotations

import sqlite3

from tests.sandbox.demo.rules import one


def test_what_existing_clients_take_for_granted(demo: sqlite3.Connection) -> None:
    for customer_id in (1, 2, 21):
        assert one(demo, "SELECT count(*) FROM invoices WHERE customer_id = ?", customer_id) > 0  # type: ignore[operator]
    assert one(demo, "SELECT count(*) FROM items WHERE item_id IN (1, 2) AND enabled") == 2
    assert one(demo, "SELECT name || days FROM terms WHERE terms_id = 3") == "Due on Receipt0"
    assert one(demo, "SELECT name || days FROM terms WHERE terms_id = 2") == "Net 3030"
    assert one(demo, "SELECT count(*) FROM admins WHERE admin_id = 1") == 1


def test_the_showcase_is_pleasant(demo: sqlite3.Connection) -> None:
    rows = demo.execute(
        "SELECT company, superuser_id, bill_country, total FROM customers WHERE customer_id <= 40"
    ).fetchall()
    assert all(company.isprintable() and len(company) < 80 for company, *_ in rows)
    assert len({company for company, *_ in rows}) == 40
    assert all(superuser and country and total > 0 for _, superuser, country, total in rows)
