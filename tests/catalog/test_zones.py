"""Time zones by name and by distance."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cotui.catalog.zones import distance, moment_of, zone_named


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Pacific/Auckland", 13), ("UTC", 0), ("+05:30", 5.5), ("-0700", -7), ("UTC-7", -7), ("+14", 14)],
)
def test_a_zone_is_named_or_told_by_its_distance(text: str, hours: float) -> None:
    assert datetime(2026, 1, 1).replace(tzinfo=zone_named(text)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "text", ["", "Mars/Olympus", "/etc/passwd", "../x", "+15:00", "+01:99", "America", "\0"]
)
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        zone_named(text)


def test_a_time_with_its_distance() -> None:
    moment = moment_of("2026-03-10T01:01:49-05:00")
    assert moment is not None
    assert distance(moment.utcoffset() or timedelta()) == "UTC-05:00"
    assert moment_of("2026-03-10T01:01:49Z") is not None
    assert moment_of("2026-03-10 01:01:49") is None
    assert distance(timedelta(hours=-3, minutes=-30)) == "UTC-03:30"
