"""Bookmarks in a long result."""

from __future__ import annotations

import pytest

from cotui.sandbox.database import deep_pages
from cotui.sandbox.database.offset_bookmarks import Bookmark, OffsetBookmarks

STRIDE = 3


@pytest.fixture(autouse=True)
def _short_strides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep_pages, "STRIDE", STRIDE)


def test_bookmarks() -> None:
    bookmarks = OffsetBookmarks()
    for position in (20, 10, 30, 20):
        bookmarks.add(Bookmark(position, (position,)))

    assert len(bookmarks) == 3
    assert bookmarks.before(9) is None
    assert bookmarks.before(10) == Bookmark(10, (10,))
    assert bookmarks.before(29) == Bookmark(20, (20,))
    assert bookmarks.after(10) == Bookmark(20, (20,))
    assert bookmarks.after(30) is None
