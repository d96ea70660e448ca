"""Lists of sub-objects."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.api import Record
from cotui.catalog import FieldType
from cotui.tui.base.format import cell, full
from tests.catalog.types.support import in_full, made, shown


@pytest.mark.parametrize(
    ("value", "text"), [([], ""), ([{"a": 1}], "1 entry"), ([{"a": 1}, 2], "2 entries"), ("?", "?")]
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.OBJECTS, value) == text


def test_objects_are_named_by_their_first_text() -> None:
    parts = (made(FieldType.ID, "customer_id"), made(FieldType.TEXT, "company"))
    field = made(FieldType.OBJECTS, parts=parts)
    record = Record(
        {"x": [{"customer_id": "44", "company": "Acme"}, {"customer_id": 45, "company": "Ölmühle"}]}
    )
    assert cell(record, field) == "Acme, Ölmühle"


def test_one_object_without_its_list_is_told_part_by_part() -> None:
    parts = (
        made(FieldType.INTEGER, "days"),
        made(FieldType.BOOLEAN, "metered"),
        made(FieldType.TEXT, "code"),
    )
    record = Record({"x": {"metered": False, "days": 0, "code": "", "new": "n"}})
    field = made(FieldType.OBJECTS, parts=parts)
    assert full(record, field) == ["Days: 0", "Metered: no", "new: n"]
    assert cell(record, field) == "Days: 0 · Metered: no · new: n"
    assert in_full(FieldType.OBJECTS, {"a": 1}) == ['{"a":1}']


def test_sets_of_prices_are_shown_as_prices() -> None:
    amount, code = made(FieldType.MONEY, "amount"), made(FieldType.TEXT, "currency_iso4217")
    tiers = made(FieldType.OBJECTS, "tiers", parts=(amount,))
    field = made(FieldType.OBJECTS, parts=(made(FieldType.MONEY, "base"), code, tiers))
    sets = [
        {"base": 72, "currency_iso4217": "USD"},
        {"base": "7500", "currency_iso4217": "JPY", "tiers": []},
        {"base": 0, "currency_iso4217": "EUR", "tiers": [{"amount": 5}, {"amount": "2.5"}, {}]},
        {"base": None, "currency_iso4217": "GBP"},
        "?",
    ]
    assert cell(Record({"x": sets}), field) == "72.00 USD, 7,500 JPY, from 2.50 EUR"
    assert cell(Record({"x": sets[0]}), field) == "72.00 USD"
    assert full(Record({"x": sets[0]}), field)[0] == "Base: 72.00"
    assert cell(Record({"x": [{}]}), field) == "1 entry"
