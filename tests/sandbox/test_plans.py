"""Deep pages stay cheap because ids come from an index alone; SQLite's own plan says whether they do."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.query_sql import compile_query
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects import served
from tests.sandbox import account

STATUSES = ("closed-paid", "closed-void", "open-collections", "open-overdue", "open-unpaid")


@pytest.mark.parametrize(
    "order", ["", "invoice_id:DESC", "customer_id:ASC", "date:DESC", "invoice_status_str:ASC"]
)
@pytest.mark.parametrize(
    "where",
    [
        "",
        "date:GTE:2026-01-01",
        "customer_id:LT:9",
        "invoice_id:GT:3",
        "invoice_status_str:NOTEQUALS:closed-void",
    ],
)
def test_invoices_are_found_in_an_index(store: Store, where: str, order: str) -> None:
    assert "USING COVERING INDEX" in plan(store, where, order)


@pytest.mark.parametrize("order", ["", "date:DESC"])
@pytest.mark.parametrize(
    "where",
    [*(f"invoice_status_str:EQUALS:{status}" for status in STATUSES), "invoice_status_state:EQUALS:c"],
)
def test_statuses_are_found_in_order(store: Store, where: str, order: str) -> None:
    found = plan(store, where, order)
    assert "USING COVERING INDEX invoices_open" in found
    assert "TEMP B-TREE" not in found


@pytest.mark.parametrize("order", ["", "customer_id:DESC", "date:ASC", "invoice_status_str:DESC"])
def test_orders_need_no_sorting(store: Store, order: str) -> None:
    assert "TEMP B-TREE" not in plan(store, "", order)


def plan(store: Store, where: str, order: str) -> str:
    clock = Clock(store.timezone, account.now)
    with store.read() as reader:
        query = compile_query(served("invoice"), where, order, reader.lookups, clock)
        conditions = f"WHERE {query.where}" if query.where else ""
        rows = reader.connection.execute(
            f"EXPLAIN QUERY PLAN SELECT t.invoice_id FROM invoices t {conditions}"
            f" ORDER BY {query.order_by()} LIMIT 100 OFFSET 5",
            query.parameters,
        ).fetchall()
    return "; ".join(row[3] for row in rows)
