"""Texts of several lines."""

from __future__ import annotations

from cotui.catalog import FieldType
from tests.catalog.types.support import in_full, shown


def test_lines_are_marked_in_a_table_and_kept_in_full() -> None:
    assert shown(FieldType.MULTILINE, "1 Road\r\nTown") == "1 Road⏎Town"
    assert in_full(FieldType.MULTILINE, "1 Road\r\nTown\r\n") == ["1 Road", "Town", ""]
