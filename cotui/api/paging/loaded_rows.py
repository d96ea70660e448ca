"""What is loaded of a result: its pages, its length as they show it, and which of them are out of date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cotui.api.errors import ApiError
from cotui.api.paging.ignored_offsets import IgnoredOffsets
from cotui.api.paging.layout import Layout
from cotui.api.paging.length_estimate import LengthEstimate
from cotui.api.paging.page_maximum import PageMaximum
from cotui.api.paging.pages import Findings, LoadedPage, PageCache
from cotui.api.paging.sources import PageSource
from cotui.api.records import Page, Record


class Taken(NamedTuple):
    """A page that was put in, what it changed and disproved, and whether it shows where the result ends."""

    page: LoadedPage
    findings: Findings
    shows_end: bool


class LoadedRows:
    """Takes in pages and counts, in whatever order they come. Nothing here asks for any.

    Args:
        recut: called before the result is cut into pages of another size, for which requests under way are no use.

    Attributes:
        errors: why a page could not be loaded, or loaded again, by its number.
        doubt: answers to requests up to this number are stale.
        arranged: rows have shown whether they have keys.
    """

    def __init__(self, source: PageSource, page_size: int, recut: Callable[[], None]) -> None:
        self.cache = PageCache(Layout(page_size))
        self.estimate = LengthEstimate()
        self.maximum = PageMaximum(page_size)
        self.offsets = IgnoredOffsets()
        self.errors: dict[int, ApiError] = {}
        self.doubt = 0
        self.arranged = False
        self._source = source
        self._recut = recut

    @property
    def layout(self) -> Layout:
        """How the result is cut into pages."""
        return self.cache.layout

    @property
    def length(self) -> int:
        """Rows to scroll over."""
        return self.estimate.length

    @property
    def guessed(self) -> bool:
        """The first page came short: it is all there is, or as much as the server sends at once, and nobody said which."""
        known = self._whole or self.maximum.proved or self.estimate.counted is not None
        return not known and self.estimate.total is not None

    @property
    def _whole(self) -> bool:
        return not self._source.paged or self._source.came_whole

    def stale(self, page: LoadedPage) -> bool:
        """Whether a page has to be read again when it is looked at."""
        return page.sent <= self.doubt or page.expired

    def trusted(self, number: int) -> LoadedPage | None:
        """A loaded page that nothing speaks against; None where there is no such page."""
        page = self.cache.get(number)
        return None if page is None or self.stale(page) else page

    def distrust(self, sent: int) -> bool:
        """The answer to this request, and those before it, are out of date; False when that was known."""
        if sent <= self.doubt:
            return False
        self.doubt = sent
        return True

    def span(self, number: int) -> tuple[int, int]:
        """The indices of a page's rows, from the first to behind the last, loaded or not."""
        start = self.layout.start(number)
        return start, min(self.layout.stop(number), max(self.length, start + 1))

    def around(self, first: int, stop: int) -> tuple[int, int]:
        """The loaded pages that some rows are in, and all that follow each other before and after, as indices of rows.

        Returns:
            The index of the first one and that behind the last one: the same where none of these pages is loaded.
        """
        get, page_of = self.cache.get, self.layout.page_of
        numbers = range(page_of(first), page_of(max(first, stop - 1)) + 1)
        page = next((page for number in numbers if (page := get(number)) is not None), None)
        if page is None:
            return first, first
        lowest = highest = page
        while lowest.number and (before := get(lowest.number - 1)) is not None:
            lowest = before
        while (after := get(highest.number + 1)) is not None:
            highest = after
        return lowest.start, highest.stop

    def failed_spans(self) -> list[tuple[int, int]]:
        """The indices of all rows that could not be had."""
        return [self.span(number) for number in self.errors]

    def arrange(self, rows: Sequence[Record]) -> None:
        """Pages overlap and are checked: by the keys of their rows, or where they have none by what they hold."""
        self.arranged = bool(rows)
        self._arrange(self.layout.limit, keyed=self.arranged and all(row.id is not None for row in rows))

    def take_page(
        self, number: int, page: Page, sent: int, *, received: float, known: int, counting: bool
    ) -> Taken:
        """Put in a page that came.

        Args:
            sent: number of the request that brought it.
            known: number of the last request that was sent.
            counting: a count is under way.
        """
        estimate = self.estimate
        recounted = page.total not in (None, estimate.total) and estimate.exact and not self.cache.keyed
        if page.total is not None:
            estimate.count(page.total, sent)
        loaded = self.cache.build(number, page.rows, sent=sent, received=received)
        if number == 0:
            self._check_first(loaded, counting=counting)
        outdated = not estimate.page(
            self.layout.offset(number),
            self.layout.limit,
            min(len(page.rows), self.layout.limit),
            sent,
            known=known,
            followed=self.trusted(number + 1) is not None,
        )
        findings = self.cache.install(loaded)
        if recounted and len(self.cache) > 1:
            findings.disprove(sent - 1)
        if outdated:
            findings.disprove(sent)
        elif not loaded.full:
            self._drop_behind(loaded, findings)
        # a short page shows the end, unless the server never sends as many rows as it is asked for
        return Taken(loaded, findings, not loaded.full and not outdated and self.maximum.proved)

    def _drop_behind(self, last: LoadedPage, findings: Findings) -> None:
        """The result ends with this page: no others follow it, or newer ones contradict it."""
        for other in [page for page in self.cache if page.number > last.number]:
            if other.sent < last.sent:
                self.cache.drop(other.number, findings)
            else:
                findings.disprove(last.sent)

    def take_count(self, total: int | None, sent: int) -> Findings:
        """The server counted its rows, or (None) does not."""
        findings = Findings()
        before = self.estimate.total
        if total is None:
            self.estimate.uncounted()
            self._look_at_first_again()
        elif self.estimate.count(total, sent):
            self._look_at_first_again()
            # rows that came or went may stand behind a full page that seems to be the last one
            end = total if before in (None, total) else total - 1
            for page in [page for page in self.cache if page.sent < sent]:
                if page.stop > end if page.full else page.stop != total:
                    findings.disprove(page.sent)
                if page.number and page.start >= total:
                    self.cache.drop(page.number, findings)
        elif not self.maximum.proved and total > self.length:
            # a newer first page that came short speaks against it, but may be as much as the server sends
            self.estimate.wanted = True
        return findings

    def check_second(self, rows: int) -> int:
        """See whether the first page held all there was, or the server sends more rows than it did then.

        Args:
            rows: those that came in the second page's answer.

        Returns:
            The number of the request whose answer is out of date by that, or 0.
        """
        self.maximum.second(rows, self.layout.link(1))
        first = self.cache.get(0)
        return first.sent if self._cut() and rows > 1 and first is not None else 0

    def _check_first(self, first: LoadedPage, *, counting: bool) -> None:
        """Cut the result into pages of as many rows as the server sends, as far as its first page tells."""
        total = self.estimate.counted
        if total is None and (counting or self.estimate.wanted or self._whole):
            total = len(first.rows)  # more may be counted yet; and what comes in one piece has no more
        self.maximum.first(len(first.rows), total)
        self._cut()
        first.full = len(first.rows) == self.layout.limit

    def _look_at_first_again(self) -> None:
        """A count came, or will not: what the first page says by that."""
        first = self.trusted(0)
        if first is None:
            return
        ended = not first.full
        self._check_first(first, counting=False)
        if ended and first.full:
            self.estimate.reopen()

    def _cut(self) -> bool:
        """Have pages as large as the server sends them; whether they were not before."""
        if self.maximum.rows == self.layout.limit:
            return False
        self._recut()
        self._arrange(self.maximum.rows, keyed=self.cache.keyed)
        return True

    def _arrange(self, limit: int, *, keyed: bool) -> None:
        self.cache.rearrange(Layout(limit, 1 if self.arranged and limit > 1 else 0), keyed=keyed)
