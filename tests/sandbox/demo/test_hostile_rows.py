"""Records of the demo whose text has broken programs before."""

from __future__ import annotations

import sqlite3

from cotui.sandbox.demo.hostile import TEXTS


def test_hostile_text_is_stored_raw(demo: sqlite3.Connection) -> None:
    held: set[str] = set()
    for table, columns in (
        ("customers", ("company", "bill_addr1", "bill_city", "custom_1", "custom_2")),
        ("users", ("first_name", "last_name", "title")),
        ("invoices", ("memo", "custom_1")),
        ("invoice_lines", ("descrip", "item_name", "item_units")),
        ("transactions", ("gateway_msg", "transaction_detail")),
    ):
        for column in columns:
            held.update(
                row[0]
                for row in demo.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
            )
    assert {name for name, text in TEXTS.items() if text not in held} == set()
    bad = demo.execute(
        "SELECT customer_id, company FROM customers WHERE customer_id BETWEEN 41 AND 48"
    ).fetchall()
    assert {company for _, company in bad} < set(TEXTS.values())
