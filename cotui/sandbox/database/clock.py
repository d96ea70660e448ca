"""The account's clock: the one source of "now" and "today" in the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

#: time zone of an account that says nothing else, such as the demo's
DEFAULT_TIMEZONE = "America/New_York"

#: Answers the present moment as an aware datetime.
NowSource = Callable[[], datetime]


def system_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Clock:
    """Now and today of an account; statuses and overdue days follow it.

    Args:
        timezone: IANA name; decides when a day begins and with which offset datetimes are served.
        now: where the present moment comes from; tests inject a fixed one.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such time zone.
    """

    def __init__(self, timezone: str, now: NowSource = system_now) -> None:
        self.zone = ZoneInfo(timezone)
        self._now = now

    def stopped(self) -> Clock:
        """The same clock, standing still: all of one request happens at one moment, also at midnight."""
        moment = self._now()
        return Clock(self.zone.key, lambda: moment)

    def now(self) -> datetime:
        """The present moment in the account's time zone."""
        return self._now().astimezone(self.zone)

    def today(self) -> date:
        """The account's day."""
        return self.now().date()

    def iso(self, seconds: int) -> str:
        """Unix seconds as ChargeOver's newer datetime: `2026-03-10T01:01:49-05:00`."""
        return datetime.fromtimestamp(seconds, self.zone).isoformat()


@lru_cache(maxsize=8)
def tomorrow(today: date, zone: ZoneInfo) -> int:
    """Unix seconds at which the day after `today` begins."""
    return int(datetime.combine(today + timedelta(days=1), time(), zone).timestamp())
