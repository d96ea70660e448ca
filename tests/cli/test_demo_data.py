"""The demo's day and its data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cotui.cli.demo_data import account_today, begin


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 10, 3, 59, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 3, 10, 4, 0, tzinfo=UTC), date(2026, 3, 10)),
    ],
)
def test_the_demo_s_day_is_its_account_s(now: datetime, day: date) -> None:
    assert account_today(lambda: now) == day


def test_data_of_another_number_or_seed_is_other_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("cotui.cli.demo_data.start_building", lambda *given: asked.append(given))
    monkeypatch.setattr("cotui.cli.demo_data.account_today", lambda: date(2026, 3, 16))
    begin(7, 3, {"COTUI_CACHE_DIR": str(tmp_path)})
    assert asked == [(7, 3, date(2026, 3, 16), tmp_path)]
