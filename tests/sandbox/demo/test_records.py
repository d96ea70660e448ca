"""Stored ways to pay belong to those who pay with them, and small lists have something in them."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.sandbox.demo.rules import one


@pytest.mark.parametrize(
    ("method", "table", "key"),
    [
        ("crd", "creditcards", "creditcard_id"),
        ("ach", "ach_accounts", "ach_id"),
        ("tok", "tokenized", "tokenized_id"),
    ],
)
def test_who_pays_with_it_has_one_stored(demo: sqlite3.Connection, method: str, table: str, key: str) -> None:
    assert one(demo, f"SELECT count(*) FROM {table}") > 0  # type: ignore[operator]
    payers = {
        row[0]
        for row in demo.execute("SELECT customer_id FROM customers WHERE default_paymethod = ?", (method,))
    }
    owners = {row[0] for row in demo.execute(f"SELECT customer_id FROM {table}")}
    assert owners == payers
    assert one(demo, f"SELECT count(*) - count(DISTINCT {key}) FROM {table}") == 0


def test_cards_are_good_for_some_time(demo: sqlite3.Connection) -> None:
    for (expires,) in demo.execute("SELECT expdate FROM creditcards"):
        assert "2027-01-01" <= expires <= "2030-12-01"
        assert expires.endswith("-01")


def test_small_lists_are_filled(demo: sqlite3.Connection) -> None:
    for table in ("coupons", "exchange_rates", "resthooks", "system_log", "chargeoverjs_requests", "notes"):
        assert one(demo, f"SELECT count(*) FROM {table}") > 0, table  # type: ignore[operator]


def test_what_waits_to_be_judged_is_a_customer_as_json(demo: sqlite3.Connection) -> None:
    ((action, payload),) = demo.execute("SELECT action, payload FROM chargeoverjs_requests").fetchall()
    assert action == "customer.create"
    assert set(json.loads(payload)) == {"customer", "user"}
