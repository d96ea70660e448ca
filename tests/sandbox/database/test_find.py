"""Finding records: orders, pages and counts, from an index alone."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.query_sql import compile_query
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects import served
from tests.sandbox import account
from tests.sandbox.client import Client


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("invoice_id%3ADESC", [70, 69, 68]),
        ("customer_id:ASC,invoice_id:DESC", [5, 4, 3]),
        ("customer_id:DESC,date:ASC", None),
        ("invoice_date:DESC", None),
        ("date:desc", None),
        ("total:ASC", None),
        ("", [1, 2, 3]),
    ],
)
async def test_orders(client: Client, order: str, first: list[int] | None) -> None:
    answer = await client.get(f"invoice?limit=100&order={order}")

    assert answer.status == 200
    ids = [row["invoice_id"] for row in answer.response]
    assert sorted(ids) == list(range(1, 71))
    if first:
        assert ids[:3] == first
    if "date" in order and "customer" not in order:
        dates = [row["date"] for row in answer.response]
        assert dates == sorted(dates, reverse=True)
    if order.startswith("total"):
        # across currencies, in major units
        totals = [row["total"] for row in answer.response]
        assert totals == sorted(totals)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", range(1, 11)),
        ("limit=3&offset=3", range(4, 7)),
        ("offset=65", range(66, 71)),
        ("offset=70", ()),
        ("offset=99999999999999999999999999", ()),
        ("limit=0", ()),
        ("limit=&offset=", range(1, 11)),
        ("limit=5000", range(1, 71)),
        ("limit=3&limit=2", range(1, 3)),
    ],
)
async def test_paging(client: Client, query: str, ids: range) -> None:
    answer = await client.get(f"invoice?{query}")

    assert answer.status == 200
    assert [row["invoice_id"] for row in answer.response] == list(ids)


async def test_pages_from_the_end_agree_once_the_count_is_known(client: Client) -> None:
    query = "where=customer_id:LT:12&order=date:DESC,invoice_id:ASC"
    every = [row["invoice_id"] for row in (await client.get(f"invoice?{query}&limit=100")).response]

    assert (await client.get(f"invoice/_count?{query}")).response == len(every) == 55
    for offset in range(0, 60, 7):
        page = await client.get(f"invoice?{query}&limit=9&offset={offset}")
        assert [row["invoice_id"] for row in page.response] == every[offset : offset + 9]


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("invoice/_count", 70),
        ("invoice/_count?_dummy=1&where=customer_id:EQUALS:3", 5),
        ("invoice/_count/?limit=1&offset=5", 70),
        ("customer/_count?where=company:CONTAINS:nobody", 0),
    ],
)
async def test_counts_are_integers(client: Client, url: str, count: int) -> None:
    answer = await client.get(url)

    assert answer.status == 200
    assert answer.response == count
    assert type(answer.response) is int


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
