"""Which day it is in an account: what "30 days", "this month" and "due today" count from.

It is the account's day, not this machine's: at noon in Auckland it is still yesterday in Los Angeles. The API says
nowhere in which zone an account is, so three are asked, in this order: the profile's `timezone`; how far from UTC the
times in the server's answers are, of which the latest counts, for clocks are changed twice a year; this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, Literal

from cotui.catalog.field import FieldType
from cotui.catalog.zones import distance, moment_of, zone_named

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.catalog import Resource

Source = Literal["profile", "server", "machine"]

#: a time in the future says nothing of the offset of today: clocks may be changed until then
_AHEAD: Final = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


class AccountDay:
    """The day of an account, and who says so.

    Args:
        timezone: the profile's setting, empty for none.
        latest: the latest time that answers held so far, as text; empty for none.
        now: answers the present moment, aware of its zone.
        whose: who has set `timezone`.

    Raises:
        ValueError: there is no such `timezone`.

    Attributes:
        source: who says which zone it is.
        latest: the latest time that answers held, as text; its offset is the account's.
    """

    def __init__(
        self,
        timezone: str = "",
        latest: str = "",
        now: Callable[[], datetime] = _now,
        *,
        whose: str = "the profile's",
    ) -> None:
        self._now = now
        self._whose = whose
        self._zone: tzinfo | None = None
        self._name = ""
        self._taught_by: object = None
        self.latest = ""
        self.source: Source = "machine"
        if timezone:
            self._zone, self._name, self.source = zone_named(timezone), timezone, "profile"
        self._take(moment_of(latest))

    def now(self) -> datetime:
        """The present moment, as clocks have it there."""
        return self._now().astimezone(self._zone)

    def today(self) -> date:
        """The day it is there."""
        return self.now().date()

    @property
    def timezone(self) -> str:
        """The zone by its name, or by its distance from UTC."""
        return self._name or distance(self.now().utcoffset() or timedelta())

    def words(self) -> str:
        """Which day it is and who says so, for people."""
        today = self.today().isoformat()
        if self.source == "profile":
            return f"today is {today} in {self.timezone}, {self._whose} time zone"
        if self.source == "server":
            return f"today is {today} at {self.timezone}, as the server's answers have it"
        return f"today is {today} on this machine; the account's time zone is not known"

    def learn(self, source: object, rows: Iterable[Record], resource: Resource) -> bool:
        """Look at the first rows of a source; its later ones teach the same.

        Returns:
            Whether it is another day now.
        """
        rows = list(rows)
        if self.source == "profile" or source is self._taught_by or not rows:
            return False
        self._taught_by = source
        before = self.today()
        names = [field.name for field in resource.fields if field.type is FieldType.DATETIME]
        found = (moment_of(row.raw.get(name)) for row in rows for name in names)
        limit = self._now() + _AHEAD
        self._take(max((moment for moment in found if moment is not None and moment <= limit), default=None))
        return self.today() != before

    async def ask(self, api: Api) -> None:
        """Learn from the newest customer, where nobody has said yet which zone it is; one request.

        Raises:
            ApiError: it could not be read.
        """
        from cotui.catalog.objects.customer import CUSTOMER
        from cotui.query import Query

        if self.source == "machine":
            newest = Query().ordered_by(CUSTOMER.primary_key, descending=True)
            self.learn(object(), (await api.page(CUSTOMER, newest, 0, 1)).rows, CUSTOMER)

    def _take(self, moment: datetime | None) -> None:
        known = moment_of(self.latest)
        if self.source == "profile" or moment is None or (known is not None and moment < known):
            return
        self.latest, self._zone, self.source = moment.isoformat(), moment.tzinfo, "server"
