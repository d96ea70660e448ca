"""Rows that are here are compared as ChargeOver compares them."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import RESOURCES
from cotui.query import Condition, Op, Order
from cotui.query.matching import fulfils, in_order

CARD = RESOURCES["creditcard"]


@pytest.mark.parametrize(
    ("name", "value", "op", "wanted", "found"),
    [
        ("name", "Jane", Op.EQUALS, "jane", True),
        ("name", "Jane", Op.CONTAINS, "AN", True),
        ("name", "Jane", Op.CONTAINS, "x", False),
        ("name", "Jane", Op.NOTEQUALS, "jane", False),
        ("name", "Jane", Op.GT, "ivan", True),
        ("name", "", Op.IS_NULL, "", True),
        ("name", None, Op.ISNOT_NULL, "", False),
        ("name", None, Op.NOTEQUALS, "jane", False),
        ("customer_id", "9", Op.EQUALS, "9", True),
        ("customer_id", "9", Op.LT, "10", True),
        ("customer_id", 0, Op.IS_NULL, "", True),
        ("customer_id", "9" * 5000, Op.GT, "1", True),
        ("write_datetime", "2026-03-10T01:01:49-05:00", Op.GTE, "2026-03-10 00:00:00", True),
        ("write_datetime", "2026-03-10T01:01:49-05:00", Op.LTE, "2026-03-10", False),
        ("write_datetime", "2026-03-10 23:59:59", Op.LTE, "2026-03-10 23:59:59", True),
        ("type", "visa", Op.EQUALS, "visa", True),
        ("name", {"a": 1}, Op.CONTAINS, "a", True),
    ],
)
def test_a_condition(name: str, value: Any, op: Op, wanted: str, found: bool) -> None:
    assert fulfils({name: value}, Condition(name, op, wanted), CARD) is found


def test_yes_and_no_are_what_they_are_however_they_are_sent() -> None:
    note = RESOURCES["note"]
    for value in (True, 1, "1", "true"):
        assert fulfils({"note_is_pinned": value}, Condition("note_is_pinned", Op.EQUALS, "true"), note)
        assert not fulfils({"note_is_pinned": value}, Condition("note_is_pinned", Op.EQUALS, "false"), note)
    assert fulfils({"note_is_pinned": False}, Condition("note_is_pinned", Op.EQUALS, "0"), note)
    assert not fulfils({}, Condition("note_is_pinned", Op.EQUALS, "false"), note)


def test_rows_are_ordered_by_one_key_after_the_other_and_stay_where_they_are_equal() -> None:
    rows = [
        {"name": name, "days": days} for name, days in (("b", 9), ("A", 10), ("a", 9), ("", 1), ("a", None))
    ]
    terms = RESOURCES["terms"]
    found = in_order(rows, (Order("name"), Order("days", descending=True)), terms, lambda row: row)
    assert [(row["name"], row["days"]) for row in found] == [
        ("", 1),
        ("A", 10),
        ("a", 9),
        ("a", None),
        ("b", 9),
    ]
    assert in_order(rows, (), terms, lambda row: row) == rows
