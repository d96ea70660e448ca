"""Random access to a result of any size, read page by page while it may change on the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from cotui.api.errors import ApiError
from cotui.api.listeners import Listeners
from cotui.api.paging.anchor import Anchor, Lost, Moved, Wanted
from cotui.api.paging.events import Change, merged
from cotui.api.paging.identities import Key
from cotui.api.paging.layout import Layout
from cotui.api.paging.length_estimate import Extent
from cotui.api.paging.page_maximum import Maximum
from cotui.api.paging.pages import Findings, LoadedPage, PageCache
from cotui.api.paging.refetch_limit import Rounds
from cotui.api.paging.requests import Requests
from cotui.api.paging.sameness import Sameness, same_rows_again
from cotui.api.paging.scroll_debounce import Jumps, Later
from cotui.api.paging.shift_notices import Quiet
from cotui.api.paging.sources import PageSource
from cotui.api.paging.viewport import AHEAD, Travel
from cotui.api.records import Page, Record
from cotui.api.transport.priority import Priority

__all__ = ["Change", "RecordWindow"]


class RecordWindow:
    """Rows of a result by index; pages under the viewport are loaded first, then those it heads for.

    `row` answers at once with what is here. `view` says which rows are looked at and starts what is
    missing; everything else happens in the event loop and is told to subscribers.

    The list may change while it is read, which shifts offsets: rows would be shown twice or
    skipped. So neighbouring pages overlap by a row (`Layout`), a record that turns up at a second index
    is shown only where the newer answer has it (`Identities`), and once an answer is seen to be out of
    date, every page asked for before it is *stale*: still shown, but read again when it is looked
    at. What was on the screen is then found again and the viewport moved to it (`Anchor`, "moved"), so that
    nothing is passed over. What is promised to who scrolls through: a row that keeps its place among the others
    the whole time is shown, or it is told on the way that rows may not have been ("skipped": which ones, where that
    is known; else at once, and while it goes on less and less often, see `Quiet`). Insertions and deletions are
    always found out when the pages around them are looked at; a record that moves from a page never seen to one
    already loaded leaves no trace there, which is why
    pages are also read again when `view` finds them older than `fresh_for`.

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
        self._jumps = Jumps(self._pump, later)
        self._source = source
        self._extent = Extent()
        self._cache = PageCache(Layout(page_size))
        self._travel = Travel()
        self._anchor = Anchor(self._cache, self._trusted)
        self._rounds = Rounds()
        self._quiet = Quiet()
        self._sameness = Sameness()
        self._listeners: Listeners[[Change]] = Listeners()
        self._requests = Requests(
            source,
            arrived=self._arrived,
            failed=self._failed,
            counted=self._counted,
            abandoned=self._pump,
        )
        self._errors: dict[int, ApiError] = {}
        self._pinned: frozenset[int] = frozenset()
        self._unsure = (
            False  # rows on the screen are out of date, it was told, and they are not asked for again
        )
        self._sought: frozenset[int] = frozenset()  # pages that tell where the rows on the screen went
        self._doubt = 0  # answers to requests up to this number are stale
        self._refreshes = 0
        self._maximum = Maximum(page_size)
        self._arranged = False  # rows have shown whether they have keys
        self._announced: tuple[int, int | None, bool] = (0, None, False)
        self._closed = False
        self._now = clock()

    # --- reading: at once, never a request ---

    @property
    def length(self) -> int:
        """Rows to scroll over: the total where known, else those known so far and one if more may follow."""
        return self._extent.length

    @property
    def total(self) -> int | None:
        """Rows in the result, None while unknown."""
        return self._extent.total

    @property
    def total_exact(self) -> bool:
        """Whether nothing speaks against `total`; if not, it is a good guess and is being counted again."""
        return self._extent.exact

    def row(self, index: int) -> Record | None:
        """The row at an index, None while it is not here (or when it is repeated, see `repeats`)."""
        return self._cache.row(index)

    def repeats(self, index: int) -> int | None:
        """For a row that the server lists a second time: the index at which its record is shown."""
        return self._cache.identities.shown_instead(index)

    def loaded(self) -> Iterator[tuple[int, Record]]:
        """Index and record of every row that is here, in order."""
        for page in sorted(self._cache, key=lambda page: page.start):
            for index in range(page.start, page.start + len(page.rows)):
                record = self.row(index)
                if record is not None:
                    yield index, record

    def error_at(self, index: int) -> ApiError | None:
        """Why the row could not be loaded, or loaded again; None when nothing went wrong."""
        return self._errors.get(self._cache.layout.page_of(index)) if index >= 0 else None

    def index_of(self, key: Key) -> int | None:
        """Where the record with this primary key is shown; None when it is not loaded."""
        return self._cache.identities.index_of(key)

    @property
    def adrift(self) -> bool:
        """Whether the list moved and the place of the rows looked at is still being found out."""
        return self._anchor.adrift

    def current(self, index: int) -> bool:
        """Whether a row is here and nothing speaks against its being there still."""
        return self._trusted(self._cache.layout.page_of(index)) is not None and self.row(index) is not None

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
        layout = self._cache.layout
        before = self._travel.in_view(layout, self.length)
        self._now = now = self._clock()
        last = max(first, last)
        self._anchor.moved((self._travel.first, self._travel.last), (first, last))
        at_top = first == 0 < self._travel.first
        jumped = self._travel.move(first, last, layout.limit)
        if jumped:
            self._jumps.jump(now)
        else:
            self._jumps.stop()
        if jumped or at_top:
            self._quiet.reset()
        for number in self._travel.in_view(layout, self.length):
            self._cache.touch(number)
            page = self._cache.get(number)
            if page is not None and now - page.received > self._fresh_for:
                page.expired = True
            if number not in before:
                self._errors.pop(number, None)
        self._rounds.look(now, self._wanted())
        self._note_screen()
        self._pump()
        if self._stuck() or self._quiet.owes(now):
            asyncio.get_running_loop().call_soon(self._finish, [], [])

    def retry(self) -> None:
        """Ask again for what failed."""
        failed = [self._span(number) for number in self._errors]
        self._errors.clear()
        self._rounds.reset()
        self._quiet.reset()
        self._sameness.forget()
        if self.count_error is not None:
            self.count_error = None
            self._extent.wanted = True
        changes: list[Change] = []
        if self.state == "failed":
            self.state, self.error = "loading", None
            changes.append(Change("state"))
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
        self._refreshes += 1
        this = self._refreshes
        place = None if keep is None else self.index_of(keep)
        home = None if place is None else self._cache.layout.page_of(place)
        failed = [self._span(number) for number in self._errors]
        changes: list[Change] = []
        self._now = self._clock()
        self._anchor.keep(self._now)
        self._anchor.lose()
        self._requests.cancel_all()
        self._errors.clear()
        self._rounds.reset()
        self._quiet.reset()
        self._sameness.forget()
        self._cache.forgive()
        self._extent.renew()
        self.count_error = None
        self._doubt = mark = self._requests.sent
        self._pinned = frozenset() if home is None else frozenset({home})
        if self.state == "failed":
            self.state, self.error = "loading", None
            changes.append(Change("state"))
        self._finish(changes, failed)
        try:
            found = await self._look_for(keep, home, this, mark)
        finally:
            if this == self._refreshes:
                self._pinned = frozenset()
                findings = Findings()
                self._cache.trim(self._keep_pages, self._wanted(), findings)
                self._finish([], findings.changed)
        return found

    async def settled(self) -> None:
        """Wait until everything that was asked for is here or has failed."""
        self._jumps.stop()
        self._pump()
        while await self._requests.wait():
            pass

    async def aclose(self) -> None:
        """Cancel everything under way. What is loaded stays readable; nothing is told any more."""
        self._closed = True
        self._jumps.stop()
        self._requests.cancel_all()
        await self._requests.buried()

    # --- deciding what to ask for ---

    def _wanted(self) -> set[int]:
        layout, length = self._cache.layout, self.length
        return {
            *self._travel.in_view(layout, length),
            *self._travel.ahead(layout, length),
            *self._pinned,
            *self._sought,
            *self._anchor.pages,
            *self._proof(),
        }

    def _pump(self) -> None:
        """Start the requests that are missing, end those that are no longer wanted."""
        if self._closed or self.state == "failed":
            return
        if not self._arranged:
            self._need(0, Priority.INTERACTIVE)
        else:
            layout, length = self._cache.layout, self.length
            view = self._travel.in_view(layout, length)
            near = range(view.start - AHEAD, view.stop + AHEAD)
            proof = self._proof()
            for number in self._requests.cancel_except({*near, *self._pinned, *self._sought, *proof}):
                self._rounds.forget(number)
            # While the viewport still jumps about, what it passes over is not asked for.
            for number in (*(() if self._jumps.under_way else view), *sorted(self._pinned | self._sought)):
                self._need(number, Priority.INTERACTIVE)
            for number in self._travel.ahead(layout, length):
                self._need(number, Priority.PREFETCH)
            for number in proof - {0}:
                self._need(number, Priority.PREFETCH)
        if self._extent.wanted and not self._requests.counting:
            if not self._extent.countable:
                self._extent.uncounted()
            elif self._rounds.spend(None):
                self._requests.count()

    def _proof(self) -> set[int]:
        """Pages to read, wherever the viewport is, because they tell what to make of others."""
        first = {0} if self._sameness.suspected else set()
        second = {1} if self._maximum.open_ended and self._extent.total is None else set()
        return first | second

    def _need(self, number: int, priority: Priority) -> None:
        if self._requests.under_way(number):
            self._requests.hurry(number, priority)
            return
        page = self._cache.get(number)
        if number in self._errors or (page is not None and not self._stale(page)):
            return
        if number and self._sameness.proved:
            self._errors[number] = same_rows_again()
            return
        if self._rounds.spend(number):
            layout = self._cache.layout
            self._requests.fetch(number, layout.offset(number), self._maximum.asked, priority)

    def _trusted(self, number: int) -> LoadedPage | None:
        page = self._cache.get(number)
        return None if page is None or self._stale(page) else page

    def _stale(self, page: LoadedPage) -> bool:
        return page.sent <= self._doubt or page.expired

    # --- taking in what comes ---

    def _arrived(self, number: int, page: Page, sent: int) -> None:
        changes: list[Change] = []
        if number == 0:
            self._sameness.first(page.rows, sent)
        elif (verdict_on := self._sameness.judge(page.rows, self._requests.sent)) != "fine":
            self._came_again(number, proved=verdict_on == "same")
            return
        if not self._arranged:
            self._settle_layout(page)
        if self.state == "loading":
            self.state = "ready"
            changes.append(Change("state"))
        self._errors.pop(number, None)
        self._now = self._clock()
        self._anchor.keep(self._now)
        recounted = (
            page.total not in (None, self._extent.total) and self._extent.exact and not self._cache.keyed
        )
        if page.total is not None:
            self._extent.count(page.total, sent)
        loaded = self._cache.build(number, page.rows, sent=sent, received=self._now)
        if number == 0:
            self._check_first(loaded)
        layout = self._cache.layout
        after = self._cache.get(number + 1)
        verdict = self._extent.page(
            layout.offset(number),
            layout.limit,
            min(len(page.rows), layout.limit),
            sent,
            known=self._requests.sent,
            followed=after is not None and not self._stale(after),
        )
        findings = self._cache.install(loaded)
        if recounted and len(self._cache) > 1:
            findings.disprove(sent - 1)
        if verdict.outdated:
            findings.disprove(sent)
        elif not loaded.full:
            for other in [page for page in self._cache if page.number > number]:
                if other.sent < sent:
                    self._cache.drop(other.number, findings)
                else:
                    findings.disprove(sent)
        self._cache.trim(self._keep_pages, self._wanted(), findings)
        if self._distrust(findings.disproved):
            if loaded.full or verdict.outdated or not self._maximum.proved:
                # A short page shows the end, unless the server never sends as many rows as it is asked for.
                self._extent.doubt()
            changes.append(Change("shifted", loaded.start, max(loaded.stop, loaded.start)))
        if number == 1:
            self._check_second(page)
        self._finish(changes, findings.changed)

    def _came_again(self, number: int, *, proved: bool) -> None:
        """A later page held the first rows: it is left out, and asked for again after the first page unless proved."""
        if proved:
            self._failed(number, same_rows_again())
            return
        if not self._requests.under_way(0) and self._rounds.spend(0):
            layout = self._cache.layout
            self._requests.fetch(0, layout.offset(0), self._maximum.asked, Priority.INTERACTIVE)
        self._finish([], [])

    def _settle_layout(self, page: Page) -> None:
        """Pages overlap and are checked: by the keys of their rows, or where they have none by what they hold."""
        self._arranged = bool(page.rows)
        keyed = self._arranged and all(row.id is not None for row in page.rows)
        self._arrange(self._cache.layout.limit, keyed=keyed)

    def _arrange(self, limit: int, *, keyed: bool) -> None:
        self._cache.rearrange(Layout(limit, 1 if self._arranged and limit > 1 else 0), keyed=keyed)

    def _check_first(self, first: LoadedPage) -> None:
        """Cut the result into pages of as many rows as the server sends, as far as its first page tells."""
        counting = self._extent.wanted or self._requests.counting
        total = self._extent.counted
        whole = not getattr(self._source, "paged", True) or getattr(self._source, "came_whole", False)
        if total is None and (counting or whole):
            total = len(first.rows)  # more may be counted yet; and what comes in one piece has no more
        self._maximum.first(len(first.rows), total)
        self._cut()
        first.full = len(first.rows) == self._cache.layout.limit

    def _check_second(self, second: Page) -> None:
        """See whether the first page held all there was, or the server sends more rows than it did then."""
        self._maximum.second(len(second.rows), self._cache.layout.link(1))
        if self._cut() and len(second.rows) > 1:
            first = self._cache.get(0)
            self._distrust(0 if first is None else first.sent)

    def _cut(self) -> bool:
        """Have pages as large as the server sends them; whether they were not before."""
        if self._maximum.rows == self._cache.layout.limit:
            return False
        self._requests.cancel_except(())
        self._arrange(self._maximum.rows, keyed=self._cache.keyed)
        return True

    def _distrust(self, sent: int) -> bool:
        """The answer to this request, and those before it, are out of date; False when that was known."""
        if sent <= self._doubt:
            return False
        self._doubt = sent
        self._anchor.lose()
        return True

    def _counted(self, total: int | None, failure: ApiError | None, sent: int) -> None:
        self.count_error = failure
        self._now = self._clock()
        self._anchor.keep(self._now)
        findings = Findings()
        changes: list[Change] = []
        before = self._extent.total
        if total is None:
            self._extent.uncounted()
            self._look_at_first_again()
        elif self._extent.count(total, sent):
            self._look_at_first_again()
            # rows that came or went may stand behind a full page that seems to be the last one
            end = total if before in (None, total) else total - 1
            for page in [page for page in self._cache if page.sent < sent]:
                if page.stop > end if page.full else page.stop != total:
                    findings.disprove(page.sent)
                if page.number and page.start >= total:
                    self._cache.drop(page.number, findings)
        elif not self._maximum.proved and total > self.length:
            # a newer first page that came short speaks against it, but may be as much as the server sends
            self._extent.wanted = True
        if self._distrust(findings.disproved):
            changes.append(Change("shifted", 0, self.length))
        self._finish(changes, findings.changed)

    def _look_at_first_again(self) -> None:
        """A count came, or will not: what the first page says by that."""
        first = self._cache.get(0)
        if first is None or self._stale(first):
            return
        ended = not first.full
        self._check_first(first)
        if ended and first.full:
            self._extent.reopen()

    def _failed(self, number: int, error: ApiError) -> None:
        self._errors[number] = error
        changes: list[Change] = []
        if self.state == "loading":
            self.state, self.error = "failed", error
            changes.append(Change("state"))
        self._finish(changes, [self._span(number)])

    def _span(self, number: int) -> tuple[int, int]:
        layout = self._cache.layout
        return layout.start(number), min(layout.stop(number), max(self.length, layout.start(number) + 1))

    def _finish(self, changes: list[Change], rows: Iterable[tuple[int, int]]) -> None:
        """Ask for what is missing now, then tell what changed."""
        if self._closed:
            return
        changes = [*self._find_place(), *changes]
        self._pump()
        if self._anchor.adrift and not any(map(self._requests.under_way, self._sought)):
            self._anchor.drop()
            self._place_lost()
        self._note_screen()
        if self._stuck():
            self._unsure = True
            self._quiet.owe()
        if self._quiet.due(self._now):
            changes.append(Change("skipped"))
        extent = (self.length, self.total, self.total_exact)
        if extent != self._announced:
            before = self._announced[0]
            self._announced = extent
            changes.append(Change("length", min(before, extent[0]), max(before, extent[0])))
        changes += [Change("rows", start, stop) for start, stop in merged(rows)]
        for change in changes:
            self._listeners.tell(change)

    # --- keeping the place ---

    def _note_screen(self) -> None:
        """What is on the screen when all of it is here: that is what the next rows have to go on from."""
        travel, length = self._travel, self.length
        if not self._anchor.adrift and all(
            self._trusted(number) is not None for number in travel.in_view(self._cache.layout, length)
        ):
            self._unsure = False
            self._anchor.whole(travel.first, min(travel.last, length - 1), self._now)

    def _stuck(self) -> bool:
        """Whether rows on the screen, or the end there, are missing or out of date, not being read, and nobody was told."""
        if self.state != "ready" or self._unsure or self._anchor.adrift or self._jumps.under_way:
            return False
        if self._extent.wanted and not self._requests.counting and self._travel.last >= self.length - 1:
            return True  # what seems to be the end may not be it
        for number in self._travel.in_view(self._cache.layout, self.length):
            page = self._cache.get(number)
            outdated = page is None or page.sent <= self._doubt
            if outdated and number not in self._errors and not self._requests.under_way(number):
                return True
        return False

    def _find_place(self) -> list[Change]:
        """Where the rows went that were on the screen, as soon as that can be told."""
        self._sought = frozenset()
        if not self._anchor.adrift:
            return []
        travel = self._travel
        found = self._anchor.find(travel.first, travel.last, self.length)
        if isinstance(found, Wanted):
            self._sought = found.pages
            return []
        if isinstance(found, Lost):
            self._place_lost()
            return []
        return self._place_found(found)

    def _place_found(self, found: Moved) -> list[Change]:
        changes = []
        if found.by:
            self._travel.shift(found.by)
            changes.append(Change("moved", self._travel.first, self._travel.last + 1, found.by))
        if found.skipped:
            changes.append(Change("skipped", found.skipped.start, found.skipped.stop))
        return changes

    def _place_lost(self) -> None:
        self._quiet.owe()
        self._sought = frozenset()
        if not self._cache.keyed:
            self._cache.compared = False  # or pages would be read again and again, and no two would ever fit

    # --- keeping a record's place ---

    async def _look_for(self, keep: Key | None, home: int | None, this: int, mark: int) -> int | None:
        in_view = self._travel.in_view(self._cache.layout, self.length)
        await self._here({0} if self.state == "loading" else {*in_view, *self._pinned}, this)
        found = self._place(keep, mark)
        if found is None and home is not None and this == self._refreshes and self.state == "ready":
            last = self._cache.layout.page_of(max(self.length - 1, 0))
            home = min(home, last)
            around = {max(home - 1, 0), home, min(home + 1, last)}
            self._pinned = frozenset(around)
            self._pump()
            await self._here(around, this)
            found = self._place(keep, mark)
        return found if this == self._refreshes else None

    async def _here(self, pages: set[int], this: int) -> None:
        """Wait until none of the pages is on its way, or another refresh took over."""
        while this == self._refreshes:
            if not await self._requests.wait(pages):
                return

    def _place(self, keep: Key | None, mark: int) -> int | None:
        """The record's index, if that is from after the refresh (or could not be had anew)."""
        index = None if keep is None else self.index_of(keep)
        if index is None:
            return None
        number = self._cache.layout.page_of(index)
        page = self._cache.get(number)
        fresh = page is not None and page.sent > mark
        return index if fresh or number in self._errors else None
