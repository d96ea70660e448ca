"""Days: shown, and typed in the words of the filter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import Record
from cotui.catalog import FieldType
from cotui.catalog.types.date import sent_day
from cotui.tui.base.format import full
from tests.catalog.types.support import TODAY, made, shown, there_and_back, typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T10:00:00-05:00", "2026-03-01"),
        ("Sep 14, 2017", "Sep 14, 2017"),
        (20260301, "20260301"),
    ],
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.DATE, value) == text


DUE = made(FieldType.DATE, "due_date")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, "2026-03-01 · Sunday · due in 4 days"),
        ({"balance": 5, "is_overdue": False, "days_overdue": 0}, "2026-03-01 · Sunday · due in 4 days"),
        ({"is_overdue": True, "days_overdue": 12}, "2026-03-01 · Sunday · 12 days overdue"),
        ({"is_overdue": "1", "days_overdue": "1"}, "2026-03-01 · Sunday · 1 day overdue"),
        ({"is_overdue": False, "is_paid": True, "days_overdue": 76}, "2026-03-01 · Sunday"),
        ({"is_void": 1}, "2026-03-01 · Sunday"),
        ({"balance": 0}, "2026-03-01 · Sunday"),
    ],
)
def test_a_due_date_says_how_late_it_is(record: dict[str, Any], expected: str) -> None:
    assert full(Record({"due_date": "2026-03-01", **record}), DUE, today=date(2026, 2, 25)) == [expected]


def test_a_due_date_compared_with_today() -> None:
    record = Record({"due_date": "2026-03-01"})
    assert full(record, DUE) == ["2026-03-01 · Sunday"]
    assert full(record, DUE, today=date(2026, 3, 1))[0].endswith("due today")
    assert full(record, DUE, today=date(2026, 3, 3))[0].endswith("2 days ago")  # overdue is the server's word
    assert full(Record({"due_date": "2026-02-31"}), DUE, today=date(2026, 3, 3)) == ["2026-02-31"]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_come_back(day: date) -> None:
    assert there_and_back(FieldType.DATE, day.isoformat()) == day.isoformat()


def resolved(text: str) -> str:
    return FieldType.DATE.resolved(text, made(FieldType.DATE), TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", "2026-03-16"),
        ("+30d", "2026-04-15"),
        ("-1w", "2026-03-09"),
        ("2026-05", "2026-05-01"),
        ("next month", "2026-04-01"),
        ("2026-Q3", "2026-07-01"),
    ],
)
def test_words_for_dates_are_those_of_the_filter(text: str, meant: str) -> None:
    assert typed(FieldType.DATE, text) == meant
    assert resolved(text).startswith(f"{meant}, ")


def test_the_weekday_is_said_with_a_date() -> None:
    assert resolved("2026-03-16") == "2026-03-16, Monday"
    assert resolved("soon") == ""
    assert FieldType.TEXT.resolved("today", made(FieldType.TEXT), TODAY) == ""


@pytest.mark.parametrize(
    ("text", "words"), [("soon", "a date such as 2026-03-31"), ("2026-02-30", "a day that the calendar has")]
)
def test_what_is_no_date_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        typed(FieldType.DATE, text)


def test_of_conditions() -> None:
    assert sent_day("2026-03-15T23:00:00Z") == "2026-03-15"


@pytest.mark.parametrize("text", ["2026-02-30", "today"])
def test_what_is_no_day_of_a_condition(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        sent_day(text)
