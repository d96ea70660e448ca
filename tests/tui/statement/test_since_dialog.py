"""The line that asks since which day."""

from __future__ import annotations

from datetime import date

import pytest

from cotui.tui.statement.since_dialog import day_meant

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("today", TODAY),
        ("-30d", date(2026, 2, 14)),
        ("this year", date(2026, 1, 1)),
        ("2025-12", date(2025, 12, 1)),
    ],
)
def test_days_are_typed_as_in_filters(text: str, day: date) -> None:
    assert day_meant(text, TODAY) == day


@pytest.mark.parametrize("text", ["whenever", "2026-02-30", '" or date = today', "12"])
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        day_meant(text, TODAY)
