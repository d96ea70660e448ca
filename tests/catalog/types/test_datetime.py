"""Moments: to the minute in a table, with weekday and zone in full."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cotui.catalog import FieldType
from cotui.catalog.types.datetime import sent_moment
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


ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-03-15", 1773547200),
        ("2026-03-15 00:00", 1773547200),
        ("2026-03-15T04:00:00Z", 1773547200),
        ("2026-03-15T05:00:00.25+0100", 1773547200),
    ],
)
def test_moments_without_an_offset_are_in_the_accounts_zone(text: str, seconds: int) -> None:
    assert sent_moment(text, ZONE) == seconds


@pytest.mark.parametrize("text", ["2026-13-01", "noon"])
def test_what_is_no_moment_of_a_condition(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        sent_moment(text, ZONE)
