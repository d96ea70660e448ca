"""The account's clock: its zone is known everywhere, it can stand still, and days are the calendar's."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cotui.sandbox.billing.cycles import days_after
from cotui.sandbox.database.clock import DEFAULT_TIMEZONE, Clock

#: changes by an hour and by half an hour, at night and at midnight, on both halves of the world, and none
ZONES = (
    DEFAULT_TIMEZONE, "America/Los_Angeles", "America/Havana", "Europe/Berlin", "Asia/Beirut", "Australia/Lord_Howe",
    "Pacific/Auckland", "UTC",
)  # fmt: skip


def test_its_zone_is_known_where_the_system_has_no_zones() -> None:
    code = f"from cotui.sandbox.database.clock import Clock; print(Clock({DEFAULT_TIMEZONE!r}).now().utcoffset())"
    env = os.environ | {"PYTHONTZPATH": ""}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("-1 day, ")


def test_a_stopped_clock_stands_still() -> None:
    moments = iter(datetime(2028, 12, 31, 23, 59, 59, tzinfo=UTC) + timedelta(hours=n) for n in range(9))
    clock = Clock(DEFAULT_TIMEZONE, lambda: next(moments))
    stopped = clock.stopped()
    assert stopped.now() == stopped.now()
    assert stopped.now().utcoffset() == timedelta(hours=-5)
    assert clock.now() > stopped.now()


@given(
    begin=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    days=st.integers(0, 400),
    zone=st.sampled_from(ZONES),
)
@example(begin=datetime(2026, 3, 7, 23, 30), days=1, zone=DEFAULT_TIMEZONE)
@example(begin=datetime(2026, 10, 31, 0, 30), days=1, zone=DEFAULT_TIMEZONE)
@example(begin=datetime(2028, 2, 28, 12), days=1, zone="Pacific/Auckland")
def test_days_later_it_is_the_same_time_of_day(begin: datetime, days: int, zone: str) -> None:
    place = ZoneInfo(zone)
    moment = int(begin.replace(microsecond=0, tzinfo=place).timestamp())
    # the clock shows another time than the one that was meant where that time is skipped
    shown = datetime.fromtimestamp(moment, place)
    expected = (shown + timedelta(days=days)).replace(tzinfo=None)
    later = datetime.fromtimestamp(days_after(moment, days, place), place)
    there_is = expected.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None)
    assert later.replace(tzinfo=None) == there_is
    assert there_is - expected in (timedelta(), timedelta(hours=1), timedelta(minutes=30))


@pytest.mark.parametrize("days", [3_000_000, 10**12, 2**62])
def test_beyond_the_calendar_days_go_on(days: int) -> None:
    assert days_after(0, days, ZoneInfo(DEFAULT_TIMEZONE)) == days * 86_400
