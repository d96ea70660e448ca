"""The loaded pages of a result: a bounded number of them, checked against each other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cotui.api.paging.identities import Identities, Key, Mark, content_mark
from cotui.api.paging.layout import Layout
from cotui.api.records import Record

#: so many evicted pages are remembered by a number each, to notice that they changed meanwhile
REMEMBERED = 1024


@dataclass(slots=True)
class LoadedPage:
    """One page as it was received.

    Attributes:
        number: which page of the layout it is.
        start: index of its first row.
        rows: its rows, without the link.
        keys: their primary keys.
        keyed: they have such keys; else rows are compared by what they hold.
        link: mark of the row before the first one, None where there is none.
        full: as many rows came as were asked for, so more may follow.
        sent: number of the request that brought it.
        received: when it came, in the window's clock.
        expired: it is old enough to be read again.
    """

    number: int
    start: int
    rows: Sequence[Record]
    keys: tuple[Key | None, ...] = field(repr=False)
    keyed: bool
    link: Mark | None
    full: bool
    sent: int
    received: float
    expired: bool = False
    _marks: tuple[Mark | None, ...] = field(default=(), repr=False)

    @property
    def stop(self) -> int:
        """The index behind its last row."""
        return self.start + len(self.rows)

    @property
    def marks(self) -> tuple[Mark | None, ...]:
        """What its rows are compared by; worked out when first asked for."""
        if self.keyed:
            return self.keys
        if len(self._marks) != len(self.rows):
            self._marks = tuple(map(content_mark, self.rows))
        return self._marks

    @property
    def last(self) -> Mark | None:
        """The mark that the next page must begin with; None when nothing may follow."""
        if not self.full:
            return None
        if not self.rows:
            return self.link
        return self.keys[-1] if self.keyed else content_mark(self.rows[-1])


@dataclass(slots=True)
class Findings:
    """What a new page changed and disproved.

    Attributes:
        disproved: number of the newest request whose answer is out of date as the new page shows; 0
            when nothing speaks against the loaded pages.
        changed: rows whose content or visibility changed, as ranges of indices.
    """

    disproved: int = 0
    changed: list[tuple[int, int]] = field(default_factory=list)

    def disprove(self, sent: int) -> None:
        """The answer to this request is out of date."""
        self.disproved = max(self.disproved, sent)


class PageCache:
    """Loaded pages by number, least recently used first.

    Keys of rows are kept unique among the rows shown (see `Identities`).

    Attributes:
        layout: how the result is cut into pages.
        keyed: rows can be told apart by a primary key; if not, they are compared by what they hold.
        compared: neighbouring pages are compared. Not where rows without keys look different at every request.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.keyed = False
        self.compared = True
        self.identities = Identities()
        self._pages: OrderedDict[int, LoadedPage] = OrderedDict()
        self._remembered: OrderedDict[int, tuple[int, int]] = OrderedDict()
        self._confirmed: dict[Key, int] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[LoadedPage]:
        return iter(self._pages.values())

    def get(self, number: int) -> LoadedPage | None:
        """The page, None when it is not loaded."""
        return self._pages.get(number)

    def row(self, index: int) -> Record | None:
        """The row to show at an index, None when it is not loaded or shown elsewhere."""
        if index < 0 or self.identities.hides(index):
            return None
        page = self._pages.get(self.layout.page_of(index))
        if page is None:
            return None
        place = index - page.start
        return page.rows[place] if place < len(page.rows) else None

    def mark(self, index: int) -> Mark | None:
        """What the row shown at an index is compared by, None when there is none."""
        if index < 0 or self.identities.hides(index):
            return None
        page = self._pages.get(self.layout.page_of(index))
        return page.marks[index - page.start] if page is not None and index < page.stop else None

    def known(self) -> Mapping[Key, int]:
        """Where every row with a key is shown."""
        return self.identities.places()

    def touch(self, number: int) -> None:
        """Note that a page is in use."""
        if number in self._pages:
            self._pages.move_to_end(number)

    def build(self, number: int, rows: Sequence[Record], *, sent: int, received: float) -> LoadedPage:
        """Make a page of an answer: at most as many rows as were asked for, link first."""
        rows = rows[: self.layout.limit]
        link = self.layout.link(number)
        keys = tuple(row.id for row in rows) if self.keyed else (None,) * len(rows)
        return LoadedPage(
            number=number,
            start=self.layout.start(number),
            rows=tuple(rows[link:]),
            keys=keys[link:],
            keyed=self.keyed,
            link=None if not (link and rows) else keys[0] if self.keyed else content_mark(rows[0]),
            full=len(rows) == self.layout.limit,
            sent=sent,
            received=received,
        )

    def install(self, page: LoadedPage) -> Findings:
        """Put a page in, in place of its older version, and compare it with what is there."""
        findings = Findings()
        old = self._pages.pop(page.number, None)
        same = False
        if old is None:
            self._compare_with_memory(page, findings)
        else:
            same = old.keys == page.keys
            alike = same and all(a.raw == b.raw for a, b in zip(old.rows, page.rows, strict=True))
            if not same or not (alike or self.keyed or not self.compared):
                findings.disprove(old.sent)
            if alike and old.full == page.full:
                page.rows = old.rows  # keeps what was already made of them for the screen
            else:
                findings.changed.append((page.start, max(page.stop, old.stop)))
            self._forget(old, findings)
        self._pages[page.number] = page
        if old is None:
            findings.changed.append((page.start, page.stop))
        if self.keyed:
            self._claim(page, findings, same=same)
        if self.layout.overlap and self.compared:
            self._compare_borders(page, findings)
        return findings

    def drop(self, number: int, findings: Findings) -> None:
        """Take a page out whose rows no longer exist."""
        page = self._pages.pop(number, None)
        if page is not None:
            self._forget(page, findings)
            findings.changed.append((page.start, page.stop))
            self._remembered.pop(number, None)

    def trim(self, limit: int, keep: Collection[int], findings: Findings) -> None:
        """Evict the least recently used pages beyond `limit`, but none of those to keep."""
        surplus = len(self._pages) - limit
        if surplus <= 0:
            return
        for number in [number for number in self._pages if number not in keep][:surplus]:
            page = self._pages.pop(number)
            self._forget(page, findings)
            self._remember(page)

    def rearrange(self, layout: Layout, *, keyed: bool) -> None:
        """Cut the result differently. Only the first page stays, with all its rows."""
        first = self._pages.get(0)
        self.layout, self.keyed = layout, keyed
        self._pages.clear()
        self._remembered.clear()
        self.identities.clear()
        if first is not None:
            first.full = len(first.rows) == layout.limit
            self._pages[0] = first
            if keyed:
                self._claim(first, Findings(), same=False)

    def forgive(self) -> None:
        """Forget what was learnt about records that the server lists twice."""
        self._confirmed.clear()

    def _claim(self, page: LoadedPage, findings: Findings, *, same: bool) -> None:
        for index, key in enumerate(page.keys, page.start):
            if key is None:
                continue
            other = self.identities.index_of(key)
            if other is None:
                self.identities.add(key, index, take_over=False)
                continue
            number = self.layout.page_of(other)
            rival = self._pages.get(number)
            newer = rival is not None and number != page.number and rival.sent < page.sent
            self.identities.add(key, index, take_over=newer)
            if rival is None or number == page.number:
                continue
            if newer:
                findings.changed.append((other, other + 1))
            if not self._really_twice(key, same=same):
                findings.disprove(min(rival.sent, page.sent))

    def _really_twice(self, key: Key, *, same: bool) -> bool:
        # Both pages were asked for again and still hold the record: then the server lists it twice.
        if not same:
            self._confirmed.pop(key, None)
            return False
        self._confirmed[key] = self._confirmed.get(key, 0) + 1
        return self._confirmed[key] >= 2

    def _compare_borders(self, page: LoadedPage, findings: Findings) -> None:
        before = self._pages.get(page.number - 1)
        if before is not None and before.last != page.link:
            findings.disprove(min(before.sent, page.sent))
        after = self._pages.get(page.number + 1)
        if after is not None and page.last != after.link:
            findings.disprove(min(after.sent, page.sent))

    def _compare_with_memory(self, page: LoadedPage, findings: Findings) -> None:
        fingerprint, sent = self._remembered.pop(page.number, (0, 0))
        if sent and self.keyed and fingerprint != hash(page.keys):
            findings.disprove(min(sent, page.sent))

    def _remember(self, page: LoadedPage) -> None:
        self._remembered[page.number] = (hash(page.keys), page.sent)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _forget(self, page: LoadedPage, findings: Findings) -> None:
        if not self.keyed:
            return
        for index, key in enumerate(page.keys, page.start):
            if key is None:
                continue
            promoted = self.identities.discard(key, index)
            if promoted is not None and not page.start <= promoted < page.stop:
                findings.changed.append((promoted, promoted + 1))
