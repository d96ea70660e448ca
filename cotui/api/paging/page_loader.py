"""Which pages of a result to ask for, and how urgently."""

from __future__ import annotations

from collections.abc import Callable

from cotui.api.paging.ignored_offsets import same_rows_again
from cotui.api.paging.loaded_rows import LoadedRows
from cotui.api.paging.refetch_limit import RefetchLimit
from cotui.api.paging.requests import Requests
from cotui.api.paging.screen_place import ScreenPlace
from cotui.api.paging.scroll_debounce import ScrollDebounce
from cotui.api.paging.viewport import AHEAD
from cotui.api.transport.budget import Priority


class PageLoader:
    """Starts the requests that are missing and ends those that are no longer wanted.

    Attributes:
        limit: how often each page may be asked for.
        pinned: pages wanted wherever the viewport is.
        whole: pages wanted besides, for somebody who wants all of them and can wait.
    """

    def __init__(
        self, rows: LoadedRows, place: ScreenPlace, requests: Requests, debounce: ScrollDebounce
    ) -> None:
        self.limit = RefetchLimit()
        self.pinned: frozenset[int] = frozenset()
        self.whole: Callable[[], range] = lambda: range(0)
        self._rows = rows
        self._place = place
        self._requests = requests
        self._debounce = debounce

    def wanted(self) -> set[int]:
        """The pages to have or to keep."""
        place = self._place
        return {
            *place.in_view(),
            *place.ahead(),
            *self.pinned,
            *self.whole(),
            *place.sought,
            *place.anchor.pages,
            *self._proof(),
        }

    def pump(self) -> None:
        """Ask for what is missing by now, the count included."""
        if not self._rows.arranged:
            self._need(0, Priority.INTERACTIVE)
        else:
            self._ask_for_pages()
        estimate = self._rows.estimate
        if estimate.wanted and not self._requests.counting:
            if not estimate.countable:
                estimate.uncounted()
            elif self.limit.spend(None):
                self._requests.count()

    def first_again(self) -> None:
        """Ask for the first page once more, to compare others with it."""
        if not self._requests.under_way(0):
            self._fetch(0, Priority.INTERACTIVE)

    def _ask_for_pages(self) -> None:
        view, proof = self._place.in_view(), self._proof()
        asked = sorted(self.pinned | self._place.sought)
        near = range(view.start - AHEAD, view.stop + AHEAD)
        whole = self.whole()
        for number in self._requests.cancel_except({*near, *asked, *proof, *whole}):
            self.limit.forget(number)
        # While the viewport still jumps about, what it passes over is not asked for.
        for number in (*(() if self._debounce.under_way else view), *asked):
            self._need(number, Priority.INTERACTIVE)
        for number in (*self._place.ahead(), *(proof - {0}), *whole):
            self._need(number, Priority.PREFETCH)

    def _proof(self) -> set[int]:
        """Pages to read, wherever the viewport is, because they tell what to make of others."""
        first = {0} if self._rows.offsets.suspected else set()
        second = {1} if self._rows.maximum.open_ended and self._rows.estimate.total is None else set()
        return first | second

    def _need(self, number: int, priority: Priority) -> None:
        rows = self._rows
        if self._requests.under_way(number):
            self._requests.hurry(number, priority)
            return
        if number in rows.errors or rows.trusted(number) is not None:
            return
        if number and rows.offsets.proved:
            rows.errors[number] = same_rows_again()
            return
        self._fetch(number, priority)

    def _fetch(self, number: int, priority: Priority) -> None:
        if self.limit.spend(number):
            self._requests.fetch(number, self._rows.layout.offset(number), self._rows.maximum.asked, priority)
