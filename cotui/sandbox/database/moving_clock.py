"""The account's present moment when it can be frozen and moved: kept in the database, so it outlives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from cotui.catalog.types.datetime import sent_moment
from cotui.sandbox.database.clock import NowSource
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.envelope import BadRequestError

#: Where a clock can be moved to: far enough from the ends of Python's calendar for any due date.
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_FROZEN, _OFFSET = "frozen_clock", "clock_offset"


class _Move(msgspec.Struct, forbid_unknown_fields=True):
    now: str | None = None
    frozen: bool | None = None
    days: int = 0
    seconds: int = 0
    bill: bool | None = None


class MovingClock:
    """Answers the present moment: the machine's, a frozen one, or one that runs ahead or behind.

    Args:
        store: holds the account's time zone and where its clock stands.
        source: the machine's clock.
    """

    def __init__(self, store: Store, source: NowSource) -> None:
        self._store = store
        self._zone = ZoneInfo(store.timezone)
        self._source = source
        self._frozen: datetime | None = None
        self._offset = timedelta()
        self.read()

    def __call__(self) -> datetime:
        return self._frozen or self._source() + self._offset

    def read(self) -> None:
        """Takes over what the database says."""
        frozen, offset = self._store.meta(_FROZEN), self._store.meta(_OFFSET)
        self._frozen = None if frozen is None else datetime.fromtimestamp(int(frozen), UTC)
        self._offset = timedelta(seconds=int(offset or 0))

    def today(self) -> date:
        """The account's day."""
        return self().astimezone(self._zone).date()

    def served(self) -> dict[str, Any]:
        """How the clock stands, as `GET /_sandbox/clock` shows it."""
        now = self._source()
        offset = self._frozen - now if self._frozen else self._offset
        now = (now + offset).astimezone(self._zone)
        return {
            "now": now.isoformat(timespec="seconds"),
            "today": now.date().isoformat(),
            "timezone": self._store.timezone,
            "frozen": self._frozen is not None,
            "offset": int(offset.total_seconds()),
        }

    def move(self, payload: Mapping[str, Any]) -> bool:
        """Moves the clock as a body of `PUT /_sandbox/clock` asks; answers whether subscriptions are to be billed.

        `now` sets the moment, `days` (of the account's calendar) and `seconds` move it; `frozen` says whether it
        stands still from then on. A clock that is set stands still unless told otherwise; one that is moved goes
        on as before. What has become due is billed when the clock goes forward, unless `bill` says otherwise.

        Raises:
            BadRequestError: it makes no sense, or leads out of the years 1980 to 2199.
        """
        try:
            wanted = msgspec.convert(payload, _Move)
            before = now = self()
            if wanted.now is not None:
                now = datetime.fromtimestamp(sent_moment(wanted.now, self._zone), UTC)
            # a day later is the same time of the next day, also where clocks are changed between the two
            now = (now.astimezone(self._zone) + timedelta(days=wanted.days)).astimezone(UTC)
            now += timedelta(seconds=wanted.seconds)
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            raise BadRequestError(f"This clock is not understood: {error}") from error
        if not _EARLIEST <= now < _LATEST:
            raise BadRequestError("The clock goes from 1980 to 2199.")
        frozen = wanted.frozen
        if frozen is None:
            frozen = self._frozen is not None or wanted.now is not None
        self._keep(now if frozen else None, timedelta() if frozen else now - self._source())
        return now > before if wanted.bill is None else wanted.bill

    def release(self) -> None:
        """Back to the machine's clock."""
        self._keep(None, timedelta())

    def _keep(self, frozen: datetime | None, offset: timedelta) -> None:
        seconds = round(offset.total_seconds())
        values = {
            _FROZEN: None if frozen is None else str(int(frozen.timestamp())),
            _OFFSET: str(seconds) if seconds else None,
        }
        with self._store.write() as connection:
            connection.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in values])
            rows = [(key, value) for key, value in values.items() if value is not None]
            connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", rows)
        self.read()
