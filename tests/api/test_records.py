"""Rows: their keys, and their form for the screen."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.api.records import coerce_id


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        ("5", 5),
        (" 2688 ", 2688),
        (5.0, 5),
        (5.5, "5.5"),
        ("abc", "abc"),
        ("٥", "٥"),
        ("-5", "-5"),
        ("9" * 30, "9" * 30),
        (None, None),
        ("", None),
        (True, None),
        ([5], None),
        ({}, None),
    ],
)
def test_keys_become_integers_where_they_can(value: object, expected: int | str | None) -> None:
    assert coerce_id(value) == expected


def test_a_record_knows_its_key() -> None:
    assert Record({"customer_id": "12"}, "customer_id").id == 12
    assert Record({}, "customer_id").id is None
    assert Record({"a": 1}).id is None


def test_customers_data_is_in_no_repr() -> None:
    assert "Acme" not in repr(Record({"customer_id": 1, "company": "Acme"}, "customer_id"))
