"""Values of conditions, as they arrive and as SQLite compares with them."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from cotui.sandbox.database.query_values import boolean, day, minor_units, moment, number

ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), (" -7.0 ", -7), (".5", 0.5), ("9" * 30, float("9" * 30)), ("+1", 1)]
)
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value
    assert type(number(text)) is type(value)


def test_amounts_finer_than_their_currency_are_kept() -> None:
    assert minor_units("10.95", 2) == 1095
    assert minor_units("10.955", 2) == 1095.5


def test_flags_and_days() -> None:
    assert [boolean(text) for text in ("1", "True", " no ", "0")] == [1, 1, 0, 0]
    assert day("2026-03-15T23:00:00Z") == "2026-03-15"


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
    assert moment(text, ZONE) == seconds


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (number, "1e5"),
        (number, "1" * 401),
        (boolean, "maybe"),
        (day, "2026-02-30"),
        (day, "today"),
        (lambda text: moment(text, ZONE), "2026-13-01"),
        (lambda text: moment(text, ZONE), "noon"),
    ],
)
def test_what_is_none(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(text)
