"""What was on the screen, by which the place is found again when rows were added or deleted in front of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from cotui.api.paging.identities import Key, Mark
from cotui.api.paging.pages import LoadedPage, PageCache

#: pages on one side of its old one that are looked through for what was on the screen
SEARCHED: Final = 6
#: rows in front of the screen and behind it that tell where it was when all of its own are deleted
AROUND: Final = 64
#: screens that the viewport may have gone on meanwhile, to be taken back to where rows would be passed over
CAUGHT_UP: Final = 2
#: seconds after which rows are on the screen that are there to be shown
PAINTED: Final = 0.1


@dataclass(frozen=True, slots=True)
class RowsMoved:
    """The rows that were looked at stand elsewhere now.

    Attributes:
        by: how many rows further on (or, below 0, back) the same rows are looked at.
        seen: first and last index, as they are now, of what was on the screen.
        skipped: indices that may never have been on the screen, because the viewport had gone on; else empty.
    """

    by: int
    seen: tuple[int, int]
    skipped: range = range(0)


@dataclass(frozen=True, slots=True)
class PagesNeeded:
    """These pages have to be read before it can be told."""

    pages: frozenset[int]


@dataclass(frozen=True, slots=True)
class PlaceLost:
    """It cannot be told."""


@dataclass(slots=True)
class _Kept:
    """Where rows stood before the list was seen to have moved."""

    #: what was on the screen and around it, in order
    seen: dict[Mark, int] = field(default_factory=dict)
    #: all that was loaded
    known: Mapping[Key, int] = field(default_factory=dict)


class Anchor:
    """Remembers the last screen that was whole, and finds its rows again.

    A viewport goes on from what it showed. When the row it left off at stands elsewhere by then, it would pass
    over rows (or show them again), so it has to be moved by as much as that row was.

    Args:
        fresh: a loaded page that nothing speaks against; None where there is no such page.
    """

    def __init__(self, cache: PageCache, fresh: Callable[[int], LoadedPage | None]) -> None:
        self._cache = cache
        self._fresh = fresh
        self._seen: tuple[int, int] | None = None
        self._whole: tuple[int, int] | None = None  # what can be shown now
        self._since = 0.0
        self._kept: _Kept | None = None
        self._lost_place: _Kept | None = None

    @property
    def adrift(self) -> bool:
        """Whether the list moved and it is not known yet how far."""
        return self._lost_place is not None

    @property
    def pages(self) -> set[int]:
        """The pages at both ends of what was on the screen: they must stay loaded to compare with."""
        if self._seen is None:
            return set()
        return {self._cache.layout.page_of(index) for index in self._seen}

    def moved(self, before: tuple[int, int], now: tuple[int, int]) -> None:
        """The viewport moves; where it jumps, it does not go on from anything."""
        if now == before:
            return
        if now[0] > before[1] + 1 or now[1] < before[0] - 1:
            self.drop()
        elif self._whole is not None:
            self._seen = self._whole
        self._whole = None

    def whole(self, first: int, last: int, now: float) -> None:
        """These rows can be shown, and nothing speaks against them."""
        if self._lost_place is None and self._whole != (first, last):
            self._whole, self._since = (first, last), now

    def drop(self) -> None:
        """Forget the place."""
        self._seen = self._whole = self._kept = self._lost_place = None

    def keep(self, now: float) -> None:
        """Note where rows stand, before an answer is put in that may contradict it."""
        if self._lost_place is not None:
            return
        if self._whole is not None and now - self._since >= PAINTED:
            self._seen = self._whole
        if self._seen is None:
            return
        self._kept = _Kept(self._marks(self._around(*self._seen)), self._cache.known())

    def lose(self) -> None:
        """The list moved since `keep`."""
        if self._lost_place is None and self._kept is not None and self._kept.seen:
            self._lost_place, self._whole = self._kept, None

    def find(self, first: int, last: int, length: int) -> RowsMoved | PagesNeeded | PlaceLost:
        """Where the rows went that were on the screen. Ends the search unless pages are wanted.

        Args:
            length: rows in the result, as far as known.
        """
        kept, seen = self._lost_place, self._seen
        assert kept is not None
        assert seen is not None
        down = _sign(first + last - sum(seen))
        found = self._search(kept, seen, (first, last), down, length)
        if isinstance(found, PagesNeeded):
            return found
        self.drop()
        if isinstance(found, RowsMoved):
            self._seen = found.seen
        return found

    def _search(
        self, kept: _Kept, seen: tuple[int, int], view: tuple[int, int], down: int, length: int
    ) -> RowsMoved | PagesNeeded | PlaceLost:
        layout = self._cache.layout
        last_page = layout.page_of(max(length - 1, 0))
        at = min(layout.page_of(seen[0] if down < 0 else seen[1]), last_page)
        ahead = min(layout.page_of(view[1] if down < 0 else view[0]), last_page)
        needed = {at, ahead} if abs(ahead - at) == 1 else {at}
        if missing := frozenset(page for page in needed if self._fresh(page) is None):
            return PagesNeeded(missing)
        step = self._heading(kept, at) or (1 if down < 0 else -1)
        for number in (*range(at, at + step * (SEARCHED + 1), step), at - step):
            if not 0 <= number <= last_page:
                continue
            if self._fresh(number) is None:
                return PagesNeeded(frozenset({number}))
            pairs = self._survivors(kept, at, number)
            behind = [pair for pair in pairs if _is_behind(pair[0], seen, down)]
            if behind or (pairs and not down):
                return _placed(_in_order(behind or pairs), seen, view, down)
        return PlaceLost()

    def _heading(self, kept: _Kept, number: int) -> int:
        """Which way rows went, as those tell that stand on a page now; 0 when they don't."""
        page = self._fresh(number)
        if page is None:
            return 0
        ways = [
            index - kept.known[mark]
            for index, mark in enumerate(page.marks, page.start)
            if isinstance(mark, int | str) and mark in kept.known
        ]
        middle = _middle(ways) if ways else 0
        return _sign(middle)

    def _survivors(self, kept: _Kept, at: int, other: int) -> list[tuple[int, int]]:
        """Old and new index of every row of the old screen on the pages between two, and what joins them."""
        begin, end = min(at, other), max(at, other)
        while self._fresh(begin - 1) is not None:
            begin -= 1
        while self._fresh(end + 1) is not None:
            end += 1
        stand: dict[Mark, int] = {}
        doubled: set[Mark] = set()
        for number in range(begin, end + 1):
            if (page := self._fresh(number)) is None:
                continue
            for index, mark in enumerate(page.marks, page.start):
                if mark is not None and mark in kept.seen:
                    if mark in stand:
                        doubled.add(mark)
                    stand[mark] = index
        pairs = [
            (old, stand[mark]) for mark, old in kept.seen.items() if mark in stand and mark not in doubled
        ]
        return sorted(pairs)

    def _around(self, first: int, last: int) -> range:
        """Those rows and more on both sides, as far as they are known to stand beside them."""
        layout = self._cache.layout
        begin, end = first, last + 1
        while begin > first - AROUND and begin > 0 and self._fresh(number := layout.page_of(begin - 1)):
            begin = layout.start(number)
        while end <= last + AROUND and (page := self._fresh(layout.page_of(end))) and end < page.stop:
            end = page.stop
        return range(max(begin, first - AROUND), min(end, last + AROUND + 1))

    def _marks(self, indices: range) -> dict[Mark, int]:
        """Where marks stand that occur once among some rows."""
        stand: dict[Mark, int] = {}
        doubled: set[Mark] = set()
        for index in indices:
            mark = self._cache.mark(index)
            if mark is not None:
                if mark in stand:
                    doubled.add(mark)
                stand.setdefault(mark, index)
        return {mark: index for mark, index in stand.items() if mark not in doubled}


def _placed(
    pairs: Sequence[tuple[int, int]], seen: tuple[int, int], view: tuple[int, int], down: int
) -> RowsMoved:
    """By how much to move, so that the viewport goes on where the rows end that were on the screen.

    Args:
        pairs: old and new index of the rows found again, in order.
        seen: the old indices at both ends of that screen.
        down: 1 when the viewport went down since, -1 up, 0 when it did not.
    """
    ways = [new - old for old, new in pairs]
    # a row that changed its place alone must not take the others along
    by = _middle(ways)
    skipped = range(0)
    now = pairs[0][1], pairs[-1][1]
    reach = CAUGHT_UP * (view[1] - view[0] + 1)
    if down > 0:
        by = min(by, ways[-1])
        gone_on = max(0, view[0] - seen[1] - 1)
        short = max(view[0] + by - now[1] - 1 - gone_on, seen[1] - now[1] if gone_on else 0)
        if short > 0 and gone_on <= reach:
            by = min(by, now[1] + 1 - view[0])
        elif short > 0:
            skipped = range(now[1] + 1, now[1] + 1 + short)
    elif down < 0:
        by = max(by, ways[0])
        gone_on = max(0, seen[0] - 1 - view[1])
        short = max(now[0] - 1 - gone_on - view[1] - by, now[0] - seen[0] if gone_on else 0)
        if short > 0 and gone_on <= reach:
            by = max(by, now[0] - 1 - view[1])
        elif short > 0:
            skipped = range(max(now[0] - short, 0), now[0])
    return RowsMoved(max(by, -view[0]), now, skipped)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _middle(numbers: Sequence[int]) -> int:
    return sorted(numbers)[(len(numbers) - 1) // 2]


def _is_behind(index: int, seen: tuple[int, int], down: int) -> bool:
    """Whether a row of the old list is one that the viewport left behind, on its way down (1) or up (-1)."""
    return (down < 0 or index <= seen[1]) and (down > 0 or index >= seen[0])


def _in_order(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of some pairs, ordered by the first number, in which the second ascends too."""
    ends: list[int] = []  # the smallest second number with which a part of each length can end
    chain: list[_Link] = []
    for pair in pairs:
        length = bisect_left(ends, pair[1])
        ends[length : length + 1] = [pair[1]]
        chain[length : length + 1] = [_Link(pair, chain[length - 1] if length else None)]
    part = []
    link = chain[-1] if chain else None
    while link is not None:
        part.append(link.pair)
        link = link.before
    return part[::-1]


class _Link(NamedTuple):
    pair: tuple[int, int]
    before: _Link | None
