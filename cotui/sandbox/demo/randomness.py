"""Chance, names for things and days for the demo: the same on every machine and Python.

Only `random.Random.random()` is used, whose sequence Python promises to keep for a seed; `choice`, `randrange`
and the like may change between versions, and so may the last digits of `log` and `exp`.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = [a + b for a in _DIGITS for b in _DIGITS]
_TOKENS = 36**12
# Coprime to 36, so that multiplying by it only shuffles the numbers below _TOKENS: no token comes twice.
_STRIDE = 2_927_381_094_117_830_537
_DAY = 86_400


def _tokens(count: int) -> Iterator[str]:
    pairs = _PAIRS
    step = _STRIDE % _TOKENS
    number = count * step % _TOKENS
    while True:
        number += step
        if number >= _TOKENS:
            number -= _TOKENS
        high, low = divmod(number, 2_176_782_336)  # 36 ** 6
        high, high_end = divmod(high, 1296)
        low, low_end = divmod(low, 1296)
        yield (
            f"{pairs[low_end]}{pairs[high % 1296]}{pairs[low // 1296]}"
            f"{pairs[high_end]}{pairs[low % 1296]}{pairs[high // 1296]}"
        )


class Randomness:
    """All chance of one demo."""

    def __init__(self, seed: int) -> None:
        self.roll = random.Random(seed).random  # noqa: S311 - no secrets here
        #: twelve characters of [0-9a-z], never the same twice
        self.token: Callable[[], str] = _tokens(int(self.roll() * _TOKENS)).__next__

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely."""
        return choices[int(self.roll() * len(choices))]

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, `end`."""
        return int(self.roll() * end)

    def chance(self, share: float) -> bool:
        """True in this share of cases (0 to 1)."""
        return self.roll() < share

    def filled(self, pattern: str) -> str:
        """The pattern with a digit for each `#` and an upper-case letter for each `@`."""
        if "#" not in pattern and "@" not in pattern:
            return pattern
        roll = self.roll
        return "".join(
            [
                _DIGITS[int(roll() * 10)]
                if char == "#"
                else "ABCEGHJKLMNPRSTVXY"[int(roll() * 18)]
                if char == "@"
                else char
                for char in pattern
            ]
        )


class Calendar:
    """The days of the demo, counted from 0; `today` is the last of them.

    Times of day avoid the time zone's rules: from 05:00 UTC to 03:59 UTC of the next day it is the same
    calendar day in New York, in summer and in winter.
    """

    def __init__(self, today: date, days: int) -> None:
        first = today - timedelta(days=days)
        self.today = days
        self._first = first
        self._epoch = (first - date(1970, 1, 1)).days
        ordinal = first.toordinal()
        #: day number -> 'YYYY-MM-DD', some months past today for due dates and next cycles
        self.iso = [date.fromordinal(ordinal + day).isoformat() for day in range(days + 500)]
        #: numbers of the days that begin a month
        self.months = [day for day, text in enumerate(self.iso) if text.endswith("-01")]
        #: day number -> Unix seconds of the account's midnight (or one in the morning, in summer)
        self.nights = [(self._epoch + day) * _DAY + 18_000 for day in range(days + 500)]
        #: day number -> number of the day that begins the next month, as far as there is one
        self.next_months = [
            following
            for month, following in zip([0, *self.months], self.months, strict=False)
            for _ in range(month, following)
        ]

    def month_of(self, day: int) -> int:
        """Index in `months` of the month a day is in; the day must not precede the first of them."""
        return max(bisect_right(self.months, day) - 1, 0)

    def night(self, day: int, second: int) -> int:
        """Unix seconds in the hour after the account's midnight (or the one after that in summer)."""
        return self.nights[day] + second % 3600

    def office(self, day: int, second: int) -> int:
        """Unix seconds in office hours; on today itself in the first hour, so that it lies in the past."""
        if day >= self.today:
            return self.nights[day] + second % 3600
        return self.nights[day] + 30_000 + second % 28_800
