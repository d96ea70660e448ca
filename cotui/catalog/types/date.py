"""Days: YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date, tzinfo
from typing import Any

from cotui.catalog.dates import EXAMPLES, CalendarRangeError, is_date, read_period
from cotui.catalog.field import Field, FieldType, Storage, Values
from cotui.catalog.spelling import finite, text_of
from cotui.catalog.types.boolean import yes_or_no

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: a date, or a date and time, of a request
SENT_TIME = r"(?ai:(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(?: ?(Z|[+-]\d\d:?\d\d))?)?)"


class Date(FieldType):
    """On a page with its weekday; in a form whatever `read_period` understands, and its first day is meant."""

    width, report_width = 10, 12
    rank = 1
    family = "time"
    expected = "a date such as 2026-03-31, today, -30d or this month"
    examples: tuple[str, ...] = EXAMPLES
    described = "a date"
    verbatim = False
    nothing: object = None
    storage: Storage = "day"

    def cell(self, value: Any, field: Field, values: Values) -> str:
        return value[:10] if begins_with_date(value) else text_of(value)

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        text = self.cell(value, field, values)
        day = day_of(text) if begins_with_date(value) else None
        if day is None:
            return text.split("\n")
        words = [text, WEEKDAYS[day.weekday()]]
        if field.name == "due_date" and (due := _due(day, values, today)):
            words.append(due)
        return [" · ".join(words)]

    def fits(self, text: str) -> bool:
        return is_date(text)

    def parsed(self, text: str, field: Field, today: date) -> object:
        return first_day(text, today).isoformat()

    def resolved(self, text: str, field: Field, today: date) -> str:
        try:
            day = first_day(text.strip(), today)
        except ValueError:
            return ""
        return f"{day.isoformat()}, {WEEKDAYS[day.weekday()]}"

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        return None if sent is None or sent == "" else sent_day(sent)


def begins_with_date(text: Any) -> bool:
    """Whether a value is a text that begins with YYYY-MM-DD, be it a day of the calendar or not."""
    return (
        isinstance(text, str)
        and len(text) >= 10
        and text[4] == text[7] == "-"
        and (text[:4] + text[5:7] + text[8:10]).isdecimal()
        and (len(text) == 10 or text[10] in "T ")
    )


def day_of(text: str) -> date | None:
    """The day of the calendar that a text begins with."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def first_day(text: str, today: date) -> date:
    """The first day of what was typed: `today`, `+30d`, `next month`.

    Raises:
        ValueError: it is no date; the message says what would be.
    """
    try:
        period = read_period(text, today)
    except CalendarRangeError as error:
        raise ValueError("a day that the calendar has") from error
    if period is None:
        raise ValueError("a date such as 2026-03-31, today, +30d or next month")
    return period.first


def sent_day(sent: Any) -> str:
    """A date of a request, of a datetime too, as `YYYY-MM-DD`. Raises ValueError where it is not a date."""
    found = re.fullmatch(SENT_TIME, sent.strip()) if isinstance(sent, str) else None
    if found is None:
        raise ValueError(f"not a date: {str(sent)[:40]!r}")
    return date.fromisoformat(found[1]).isoformat()


def _due(day: date, values: Values, today: date | None) -> str:
    """How late an open amount is, in words. That it is overdue, and for how long, only the server says.

    A paid invoice keeps its `days_overdue`, so that number alone says nothing (chargeover-api, 11.2).
    """
    days = finite(values.get("days_overdue"))
    if days and days > 0 and yes_or_no(values.get("is_overdue")) == "yes":
        return f"{days:.0f} {_days(days)} overdue"
    settled = any(yes_or_no(values.get(name)) == "yes" for name in ("is_paid", "is_void"))
    if settled or today is None or finite(values.get("balance")) == 0:
        return ""
    left = (day - today).days
    if left == 0:
        return "due today"
    return f"due in {left} {_days(left)}" if left > 0 else f"{-left} {_days(-left)} ago"


def _days(count: float) -> str:
    return "day" if count == 1 else "days"
