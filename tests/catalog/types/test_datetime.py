"""Moments: to the minute in a table, with weekday and zone in full."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import FieldType
from tests.catalog.types.support import in_full, shown, typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-03-01T14:05:59-05:00", "2026-03-01 14:05"),
        ("2026-03-01 14:05:59", "2026-03-01 14:05"),
        ("2026-03-01", "2026-03-01"),
        ("soon", "soon"),
    ],
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.DATETIME, value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03-10T01:01:49-05:00", "2026-03-10 01:01:49 -05:00 · Tuesday"),
        ("2026-03-10T01:01:49+0530", "2026-03-10 01:01:49 +0530 · Tuesday"),
        ("2026-03-10T01:01:49Z", "2026-03-10 01:01:49 UTC · Tuesday"),
        ("2015-05-12 12:51:25", "2015-05-12 12:51:25 account time · Tuesday"),
        ("2026-99-10T01:01:49Z", "2026-99-10T01:01:49Z"),
        ("later", "later"),
    ],
)
def test_a_datetime_in_full_keeps_its_offset(value: str, expected: str) -> None:
    assert in_full(FieldType.DATETIME, value) == [expected]


def test_what_is_no_time_is_told_in_words() -> None:
    with pytest.raises(ValueError, match="a time such as"):
        typed(FieldType.DATETIME, "noon")
