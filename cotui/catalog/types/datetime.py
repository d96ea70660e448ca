"""Moments: ISO 8601 with an offset, or "YYYY-MM-DD HH:MM:SS" in the account's own time."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cotui.catalog.dates import is_datetime
from cotui.catalog.field import Field, Values
from cotui.catalog.spelling import text_of
from cotui.catalog.types.date import SENT_TIME, WEEKDAYS, Date, begins_with_date, day_of, first_day

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: Years 2 to 9998: one day before or after them is still a date in every time zone.
_FIRST_MOMENT, _LAST_MOMENT = -62_104_060_800, 253_370_764_800


class Datetime(Date):
    """In a table to the minute, on a page with weekday and zone."""

    width, report_width = 16, 19
    rank = 4
    expected = 'a date such as today, -30d or "2026-03-31 14:30:00"'
    examples = (*Date.examples, '"2026-03-31 14:30:00"')
    described = "a time"
    storage = "moment"

    def cell(self, value: Any, field: Field, values: Values) -> str:
        if begins_with_date(value) and len(value) >= 16 and value[13] == ":":
            return f"{value[:10]} {value[11:16]}"
        return text_of(value)

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        day = day_of(value) if begins_with_date(value) and len(value) >= 16 else None
        if day is None:
            return text_of(value).split("\n")
        clock = value[11:]
        at = max(clock.rfind("+"), clock.rfind("-"))
        if at > 0:
            clock = f"{clock[:at]} {clock[at:]}"
        elif clock.endswith("Z"):
            clock = f"{clock[:-1]} UTC"
        else:  # the older form
            clock = f"{clock} account time"
        return [f"{value[:10]} {clock} · {WEEKDAYS[day.weekday()]}"]

    def fits(self, text: str) -> bool:
        return is_datetime(text)

    def bounds(self, first: date, last: date) -> tuple[str, str]:
        # Seconds are the finest ChargeOver knows, so this includes all of the last day.
        return f"{first.isoformat()} 00:00:00", f"{last.isoformat()} 23:59:59"

    def parsed(self, text: str, field: Field, today: date) -> object:
        if is_datetime(text):
            return text
        try:
            return first_day(text, today).isoformat()
        except ValueError as error:
            raise ValueError("a time such as 2026-03-31 14:30:00, or a date") from error

    def resolved(self, text: str, field: Field, today: date) -> str:
        return ""

    def read(self, sent: Any, field: Field, zone: ZoneInfo) -> Any:
        if sent is None or sent == "":
            return None
        seconds = sent_moment(sent, zone)
        if not _FIRST_MOMENT <= seconds <= _LAST_MOMENT:
            raise ValueError("out of range")
        return seconds


def sent_moment(sent: Any, zone: ZoneInfo) -> int:
    """A datetime of a request as Unix seconds; without an offset in `zone`, a date alone at its midnight.

    Raises:
        ValueError: it is not a date or datetime.
    """
    found = re.fullmatch(SENT_TIME, sent.strip()) if isinstance(sent, str) else None
    if found is None:
        raise ValueError(f"not a datetime: {str(sent)[:40]!r}")
    offset = (found[4] or "").upper().replace("Z", "+00:00")
    parsed = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{found[3] or ':00'}{offset}")
    try:
        return int((parsed if offset else parsed.replace(tzinfo=zone)).timestamp())
    except OverflowError as error:
        raise ValueError(f"out of range: {str(sent)[:40]!r}") from error


TYPE = Datetime()
