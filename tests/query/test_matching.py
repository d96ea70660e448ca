"""Whether a row is what was asked for, as far as it tells."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.query import Condition, Op, Order
from cotui.query.matching import holds, in_order

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
        ("external_key", Op.IS_NULL, "", {"external_key": None}, YES),
        ("external_key", Op.IS_NULL, "", {"external_key": ""}, UNKNOWN),
        ("external_key", Op.IS_NULL, "", {"external_key": "K"}, NO),
        ("external_key", Op.ISNOT_NULL, "", {"external_key": None}, NO),
    ],
)
def test_a_condition(field: str, op: Op, value: str, row: dict[str, Any], verdict: bool | None) -> None:
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
    assert in_order([{field: value} for value in values], Order(field, descending), INVOICE) is verdict


def test_fields_are_those_of_the_object() -> None:
    assert holds({"company": "ACME"}, Condition("company", Op.EQUALS, "acme"), CUSTOMER)
