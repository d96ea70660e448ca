"""Dates and periods as people type them: `today`, `-30d`, `this month`, `2026-Q1`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

# Compiled when they are first used: the types of dates are loaded before the first screen.
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_RELATIVE = r"([+-])([0-9]{1,6})(d|w|m|y)"
_NAMED = r"(this|last|next)\s+(week|month|quarter|year)"
_YEAR = r"([0-9]{4})"
_MONTH = r"([0-9]{4})-([0-9]{2})"
_QUARTER = r"([0-9]{4})-?q([1-4])"
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STEP = {"last": -1, "this": 0, "next": 1}

#: what can be typed for a date, for messages and completion
EXAMPLES = ("2026-03-31", "today", "-30d", "this month", "2026-03", "2026-Q1", "2026")


class CalendarRangeError(ValueError):
    """A day the calendar does not have: 30 February, or a date outside the years 1 to 9999."""


class Period(NamedTuple):
    """Whole days from `first` to `last`, both included; a single day when they are equal."""

    first: date
    last: date


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar written YYYY-MM-DD."""
    if not re.fullmatch(_DAY, text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_datetime(text: str) -> bool:
    """Whether `text` is a moment that ChargeOver reads: date, blank or T, time, perhaps an offset."""
    if is_date(text):
        return True
    if not re.fullmatch(_TIME, text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_period(text: str, today: date) -> Period | None:
    """The days that `text` means, seen from `today`; None when it is no date or period.

    Weeks begin on Monday (ISO 8601). Months and years that end earlier than the day asked for give
    their last day: one month before 31 March is the last day of February.

    Raises:
        CalendarRangeError: the calendar has no such day.
    """
    word = text.strip().lower()
    try:
        return _day(word, today) or _period(word, today)
    except (ValueError, OverflowError) as error:
        raise CalendarRangeError(text) from error


def _day(word: str, today: date) -> Period | None:
    if word in _DAYS:
        day = today + timedelta(days=_DAYS[word])
    elif re.fullmatch(_DAY, word):
        day = date.fromisoformat(word)
    elif found := re.fullmatch(_RELATIVE, word):
        day = _moved(today, int(found[1] + found[2]), found[3])
    else:
        return None
    return Period(day, day)


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=count)
    if unit == "w":
        return day + timedelta(weeks=count)
    first = _first_of_month(day, count if unit == "m" else 12 * count)
    return min(first + timedelta(days=day.day - 1), _last_of_month(first))


def _first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _last_of_month(first: date) -> date:
    if (first.year, first.month) == (9999, 12):
        return date.max
    return _first_of_month(first, 1) - timedelta(days=1)


def _months(first: date, count: int) -> Period:
    return Period(first, _last_of_month(_first_of_month(first, count - 1)))


def _period(word: str, today: date) -> Period | None:
    if found := re.fullmatch(_NAMED, word):
        return _named(_STEP[found[1]], found[2], today)
    if found := re.fullmatch(_YEAR, word):
        return _months(date(int(found[1]), 1, 1), 12)
    if found := re.fullmatch(_MONTH, word):
        return _months(date(int(found[1]), int(found[2]), 1), 1)
    if found := re.fullmatch(_QUARTER, word):
        return _months(date(int(found[1]), int(found[2]) * 3 - 2, 1), 3)
    return None


def _named(step: int, unit: str, today: date) -> Period:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        return _months(_first_of_month(today, step), 1)
    if unit == "quarter":
        return _months(_first_of_month(today, step * 3 - (today.month - 1) % 3), 3)
    return _months(date(today.year + step, 1, 1), 12)
