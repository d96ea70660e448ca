"""Telephone numbers: texts of a usual length."""

from __future__ import annotations

from cotui.catalog import FieldType
from tests.catalog.types.support import same, shown, there_and_back


def test_a_number_stays_as_it_was_written() -> None:
    for number in ("+1 860 555 0100", "(860) 555-0100 ext. 7", "007"):
        assert shown(FieldType.PHONE, number) == there_and_back(FieldType.PHONE, number) == number
    assert not same(FieldType.PHONE, "007", "7")


def test_its_column_has_room_for_a_number_with_its_country() -> None:
    assert len("+1 860 555 0100") < FieldType.PHONE.width < FieldType.TEXT.width
