"""Lists of sub-objects."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.api import Record
from cotui.catalog import FieldType
from cotui.tui.base.format import cell
from tests.catalog.types.support import made, shown


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
