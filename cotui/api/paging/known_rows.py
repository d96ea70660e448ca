"""Does a page follow on what was read before it, and which of its rows are new?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cotui.api.paging.identities import Mark, content_mark
from cotui.api.records import Record, content_of

#: rows without a key that a page repeats of the one before it, so that they can be compared
COMPARED: Final = 3
_BITS = 8
_MASK = (1 << _BITS) - 1


class Marks:
    """A set of marks. Numbers that lie close together, as ids do, take a bit each: a million, a few megabytes."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}
        self._others: set[Mark] = set()

    def __contains__(self, mark: Mark) -> bool:
        if isinstance(mark, int):
            return bool(self._blocks.get(mark >> _BITS, 0) >> (mark & _MASK) & 1)
        return mark in self._others

    def add(self, mark: Mark) -> None:
        """Keep a mark."""
        if isinstance(mark, int):
            block = mark >> _BITS
            self._blocks[block] = self._blocks.get(block, 0) | 1 << (mark & _MASK)
        else:
            self._others.add(mark)


@dataclass(slots=True)
class Comparison:
    """What a page brought.

    Attributes:
        fresh: its new rows, in order.
        joined: it follows on what was read before, so that nothing is missing in between.
        again: rows that came before, besides those it had to begin with.
        doubles: new rows that this page holds once more, and then does not give again.
        same: it holds the same rows as a page that was read before it.
    """

    fresh: list[Record] = field(default_factory=list)
    joined: bool = True
    again: int = 0
    doubles: int = 0
    same: bool = False


class KnownKeys:
    """Rows with primary keys.

    A page joins when it begins with a row that was read before: as long as rows keep their order among
    each other, whatever stood in front of that row was read as well, however many were inserted or deleted.
    """

    keyed = True
    overlap = 1

    def __init__(self) -> None:
        self._seen = Marks()
        self._last_page: list[Mark] = []
        #: a row without a key looked like another and was left out; perhaps it was one of its own
        self.doubtful = False

    def knows(self, row: Record) -> bool:
        """Whether a row was read before."""
        return _mark(row) in self._seen

    def take(self, rows: Sequence[Record], *, first: bool, linked: int) -> Comparison:
        """Take in a page.

        Args:
            first: it is the beginning of the result.
            linked: so many rows at its head should have come before.
        """
        marks = [_mark(row) for row in rows]
        if not first and not (marks and marks[0] in self._seen):
            return Comparison(joined=False)
        found = Comparison(same=bool(marks) and marks == self._last_page)
        self._last_page = marks
        new: set[Mark] = set()
        for index, (mark, row) in enumerate(zip(marks, rows, strict=True)):
            if mark not in self._seen:
                self._seen.add(mark)
                new.add(mark)
                found.fresh.append(row)
            elif index >= linked:
                self.doubtful = self.doubtful or isinstance(mark, tuple)
                found.doubles += mark in new
                found.again += mark not in new
        return found


class KnownContents:
    """Rows without keys, such as a report's: all that can be compared is what they hold.

    A page joins when it begins with the rows that the page before it ended with.
    """

    keyed = False
    overlap = COMPARED
    doubtful = False

    def __init__(self) -> None:
        self._tail: list[int] = []
        self._pages: set[int] = set()

    def take(self, rows: Sequence[Record], *, first: bool, linked: int) -> Comparison:
        """Take in a page; see `KnownKeys.take`."""
        texts = [content_of(row) for row in rows]
        tail = self._tail[-linked:] if linked else []
        joined = first or texts[: len(tail)] == tail
        begin = len(tail) if joined else _behind(tail, texts)
        page = hash(tuple(texts))
        found = Comparison(list(rows[begin:]), joined, same=page in self._pages and len(rows) > begin)
        self._pages.add(page)
        self._tail = [*self._tail, *texts[begin:]][-COMPARED:]
        return found


def _behind(tail: Sequence[int], texts: Sequence[int]) -> int:
    """Where rows go on in a page that does not begin with the end of the one before."""
    for end in range(len(texts), len(tail), -1):
        if tail and texts[end - len(tail) : end] == tail:
            return end
    return 0


def _mark(row: Record) -> Mark:
    key = row.id
    return content_mark(row) if key is None else key
