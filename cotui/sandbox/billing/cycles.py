"""Pay cycles: how long they are, when the next one begins, how often one fits into another."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

_MONTHS = {
    "mon": 1,
    "2mn": 2,
    "qtr": 3,
    "six": 6,
    "yrl": 12,
    "2yr": 24,
    "3yr": 36,
    "4yr": 48,
    "5yr": 60,
    "10y": 120,
}
_DAYS = {"dly": 1, "1wk": 7, "2wk": 14, "4wk": 28, "30d": 30, "8wk": 56, "12w": 84}
#: on the 1st and the 16th of each month
_HALVES = "116"
_SIXTEENTH = 16
#: "every billing cycle", of prices: as long as the subscription's own cycle, whatever that is
EVERY = "evy"
#: cycles that a subscription can have (create-a-subscription)
CYCLES = frozenset(_MONTHS) | frozenset(_DAYS) | {_HALVES}

#: The service's nightly run makes invoices of a day one second after midnight (recorded).
_RUN = time(0, 0, 1)


def later(day: date, paycycle: str, cycles: int = 1) -> date:
    """The day that a number of cycles after another begins; the last of a month where it is too short.

    Raises:
        OverflowError: it lies after the year 9999.
    """
    if paycycle in _DAYS:
        return day + timedelta(days=_DAYS[paycycle] * cycles)
    if paycycle == _HALVES:
        return _half(_half_of(day) + cycles) if cycles else day
    year, month = _month(day, _MONTHS.get(paycycle, 1) * cycles)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _month(day: date, months: int) -> tuple[int, int]:
    """Year and month that lie a number of months after a day.

    Raises:
        OverflowError: after the year 9999.
    """
    month = day.month - 1 + months
    year = day.year + month // 12
    if year > date.max.year:
        raise OverflowError("after the end of the calendar")
    return year, month % 12 + 1


def _half_of(day: date) -> int:
    """The number of a day's half of a month: of all halves since the year 0."""
    return (day.year * 12 + day.month - 1) * 2 + (day.day >= _SIXTEENTH)


def _half(number: int) -> date:
    """The first day of a half of a month.

    Raises:
        OverflowError: it lies after the year 9999.
    """
    year, month = divmod(number // 2, 12)
    if year > date.max.year:
        raise OverflowError("after the end of the calendar")
    return date(year, month + 1, _SIXTEENTH if number % 2 else 1)


def next_after(anchor: date, paycycle: str, after: date) -> date:
    """The first day past `after` that lies whole cycles after the anchor."""
    if paycycle in _DAYS:
        passed = max(0, (after - anchor).days // _DAYS[paycycle])
    elif paycycle == _HALVES:
        passed = max(0, _half_of(after) - _half_of(anchor))
    else:
        months = (after.year - anchor.year) * 12 + after.month - anchor.month
        passed = max(0, months // _MONTHS.get(paycycle, 1) - 1)
    # always counted from the anchor: a month that is too short must not move the day for good
    while (day := later(anchor, paycycle, passed)) <= after:
        passed += 1
    return day


def share(paycycle: str, of: str) -> Fraction:
    """How many cycles of prices (`of`) a subscription's cycle covers: 3 for monthly prices billed quarterly.

    A price for every cycle, or for one that is not known, covers just the subscription's.
    """
    if of in (paycycle, EVERY):
        return Fraction(1)
    return months(paycycle) / months(of)


def months(paycycle: str) -> Fraction:
    """Length of a cycle in months; 52 weeks are a year, and so are 365 days."""
    if paycycle == _HALVES:
        return Fraction(1, 2)
    days = _DAYS.get(paycycle)
    if days is None:
        return Fraction(_MONTHS.get(paycycle, 1))
    return Fraction(days // 7 * 12, 52) if days % 7 == 0 else Fraction(days * 12, 365)


def run_of(day: date, zone: ZoneInfo) -> int:
    """Unix seconds at which the invoices of a day are made. Raises OverflowError beyond what datetimes hold."""
    return int(datetime.combine(day, _RUN, zone).timestamp())


def days_after(moment: int, days: int, zone: ZoneInfo) -> int:
    """Unix seconds of the same time of day a number of days later, whether or not clocks are changed meanwhile."""
    try:
        return int((datetime.fromtimestamp(moment, zone) + timedelta(days=days)).timestamp())
    except (OverflowError, ValueError):  # beyond the calendar, where no clocks are changed
        return moment + days * 86_400
