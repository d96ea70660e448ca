"""The rows that are looked at, and how to stay with them while the list changes around them."""

from __future__ import annotations

from cotui.api.paging.anchor import Anchor, PagesNeeded, PlaceLost, RowsMoved
from cotui.api.paging.loaded_rows import LoadedRows
from cotui.api.paging.requests import Requests
from cotui.api.paging.skip_notices import SkipNotices
from cotui.api.paging.viewport import Viewport
from cotui.api.paging.window_change import Change


class ScreenPlace:
    """Where the viewport is, and where its rows went once the list is seen to have moved.

    Attributes:
        sought: pages that tell where the rows on the screen went.
    """

    def __init__(self, rows: LoadedRows) -> None:
        self.viewport = Viewport()
        self.anchor = Anchor(rows.cache, rows.trusted)
        self.notices = SkipNotices()
        self.sought: frozenset[int] = frozenset()
        self._rows = rows
        self._told = (
            False  # rows on the screen are out of date, it was told, and they are not asked for again
        )

    def in_view(self) -> range:
        """The pages in view."""
        return self.viewport.in_view(self._rows.layout, self._rows.length)

    def ahead(self) -> list[int]:
        """Pages to load before they are needed, nearest first."""
        return self.viewport.ahead(self._rows.layout, self._rows.length)

    def move(self, first: int, last: int) -> bool:
        """The rows from first to last are looked at now; whether that is a jump."""
        self.anchor.moved((self.viewport.first, self.viewport.last), (first, last))
        return self.viewport.move(first, last, self._rows.layout.limit)

    def note(self, now: float) -> None:
        """Remember what is on the screen when all of it is here: the next rows have to go on from that."""
        if self.anchor.adrift or any(self._rows.trusted(number) is None for number in self.in_view()):
            return
        self._told = False
        self.anchor.whole(self.viewport.first, min(self.viewport.last, self._rows.length - 1), now)

    def stuck(self, requests: Requests) -> bool:
        """Whether rows on the screen, or the end there, are missing or out of date, not being read, and nobody was told."""
        rows = self._rows
        if self._told or self.anchor.adrift:
            return False
        if rows.estimate.wanted and not requests.counting and self.viewport.last >= rows.length - 1:
            return True  # what seems to be the end may not be it
        for number in self.in_view():
            page = rows.cache.get(number)
            outdated = page is None or page.sent <= rows.doubt
            if outdated and number not in rows.errors and not requests.under_way(number):
                return True
        return False

    def tell_stuck(self) -> None:
        """Have it said that rows may be passed over, and not again while that lasts."""
        self._told = True
        self.notices.owe()

    def find(self) -> list[Change]:
        """Where the rows went that were on the screen, as soon as that can be told."""
        self.sought = frozenset()
        if not self.anchor.adrift:
            return []
        found = self.anchor.find(self.viewport.first, self.viewport.last, self._rows.length)
        if isinstance(found, PagesNeeded):
            self.sought = found.pages
            return []
        if isinstance(found, PlaceLost):
            self._lost()
            return []
        return self._go_to(found)

    def give_up(self) -> None:
        """The pages that would tell are not coming."""
        self.anchor.drop()
        self._lost()

    def _go_to(self, found: RowsMoved) -> list[Change]:
        changes = []
        if found.by:
            self.viewport.shift(found.by)
            changes.append(Change("moved", self.viewport.first, self.viewport.last + 1, found.by))
        if found.skipped:
            changes.append(Change("skipped", found.skipped.start, found.skipped.stop))
        return changes

    def _lost(self) -> None:
        self.notices.owe()
        self.sought = frozenset()
        if not self._rows.cache.keyed:
            self._rows.cache.compared = (
                False  # or pages would be read again and again, and no two would ever fit
            )
