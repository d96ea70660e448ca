"""Rows are compared as ChargeOver compares them; where one does not tell what a server would say, it is not blamed."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.query import Condition, Op, Order
from cotui.query.matching import fulfils, holds, in_order, ordered

CARD = RESOURCES["creditcard"]
YES, NO, UNKNOWN = True, False, None


@pytest.mark.parametrize(
    ("field", "op", "value", "row", "verdict"),
    [
        ("customer_id", Op.EQUALS, "5", {"customer_id": "5"}, YES),
        ("customer_id", Op.EQUALS, "5", {"customer_id": 6}, NO),
        ("customer_id", Op.EQUALS, "5", {"customer_id": None}, NO),
        ("customer_id", Op.EQUALS, "5", {}, UNKNOWN),
        ("customer_id", Op.GT, "5", {"customer_id": "no number"}, UNKNOWN),
        ("line_items.item_id", Op.EQUALS, "5", {"line_items.item_id": 6}, NO),
        ("line_items.item_id", Op.EQUALS, "5", {"line_items": []}, UNKNOWN),
        ("nothing_known", Op.EQUALS, "5", {"nothing_known": 6}, UNKNOWN),
        ("bill_city", Op.EQUALS, "sao paulo", {"bill_city": "São Paulo "}, YES),
        ("bill_city", Op.EQUALS, "Berlin", {"bill_city": ["Berlin"]}, UNKNOWN),
        ("bill_city", Op.NOTEQUALS, "Berlin", {"bill_city": "berlin"}, NO),
        ("bill_city", Op.CONTAINS, "pau", {"bill_city": "São Paulo"}, YES),
        ("bill_city", Op.CONTAINS, "pau", {"bill_city": None}, UNKNOWN),
        ("bill_city", Op.GT, "B", {"bill_city": "A"}, UNKNOWN),
        ("total", Op.GTE, "10", {"total": "10.00"}, YES),
        ("total", Op.LT, "10", {"total": 10.0}, NO),
        ("total", Op.EQUALS, "10.5", {"total": 10.50}, YES),
        ("date", Op.EQUALS, "2026-03-01", {"date": "2026-03-01"}, YES),
        ("date", Op.GTE, "2026-03-01", {"date": "2026-02-28"}, NO),
        ("date", Op.LTE, "2026-03-01", {"date": None}, UNKNOWN),
        ("write_datetime", Op.GTE, "2026-03-01", {"write_datetime": "2026-02-28T23:00:00-05:00"}, UNKNOWN),
        ("write_datetime", Op.GTE, "2026-03-01", {"write_datetime": "2026-02-01T23:00:00-05:00"}, NO),
        ("write_datetime", Op.LT, "2026-03-01", {"write_datetime": "2026-02-01T23:00:00-05:00"}, YES),
        ("write_datetime", Op.EQUALS, "2026-03-01", {"write_datetime": "2026-01-01T00:00:00Z"}, NO),
        ("is_paid", Op.EQUALS, "true", {"is_paid": 1}, YES),
        ("is_paid", Op.EQUALS, "true", {"is_paid": "0"}, NO),
        ("is_paid", Op.EQUALS, "true", {"is_paid": "perhaps"}, UNKNOWN),
        ("is_paid", Op.EQUALS, "false", {"is_paid": None}, UNKNOWN),
        ("bill_city", Op.NOTEQUALS, "Berlin", {"bill_city": None}, UNKNOWN),
        ("total", Op.GT, "10", {"total": "n/a"}, UNKNOWN),
        ("external_key", Op.IS_NULL, "", {"external_key": None}, YES),
        ("external_key", Op.IS_NULL, "", {"external_key": ""}, UNKNOWN),
        ("external_key", Op.IS_NULL, "", {"external_key": "K"}, NO),
        ("external_key", Op.ISNOT_NULL, "", {"external_key": None}, NO),
    ],
)
def test_what_a_row_tells_of_a_condition(
    field: str, op: Op, value: str, row: dict[str, Any], verdict: bool | None
) -> None:
    assert holds(row, Condition(field, op, value), INVOICE) is verdict


@pytest.mark.parametrize(
    ("field", "descending", "values", "verdict"),
    [
        ("customer_id", False, [1, "2", 2, 9], YES),
        ("customer_id", True, [1, 2], NO),
        ("customer_id", False, [1, None, 2], YES),
        ("customer_id", False, [2, 2], UNKNOWN),
        ("customer_id", False, [2], UNKNOWN),
        ("total", True, ["10.5", 9, -1], YES),
        ("total", True, ["9", "10.5"], NO),
        ("date", False, ["2026-01-01", "2025-12-31"], NO),
        ("write_datetime", False, ["2026-01-02T00:10:00Z", "2026-01-01T23:00:00-05:00"], YES),
        ("write_datetime", False, ["2026-03-01T00:00:00Z", "2026-01-01T00:00:00Z"], NO),
        ("refnumber", False, ["b", "a"], UNKNOWN),
        ("no_such_field", False, ["b", "a"], UNKNOWN),
    ],
)
def test_an_order(field: str, descending: bool, values: list[Any], verdict: bool | None) -> None:
    assert in_order([{field: value} for value in values], (Order(field, descending),), INVOICE) is verdict


def test_fields_are_those_of_the_object() -> None:
    assert holds({"company": "ACME"}, Condition("company", Op.EQUALS, "acme"), CUSTOMER)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([("CAD", 9), ("CAD", 2), ("EUR", 40), ("EUR", 40), ("EUR", 1)], YES),
        ([("EUR", 40), ("CAD", 9)], YES),  # the account has its own order of currencies
        ([("CAD", 9), ("EUR", 9), ("CAD", 8)], NO),
        ([("CAD", 2), ("CAD", 9)], NO),
        ([("CAD", 9), ("CAD", None), ("CAD", "8.5")], YES),
        ([(None, 9), (None, 10)], NO),
        ([("CAD", 9), ("CAD", 9)], UNKNOWN),
        ([("CAD", 1)], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_an_order_of_two_keys(values: list[tuple[Any, Any]], verdict: bool | None) -> None:
    rows = [{"currency_iso4217": code, "balance": amount} for code, amount in values]
    assert in_order(rows, (Order("currency_iso4217"), Order("balance", True)), INVOICE) is verdict


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([("CAD", 9), (..., 5), ("CAD", 2), ("EUR", 40), (..., 3)], YES),
        ([(..., 9), ("CAD", 9), ("CAD", ...), ("CAD", 8), (..., 8), ("EUR", ...)], YES),
        ([("CAD", 2), (..., 5), ("CAD", 9)], NO),
        ([("CAD", 9), (..., 5), ("EUR", 9), ("CAD", 8)], NO),
        ([("CAD", 9), (None, 5), ("CAD", 8)], NO),  # null is a value, and stands with its like
        ([("CAD", 9), (..., 10), ("CAD", ...)], UNKNOWN),
        ([(..., 1), (..., 2), (..., 3)], UNKNOWN),
    ],
)
def test_a_row_that_lacks_a_key_is_no_evidence_of_an_order(
    rows: list[tuple[Any, Any]], verdict: bool | None
) -> None:
    sent = [
        {
            name: value
            for name, value in zip(("currency_iso4217", "balance"), row, strict=True)
            if value is not ...
        }
        for row in rows
    ]
    assert in_order(sent, (Order("currency_iso4217"), Order("balance", True)), INVOICE) is verdict


@pytest.mark.parametrize("op", list(Op))
def test_a_row_that_lacks_a_field_is_no_evidence_of_a_filter(op: Op) -> None:
    condition = Condition("currency_iso4217", op, "CAD" if op.takes_value else "")
    assert holds({"invoice_id": 1}, condition, INVOICE) is UNKNOWN


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
def test_a_condition_is_fulfilled_or_not(name: str, value: Any, op: Op, wanted: str, found: bool) -> None:
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
    found = ordered(rows, (Order("name"), Order("days", descending=True)), terms, lambda row: row)
    assert [(row["name"], row["days"]) for row in found] == [
        ("", 1),
        ("A", 10),
        ("a", 9),
        ("a", None),
        ("b", 9),
    ]
    assert ordered(rows, (), terms, lambda row: row) == rows
