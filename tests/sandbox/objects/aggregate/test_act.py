"""Sums over lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client


async def test_aggregates(live: Client) -> None:
    """As the PHP client sends it, with "" for no groups."""
    sent = {"fields": ["SUM(total)"], "where": ["customer_id:EQUALS:3"], "object": "invoice", "group": ""}
    rows = await live.rows("invoice", where="customer_id:EQUALS:3")
    answer = await live.post("_aggregate", sent)
    assert answer.status == 200
    assert answer.response == [{"SUM(total)": pytest.approx(sum(row["total"] for row in rows))}]

    answer = await live.post(
        "_aggregate",
        {
            "object": "invoice",
            "fields": ["count(*)", "MAX(date)", "AVG(balance)", "min(write_datetime)"],
            "group": ["currency_id", "invoice_status_str"],
        },
    )
    assert sum(row["count(*)"] for row in answer.response) == 70
    assert {row["currency_id"] for row in answer.response} == {1, 2, 3}
    assert all(len(row["MAX(date)"]) == 10 and "T" in row["min(write_datetime)"] for row in answer.response)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"object": "invoice"},
        {"fields": ["SUM(total)"]},
        {"object": "planet", "fields": ["COUNT(*)"]},
        {"object": ["invoice"], "fields": ["COUNT(*)"]},
        {"object": "invoice", "fields": ["SUM(company)"]},
        {"object": "invoice", "fields": ["SUM(*)"]},
        {"object": "invoice", "fields": ["SUM(date)"]},
        {"object": "invoice", "fields": ["SUM(total); DROP TABLE invoices"]},
        {"object": "invoice", "fields": ["LOAD_EXTENSION(total)"]},
        {"object": "invoice", "fields": ["COUNT(line_items.item_id)"]},
        {"object": "invoice", "fields": ["COUNT(*)"] * 21},
        {"object": "invoice", "fields": ["COUNT(*)"], "group": ["1; --"]},
        {"object": "invoice", "fields": ["COUNT(*)"], "group": {"a": 1}},
        {"object": "invoice", "fields": ["COUNT(*)"], "where": ["nonsense"]},
        {"object": "invoice", "fields": ["COUNT(*)"], "where": ["is_paid:EQUALS:1"]},
    ],
)
async def test_aggregates_that_are_refused(live: Client, sent: Any) -> None:
    answer = await live.post("_aggregate", sent)
    assert (answer.status, answer.response) == (400, False)
