"""Cycles of payment: the next day, and shares of one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cotui.catalog.choices import PAY_CYCLE
from cotui.sandbox.billing.cycles import CYCLES, later, months, next_after, share


def test_cycles() -> None:
    assert later(date(2024, 1, 31), "mon") == date(2024, 2, 29)
    assert later(date(2026, 11, 30), "qtr") == date(2027, 2, 28)
    assert later(date(2026, 3, 1), "2wk", 2) == date(2026, 3, 29)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 3, 24)) == date(2015, 4, 19)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 4, 19)) == date(2015, 5, 19)
    assert next_after(date(2030, 1, 1), "1wk", date(2026, 1, 1)) == date(2030, 1, 1)
    for cycle in CYCLES:
        for days in range(0, 900, 7):
            after = date(2024, 1, 31) + timedelta(days=days)
            found = next_after(date(2024, 1, 31), cycle, after)
            assert after < found <= later(after, cycle) + timedelta(days=3), cycle
    assert [int(each) for each in (share("qtr", "mon"), share("mon", "evy"), share("mon", "yrl") * 12)] == [
        3,
        1,
        1,
    ]
    with pytest.raises(OverflowError):
        later(date(9999, 12, 1), "mon")


#: How long each cycle of the documentation is; a year has 52 weeks, or 365 days.
LENGTHS = {
    "dly": Fraction(12, 365),
    "1wk": Fraction(12, 52),
    "2wk": Fraction(24, 52),
    "116": Fraction(1, 2),
    "4wk": Fraction(48, 52),
    "8wk": Fraction(96, 52),
    "30d": Fraction(360, 365),
    "mon": Fraction(1),
    "2mn": Fraction(2),
    "12w": Fraction(144, 52),
    "qtr": Fraction(3),
    "six": Fraction(6),
    "yrl": Fraction(12),
    "2yr": Fraction(24),
    "3yr": Fraction(36),
    "4yr": Fraction(48),
    "5yr": Fraction(60),
    "10y": Fraction(120),
}


def test_all_cycles_are_known() -> None:
    assert set(LENGTHS) == CYCLES == {choice.value for choice in PAY_CYCLE}
    assert {cycle: months(cycle) for cycle in LENGTHS} == LENGTHS
    assert share("yrl", "116") == 24


@pytest.mark.parametrize(
    ("cycle", "following"),
    [
        ("dly", "2026-02-01 2026-02-02"),
        ("1wk", "2026-02-07 2026-02-14"),
        ("2wk", "2026-02-14 2026-02-28"),
        ("116", "2026-02-01 2026-02-16"),
        ("4wk", "2026-02-28 2026-03-28"),
        ("8wk", "2026-03-28 2026-05-23"),
        ("30d", "2026-03-02 2026-04-01"),
        ("mon", "2026-02-28 2026-03-31"),
        ("2mn", "2026-03-31 2026-05-31"),
        ("12w", "2026-04-25 2026-07-18"),
        ("qtr", "2026-04-30 2026-07-31"),
        ("six", "2026-07-31 2027-01-31"),
        ("yrl", "2027-01-31 2028-01-31"),
        ("2yr", "2028-01-31 2030-01-31"),
        ("3yr", "2029-01-31 2032-01-31"),
        ("4yr", "2030-01-31 2034-01-31"),
        ("5yr", "2031-01-31 2036-01-31"),
        ("10y", "2036-01-31 2046-01-31"),
    ],
)
def test_the_next_days_of_each_cycle(cycle: str, following: str) -> None:
    anchor = date(2026, 1, 31)
    first = next_after(anchor, cycle, anchor)
    second = next_after(anchor, cycle, first)
    assert f"{first} {second}" == following
    assert (later(anchor, cycle), later(anchor, cycle, 2), later(anchor, cycle, 0)) == (first, second, anchor)


def test_the_calendar_ends() -> None:
    for cycle in CYCLES:
        with pytest.raises(OverflowError):
            later(date(9999, 12, 31), cycle)
