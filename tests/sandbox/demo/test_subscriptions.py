"""Subscriptions of every status and cycle, and the invoices that they have made."""

from __future__ import annotations

import sqlite3

import pytest

from tests.sandbox.demo.rules import one


def test_there_are_all_cycles_and_statuses_and_by_far_the_most_run(demo: sqlite3.Connection) -> None:
    cycles = {row[0] for row in demo.execute("SELECT DISTINCT paycycle FROM packages")}
    assert cycles == {"mon", "qtr", "yrl"}
    statuses = dict(demo.execute("SELECT package_status_str, count(*) FROM packages GROUP BY 1").fetchall())
    assert {"active-current", "canceled-manual", "suspended-suspended"} <= statuses.keys()
    assert statuses["active-current"] > sum(statuses.values()) * 0.6


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        (
            "what has ended makes no further invoice",
            "next_invoice_datetime NOT NULL AND package_status_str NOT LIKE 'active-%'",
        ),
        ("what runs makes another", "next_invoice_datetime IS NULL AND package_status_str LIKE 'active-%'"),
        ("what was canceled says when", "(cancel_datetime IS NULL) = (package_status_str LIKE 'canceled-%')"),
        (
            "nothing ends before it begins",
            "cancel_datetime < start_datetime OR mod_datetime < start_datetime",
        ),
        ("every one has lines", "package_id NOT IN (SELECT package_id FROM package_lines)"),
        (
            "a trial was never billed",
            "package_status_str LIKE '%trial' AND amount_invoiced <> 0",
        ),
    ],
)
def test_rules(demo: sqlite3.Connection, rule: str, sql: str) -> None:
    assert one(demo, f"SELECT count(*) FROM packages WHERE {sql}") == 0, rule


def test_some_customers_have_none_and_some_have_two(demo: sqlite3.Connection) -> None:
    counts = {
        row[0] for row in demo.execute(
            "SELECT count(package_id) FROM customers LEFT JOIN packages USING (customer_id) GROUP BY customer_id"
        )
    }  # fmt: skip
    assert counts == {0, 1, 2}
