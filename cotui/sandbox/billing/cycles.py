"""Pay cycles: how long they are, when the next one begins, how often one fits into another."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

_MONTHS = {"mon": 1, "2mn": 2, "qtr": 3, "six": 6, "yrl": 12}
_DAYS = {"1wk": 7, "2wk": 14}
#: "every billing cycle", of prices: as long as the subscription's own cycle, whatever that is
EVERY = "evy"
#: cycles that a subscription can have
CYCLES = frozenset(_MONTHS) | frozenset(_DAYS)

#: The service's nightly run makes invoices of a day one second after midnight (recorded).
_RUN = time(0, 0, 1)


def later(day: date, paycycle: str, cycles: int = 1) -> date:
    """The day that a number of cycles after another begins; the last of a month where it is too short.

    Raises:
        OverflowError: it lies after the year 9999.
    """
    if paycycle in _DAYS:
        return day + timedelta(days=_DAYS[paycycle] * cycles)
    month = day.month - 1 + _MONTHS.get(paycycle, 1) * cycles
    year = day.year + month // 12
    if year > date.max.year:
        raise OverflowError("after the end of the calendar")
    month = month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_after(anchor: date, paycycle: str, after: date) -> date:
    """The first day past `after` that lies whole cycles after the anchor."""
    if paycycle in _DAYS:
        length = _DAYS[paycycle]
        passed = max(0, (after - anchor).days // length)
    else:
        length = _MONTHS.get(paycycle, 1)
        months = (after.year - anchor.year) * 12 + after.month - anchor.month
        passed = max(0, months // length - 1)
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
    """Length of a cycle in months; 52 weeks are a year."""
    if paycycle in _DAYS:
        return Fraction(_DAYS[paycycle] // 7 * 12, 52)
    return Fraction(_MONTHS.get(paycycle, 1))


def run_of(day: date, zone: ZoneInfo) -> int:
    """Unix seconds at which the invoices of a day are made. Raises OverflowError beyond what datetimes hold."""
    return int(datetime.combine(day, _RUN, zone).timestamp())


def days_after(moment: int, days: int, zone: ZoneInfo) -> int:
    """Unix seconds of the same time of day a number of days later, whether or not clocks are changed meanwhile."""
    try:
        return int((datetime.fromtimestamp(moment, zone) + timedelta(days=days)).timestamp())
    except (OverflowError, ValueError):  # beyond the calendar, where no clocks are changed
        return moment + days * 86_400
