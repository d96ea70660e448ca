"""Dates and periods in words, seen from fixed days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.dates import CalendarRangeError, is_date, is_datetime, read_period
from cotui.query import parse, to_wire
from tests.query.sample import BILL, TODAY


def period(text: str, today: str = "2026-11-22") -> tuple[str, str]:
    found = read_period(text, date.fromisoformat(today))
    assert found is not None
    return found.first.isoformat(), found.last.isoformat()


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("Yesterday", "2026-01-01", "2025-12-31"),
        ("tomorrow", "2024-02-28", "2024-02-29"),
        ("-30d", "2026-11-22", "2026-10-23"),
        ("+2w", "2026-11-22", "2026-12-06"),
        ("-3m", "2026-11-22", "2026-08-22"),
        ("-1m", "2026-03-31", "2026-02-28"),
        ("-1m", "2024-03-30", "2024-02-29"),
        ("+1m", "2026-12-31", "2027-01-31"),
        ("-1y", "2024-02-29", "2023-02-28"),
        ("+0d", "2026-11-22", "2026-11-22"),
        ("2026-03-31", "2026-11-22", "2026-03-31"),
    ],
)
def test_days(text: str, today: str, day: str) -> None:
    assert period(text, today) == (day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("this week", "2026-11-16", "2026-11-22"),  # the 22nd is a Sunday; weeks begin on Monday
        ("last week", "2026-11-09", "2026-11-15"),
        ("next  week", "2026-11-23", "2026-11-29"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("Last Month", "2026-10-01", "2026-10-31"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("next quarter", "2027-01-01", "2027-03-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    assert period(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-1", "20260331", "-d", "- 30d", "this day", "2026-Q5", "٢٠٢٦"]
)
def test_other_words(text: str) -> None:
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize("text", ["2026-02-29", "2026-00", "0000", "+8000y", "-999999d", "-2027y"])
def test_days_the_calendar_lacks(text: str) -> None:
    with pytest.raises(CalendarRangeError):
        read_period(text, TODAY)


def test_the_ends_of_the_calendar() -> None:
    assert period("this month", "9999-12-31") == ("9999-12-01", "9999-12-31")
    with pytest.raises(CalendarRangeError):
        read_period("next month", date.max)
    with pytest.raises(CalendarRangeError):
        read_period("last week", date.min)


@given(st.dates(), st.sampled_from(["week", "month", "quarter", "year"]))
def test_periods_meet_without_gap(today: date, unit: str) -> None:
    try:
        last, this, following = (read_period(f"{which} {unit}", today) for which in ("last", "this", "next"))
    except CalendarRangeError:
        assert today.year in (1, 9999)
        return
    assert last
    assert this
    assert following
    assert this.first <= today <= this.last
    assert (this.first - last.last).days == 1
    assert (following.first - this.last).days == 1


@given(st.dates(), st.integers(-20000, 20000), st.sampled_from("dwmy"))
def test_relative_days_move_in_the_right_direction(today: date, count: int, unit: str) -> None:
    try:
        found = read_period(f"{count:+d}{unit}", today)
    except CalendarRangeError:
        return
    assert found
    assert found.first == found.last
    assert (found.first > today) == (count > 0)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("date = 2026-03", "date:GTE:2026-03-01,date:LTE:2026-03-31"),
        ("date in today", "date:EQUALS:2026-11-22"),
        ("date > 2026-03", "date:GT:2026-03-31"),
        ("date >= 2026-03", "date:GTE:2026-03-01"),
        ("date < 2026-03", "date:LT:2026-03-01"),
        ("date <= 2026-03", "date:LTE:2026-03-31"),
        ("date != 2026-03-01", "date:NOTEQUALS:2026-03-01"),
        ('date = "this year"', "date:GTE:2026-01-01,date:LTE:2026-12-31"),
        ("date:CONTAINS:2026-03", "date:CONTAINS:2026-03"),
        ("date:EQUALS:2026-03-01", "date:EQUALS:2026-03-01"),
        ("date:GTE:-30d", "date:GTE:2026-10-23"),
    ],
)
def test_comparing_dates(typed: str, sent: str) -> None:
    assert to_wire(parse(typed, BILL, today=TODAY)).where == sent


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("created = today", r"GTE:2026-11-22 00\:00\:00 LTE:2026-11-22 23\:59\:59"),
        ("created in 2026-Q1", r"GTE:2026-01-01 00\:00\:00 LTE:2026-03-31 23\:59\:59"),
        ("created >= -1d", r"GTE:2026-11-21 00\:00\:00"),
        ("created > 2026-03-01", r"GT:2026-03-01 23\:59\:59"),
        ("created < 2026-03-01", r"LT:2026-03-01 00\:00\:00"),
        ("created <= 2026-03-01", r"LTE:2026-03-01 23\:59\:59"),
        ("created <= 2026-03-01 14:30", r"LTE:2026-03-01 14\:30"),
        ("created = 2026-03-10T01:01:49-05:00", r"EQUALS:2026-03-10T01\:01\:49-05\:00"),
        ('created = "2026-03-01"', "EQUALS:2026-03-01"),
        ("write_datetime:LTE:2026-03-01", "LTE:2026-03-01"),
    ],
)
def test_comparing_moments(typed: str, sent: str) -> None:
    expected = ",".join(f"write_datetime:{part}" for part in sent.replace(" LTE", "\0LTE").split("\0"))
    assert to_wire(parse(typed, BILL, today=TODAY)).where == expected


def test_forms_of_dates_and_moments() -> None:
    assert is_date("2026-03-31")
    assert not any(map(is_date, ("2026-02-30", "20260331", "2026-03-31 ", "2026-03-31 00:00")))
    good = ("2026-03-31", "2026-03-31 14:30", "2026-03-31T14:30:00Z", "2026-03-31 14:30:00+0530")
    assert all(map(is_datetime, good))
    assert not any(map(is_datetime, ("2026-03-31 24:01", "2026-03-31 14", "14:30", "2026-03-31 14:30 x")))
