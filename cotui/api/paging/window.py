"""Random access to a result of any size, read page by page while it may change on the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cotui.api.errors import ApiError
from cotui.api.listeners import Listeners
from cotui.api.paging.identities import Key
from cotui.api.paging.ignored_offsets import same_rows_again
from cotui.api.paging.loaded_rows import LoadedRows
from cotui.api.paging.page_loader import PageLoader
from cotui.api.paging.pages import Findings
from cotui.api.paging.requests import Requests
from cotui.api.paging.rest_of_rows import RestOfRows
from cotui.api.paging.screen_place import ScreenPlace
from cotui.api.paging.scroll_debounce import Later, ScrollDebounce
from cotui.api.paging.sources import PageSource
from cotui.api.paging.window_change import Change, merged
from cotui.api.records import Page, Record

__all__ = ["Change", "RecordWindow"]


class RecordWindow:
    """Rows of a result by index; pages under the viewport are loaded first, then those it heads for.

    `row` answers at once with what is here. `view` says which rows are looked at and starts what is
    missing; everything else happens in the event loop and is told to subscribers.

    The list may change while it is read, which shifts offsets: rows would be shown twice or skipped. So neighbouring
    pages overlap by a row (`Layout`), a record that turns up at a second index is shown only where the newer answer
    has it (`Identities`), and once an answer is seen to be out of date, every page asked for before it is *stale*:
    still shown, but read again when it is looked at. What was on the screen is then found again and the viewport moved
    to it ("moved", see `ScreenPlace`). Whoever scrolls through sees every row that keeps its place among the others,
    or is told on the way that rows may have been passed over ("skipped", see `SkipNotices`). Insertions and deletions
    are always found out when the pages around them are looked at; a record that moves from a page never seen to one
    already loaded leaves no trace there, so pages are also read again when `view` finds them older than `fresh_for`.

    Args:
        page_size: rows to ask for at a time; lowered when the server sends fewer.
        keep_pages: loaded pages kept in memory, besides those in view.
        fresh_for: seconds after which a page is read again when it is looked at; staying in place asks nothing.
        clock: seconds, monotonic.
        later: runs something after so many seconds unless it is cancelled; the event loop's `call_later`.

    Attributes:
        state: "loading" until the first page came, "failed" when it did not come, else "ready".
        error: why the first page did not come.
        count_error: why the rows could not be counted the last time; `total` may still be known.
        rest: what is not here yet, and how all of it is had where that is little.
    """

    def __init__(
        self,
        source: PageSource,
        *,
        page_size: int = 100,
        keep_pages: int = 12,
        fresh_for: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
        later: Later | None = None,
    ) -> None:
        self.state: Literal["loading", "ready", "failed"] = "loading"
        self.error: ApiError | None = None
        self.count_error: ApiError | None = None
        self._keep_pages = keep_pages
        self._fresh_for = fresh_for
        self._clock = clock
        self._debounce = ScrollDebounce(self._pump, later)
        self._listeners: Listeners[[Change]] = Listeners()
        self._requests = Requests(
            source, arrived=self._arrived, failed=self._failed, counted=self._counted, abandoned=self._pump
        )
        self._rows = LoadedRows(source, page_size, self._drop_requests)
        self._place = ScreenPlace(self._rows)
        self._loader = PageLoader(self._rows, self._place, self._requests, self._debounce)
        self.rest = RestOfRows(source, self._rows, self._loader, self._pump)
        self._refreshes = 0
        self._announced: tuple[int, int | None, bool, bool] = (0, None, False, False)
        self._closed = False
        self._now = clock()

    # --- reading: at once, never a request ---

    @property
    def length(self) -> int:
        """Rows to scroll over: the total where known, else those known so far and one if more may follow."""
        return self._rows.estimate.length

    @property
    def total(self) -> int | None:
        """Rows in the result, None while unknown."""
        return self._rows.estimate.total

    @property
    def total_exact(self) -> bool:
        """Whether nothing speaks against `total`; if not, it is a good guess and is being counted again."""
        return self._rows.estimate.exact

    @property
    def may_go_on(self) -> bool:
        """Whether `total` is only what the first page had, which came short, while rows are still being counted."""
        return self._rows.guessed and self._requests.counting

    @property
    def most_at_once(self) -> int | None:
        """Rows that the server was seen to send at most, where that is fewer than were asked for; else None."""
        return self._rows.maximum.most_at_once

    def row(self, index: int) -> Record | None:
        """The row at an index, None while it is not here (or when it is repeated, see `repeats`)."""
        return self._rows.cache.row(index)

    def repeats(self, index: int) -> int | None:
        """For a row that the server lists a second time: the index at which its record is shown."""
        return self._rows.cache.identities.shown_instead(index)

    def loaded(self) -> Iterator[tuple[int, Record]]:
        """Index and record of every row that is here, in order."""
        for page in sorted(self._rows.cache, key=lambda page: page.start):
            for index in range(page.start, page.start + len(page.rows)):
                record = self.row(index)
                if record is not None:
                    yield index, record

    def loaded_around(self, first: int, stop: int) -> tuple[int, int]:
        """The rows that are here beside some others, without a gap: their first index and that behind the last one."""
        return self._rows.around(first, stop)

    def error_at(self, index: int) -> ApiError | None:
        """Why the row could not be loaded, or loaded again; None when nothing went wrong."""
        return self._rows.errors.get(self._rows.layout.page_of(index)) if index >= 0 else None

    def index_of(self, key: Key) -> int | None:
        """Where the record with this primary key is shown; None when it is not loaded."""
        return self._rows.cache.identities.index_of(key)

    @property
    def adrift(self) -> bool:
        """Whether the list moved and the place of the rows looked at is still being found out."""
        return self._place.anchor.adrift

    def current(self, index: int) -> bool:
        """Whether a row is here and nothing speaks against its being there still."""
        page = self._rows.layout.page_of(index)
        return self._rows.trusted(page) is not None and self.row(index) is not None

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Have every change told to a callback; returns what ends that."""
        return self._listeners.add(callback)

    # --- asking ---

    def start(self) -> None:
        """Ask for the first page and the count. Needs a running event loop, as does all that follows."""
        self._pump()

    def view(self, first: int, last: int) -> None:
        """These rows are looked at: load what is missing of them, then what comes next on the way.

        Requests for pages far from these rows are cancelled. A first jump is followed at once; further
        ones shortly after (somebody drags the scrollbar) only when they end, because every request counts against
        the account's limit. Tells nothing before it returns.

        Args:
            last: index of the last row, included.
        """
        if self._closed:
            return
        rows, place = self._rows, self._place
        before = place.in_view()
        self._now = now = self._clock()
        last = max(first, last)
        at_top = first == 0 < place.viewport.first
        jumped = place.move(first, last)
        if jumped:
            self._debounce.jump(now)
        else:
            self._debounce.stop()
        if jumped or at_top:
            place.notices.reset()
        for number in place.in_view():
            rows.cache.touch(number)
            page = rows.cache.get(number)
            if page is not None and now - page.received > self._fresh_for:
                page.expired = True
            if number not in before:
                rows.errors.pop(number, None)
        self._loader.limit.look(now, self._loader.wanted())
        place.note(now)
        self._pump()
        if self._stuck() or place.notices.owes(now):
            asyncio.get_running_loop().call_soon(self._finish, [], [])

    def retry(self) -> None:
        """Ask again for what failed."""
        recount = self.count_error is not None
        changes, failed = self._start_over()
        if recount:
            self._rows.estimate.wanted = True
        self._finish(changes, failed)

    async def refresh(self, keep: Key | None = None) -> int | None:
        """Ask again for the rows in view and the count; rows stay shown until the new ones come.

        Failures are told as always (`error_at`), not raised.

        Args:
            keep: primary key of a record whose new place is wanted. It is looked for on the page where
                it was and on the pages beside that one.

        Returns:
            The record's index, or None when it is no longer there or thereabouts.
        """
        if self._closed:
            return None
        rows = self._rows
        self._refreshes += 1
        this = self._refreshes
        place = None if keep is None else self.index_of(keep)
        home = None if place is None else rows.layout.page_of(place)
        self._now = self._clock()
        self._place.anchor.keep(self._now)
        self._place.anchor.lose()
        self._requests.cancel_all()
        changes, failed = self._start_over()
        rows.cache.forgive()
        rows.estimate.renew()
        rows.doubt = mark = self._requests.sent
        self._loader.pinned = frozenset() if home is None else frozenset({home})
        self._finish(changes, failed)
        try:
            found = await self._look_for(keep, home, this, mark)
        finally:
            if this == self._refreshes:
                self._loader.pinned = frozenset()
                findings = Findings()
                rows.cache.trim(self._keep_pages, self._loader.wanted(), findings)
                self._finish([], findings.changed)
        return found

    def _start_over(self) -> tuple[list[Change], list[tuple[int, int]]]:
        """Forget what failed and what was learnt by that; returns the change of state and the rows concerned."""
        failed = self._rows.failed_spans()
        self._rows.errors.clear()
        self._rows.offsets.forget()
        self._loader.limit.reset()
        self._place.notices.reset()
        self.count_error = None
        if self.state != "failed":
            return [], failed
        self.state, self.error = "loading", None
        return [Change("state")], failed

    async def settled(self) -> None:
        """Wait until everything that was asked for is here or has failed."""
        self._debounce.stop()
        self._pump()
        while await self._requests.wait():
            pass

    async def aclose(self) -> None:
        """Cancel everything under way. What is loaded stays readable; nothing is told any more."""
        self._closed = True
        self._debounce.stop()
        self._requests.cancel_all()
        await self._requests.buried()

    def _pump(self) -> None:
        """Start the requests that are missing, end those that are no longer wanted."""
        if not self._closed and self.state != "failed":
            self._loader.pump()

    # --- taking in what comes ---

    def _arrived(self, number: int, page: Page, sent: int) -> None:
        rows = self._rows
        verdict = rows.offsets.judge(number, page.rows, sent, self._requests.sent)
        if verdict == "same":
            self._failed(number, same_rows_again())
            return
        if verdict == "suspect":  # left out, and asked for again after the first page
            self._loader.first_again()
            self._finish([], [])
            return
        changes: list[Change] = []
        if not rows.arranged:
            rows.arrange(page.rows)
        if self.state == "loading":
            self.state = "ready"
            changes.append(Change("state"))
        rows.errors.pop(number, None)
        self._now = self._clock()
        self._place.anchor.keep(self._now)
        loaded, findings, shows_end = rows.take_page(
            number,
            page,
            sent,
            received=self._now,
            known=self._requests.sent,
            counting=self._requests.counting,
        )
        rows.cache.trim(self._keep_pages, self._loader.wanted(), findings)
        if self._distrust(findings.disproved):
            if not shows_end:
                rows.estimate.doubt()
            changes.append(Change("shifted", loaded.start, loaded.stop))
        if number == 1:
            self._distrust(rows.check_second(len(page.rows)))
        self._finish(changes, findings.changed)

    def _counted(self, total: int | None, failure: ApiError | None, sent: int) -> None:
        self.count_error = failure
        self._now = self._clock()
        self._place.anchor.keep(self._now)
        findings = self._rows.take_count(total, sent)
        changes: list[Change] = []
        if self._distrust(findings.disproved):
            changes.append(Change("shifted", 0, self.length))
        self._finish(changes, findings.changed)

    def _drop_requests(self) -> None:
        self._requests.cancel_except(())

    def _distrust(self, sent: int) -> bool:
        if not self._rows.distrust(sent):
            return False
        self._place.anchor.lose()
        return True

    def _failed(self, number: int, error: ApiError) -> None:
        self._rows.errors[number] = error
        changes: list[Change] = []
        if self.state == "loading":
            self.state, self.error = "failed", error
            changes.append(Change("state"))
        self._finish(changes, [self._rows.span(number)])

    def _finish(self, changes: list[Change], rows: Iterable[tuple[int, int]]) -> None:
        """Ask for what is missing now, then tell what changed."""
        if self._closed:
            return
        place = self._place
        changes = [*place.find(), *changes]
        self._pump()
        if place.anchor.adrift and not any(map(self._requests.under_way, place.sought)):
            place.give_up()
        place.note(self._now)
        if self._stuck():
            place.tell_stuck()
        if place.notices.due(self._now):
            changes.append(Change("skipped"))
        extent = (self.length, self.total, self.total_exact, self.may_go_on)
        if extent != self._announced:
            before = self._announced[0]
            self._announced = extent
            changes.append(Change("length", min(before, extent[0]), max(before, extent[0])))
        changes += [Change("rows", start, stop) for start, stop in merged(rows)]
        for change in changes:
            self._listeners.tell(change)

    def _stuck(self) -> bool:
        return self.state == "ready" and not self._debounce.under_way and self._place.stuck(self._requests)

    # --- keeping a record's place ---

    async def _look_for(self, keep: Key | None, home: int | None, this: int, mark: int) -> int | None:
        in_view = self._place.in_view()
        await self._here({0} if self.state == "loading" else {*in_view, *self._loader.pinned}, this)
        found = self._found(keep, mark)
        if found is None and home is not None and this == self._refreshes and self.state == "ready":
            last = self._rows.layout.page_of(max(self.length - 1, 0))
            home = min(home, last)
            around = {max(home - 1, 0), home, min(home + 1, last)}
            self._loader.pinned = frozenset(around)
            self._pump()
            await self._here(around, this)
            found = self._found(keep, mark)
        return found if this == self._refreshes else None

    async def _here(self, pages: set[int], this: int) -> None:
        """Wait until none of the pages is on its way, or another refresh took over."""
        while this == self._refreshes:
            if not await self._requests.wait(pages):
                return

    def _found(self, keep: Key | None, mark: int) -> int | None:
        """The record's index, if that is from after the refresh (or could not be had anew)."""
        index = None if keep is None else self.index_of(keep)
        if index is None:
            return None
        number = self._rows.layout.page_of(index)
        page = self._rows.cache.get(number)
        fresh = page is not None and page.sent > mark
        return index if fresh or number in self._rows.errors else None
