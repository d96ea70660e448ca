"""Bookmarks in one long result: rows whose position is known already."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple


class Bookmark(NamedTuple):
    """A row of a result: how many rows precede it, and its values of the order's terms."""

    position: int
    values: tuple[Any, ...]


class OffsetBookmarks:
    """Bookmarks of one result in their order; true for as long as the data stays the same."""

    def __init__(self) -> None:
        self._bookmarks: list[Bookmark] = []

    def before(self, position: int) -> Bookmark | None:
        """The last bookmark up to this position; None when only the beginning is known."""
        index = bisect_right(self._bookmarks, position, key=_position)
        return self._bookmarks[index - 1] if index else None

    def after(self, position: int) -> Bookmark | None:
        """The first bookmark past this position; None when there is none."""
        index = bisect_right(self._bookmarks, position, key=_position)
        return self._bookmarks[index] if index < len(self._bookmarks) else None

    def add(self, bookmark: Bookmark) -> None:
        """Adds one, unless there is one at its position."""
        index = bisect_right(self._bookmarks, bookmark.position, key=_position)
        if index == 0 or self._bookmarks[index - 1].position != bookmark.position:
            self._bookmarks.insert(index, bookmark)

    def __len__(self) -> int:
        return len(self._bookmarks)


def _position(bookmark: Bookmark) -> int:
    return bookmark.position
