"""Ways to pages far down a result.

An index does not know how many entries precede one, so OFFSET steps over them one by one: the first way to a page
costs some 0.1 µs for each row before it. On the way, a bookmark is kept every `STRIDE` rows, and later pages of
the same result start from the nearest one, until the data changes. Time no longer grows with the offset then.

It still does where there is no such way:

- no index holds the order (most texts, money in accounts with several currencies, mixed directions): SQLite sorts
  the whole result for every page, wherever that lies;
- the order descends by a field that may be unset: "what follows this row" is no range of an index, because
  comparisons leave unset values out;
- it ascends by such a field, among the unset values, which come first.
"""

from __future__ import annotations

import re
from typing import Any

from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.offset_bookmarks import Bookmark, OffsetBookmarks
from cotui.sandbox.database.query_sql import Compiled
from cotui.sandbox.database.store import Reader

#: Rows between two bookmarks. Stepping over as many takes about a millisecond.
STRIDE = 10_000
#: Results that have bookmarks, per connection.
_KEPT = 32
_COLUMN = re.compile(r"t\.(\w+)(?: COLLATE NOCASE)?")


class LongResult:
    """A result, its pages found from bookmarks.

    Args:
        reader: keeps the bookmarks.
        query: what the result holds, and its order.
    """

    def __init__(self, reader: Reader, subject: SandboxObject, query: Compiled) -> None:
        self._subject = subject
        self._query = query
        self._terms = ", ".join(term for term, _ in query.order)
        self._descending = query.order[0][1]
        self._reader = reader

    def bookmarks_for(self, position: int) -> OffsetBookmarks | None:
        """The bookmarks; None when the position is not far, or this result cannot be entered in the middle."""
        if position <= STRIDE:
            return None
        key = (self._query.key, self._query.order)
        bookmarks = self._reader.bookmarks
        if key not in bookmarks:
            if len(bookmarks) >= _KEPT:
                del bookmarks[next(iter(bookmarks))]
            bookmarks[key] = OffsetBookmarks() if self._is_passable() else None
        return bookmarks[key]

    def near(self, bookmarks: OffsetBookmarks, position: int, total: int | None) -> Bookmark | None:
        """A place before this position, or at it, from which to step; None for the beginning.

        Args:
            bookmarks: this result's.
            total: how many rows the result has, where that is known; they are more than `position`.
        """
        before, after = bookmarks.before(position), bookmarks.after(position)
        end = after.position if after else total - 1 if total is not None else None
        if end is not None and end - position < position - (before.position if before else 0):
            back = self._back(bookmarks, after, end, position)
            if back is not None:
                return back
        return self._on(bookmarks, before, position)

    def _on(self, bookmarks: OffsetBookmarks, bookmark: Bookmark | None, position: int) -> Bookmark | None:
        while (start := bookmark.position if bookmark else 0) < position - STRIDE:
            values = self._values(bookmark, STRIDE, backwards=False)
            if values is None:
                break
            bookmark = Bookmark(start + STRIDE, values)
            bookmarks.add(bookmark)
        return bookmark

    def _back(
        self, bookmarks: OffsetBookmarks, bookmark: Bookmark | None, start: int, position: int
    ) -> Bookmark | None:
        """The place at a position, from one behind it (None for the end, whose position is `start`)."""
        while start > position:
            steps = min(STRIDE, start - position)
            values = self._values(bookmark, steps, backwards=True)
            if values is None:
                return None
            start -= steps
            bookmark = Bookmark(start, values)
            if steps == STRIDE:
                bookmarks.add(bookmark)
        return bookmark

    def _values(self, bookmark: Bookmark | None, steps: int, *, backwards: bool) -> tuple[Any, ...] | None:
        """The order's values so many rows further; None past the end and where one of them is unset."""
        sql, parameters = self.select(self._terms, bookmark, 1, steps, backwards=backwards)
        row: tuple[Any, ...] | None = self._reader.connection.execute(sql, parameters).fetchone()
        return None if row is None or None in row else row

    def select(
        self, what: str, bookmark: Bookmark | None, limit: int, offset: int, *, backwards: bool = False
    ) -> tuple[str, dict[str, Any]]:
        """A query for rows from a place on, that one included, and its parameters.

        Args:
            what: the SELECT list.
            bookmark: None for the beginning, or the end when it goes backwards.
        """
        query = self._query
        conditions = [query.where] if query.where else []
        parameters = {**query.parameters, "limit": limit, "offset": offset}
        if bookmark is not None:
            sign = ">=" if self._descending is backwards else "<="
            names = [f"place{index}" for index in range(len(bookmark.values))]
            parameters.update(zip(names, bookmark.values, strict=True))
            marks = ", ".join(f":{name}" for name in names)
            conditions.append(f"({self._terms}) {sign} ({marks})")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = (
            f"SELECT {what} FROM {self._subject.table} t{where}"  # noqa: S608 - built from our own names
            f" ORDER BY {query.order_by(backwards=backwards)} LIMIT :limit OFFSET :offset"
        )
        return sql, parameters

    def _is_passable(self) -> bool:
        if any(descending is not self._descending for _, descending in self._query.order):
            return False
        if self._descending and not self._always_set():
            return False
        somewhere = Bookmark(0, ("",) * len(self._query.order))
        return not any(self._is_sorted(bookmark) for bookmark in (None, somewhere))

    def _always_set(self) -> bool:
        sql = 'SELECT name FROM pragma_table_info(?) WHERE "notnull" OR pk'
        always = {row[0] for row in self._reader.connection.execute(sql, (self._subject.table,))}
        columns = [_COLUMN.fullmatch(term) for term, _ in self._query.order]
        return all(found is not None and found[1] in always for found in columns)

    def _is_sorted(self, bookmark: Bookmark | None) -> bool:
        """Whether SQLite has to read and sort the whole result."""
        sql, parameters = self.select(self._terms, bookmark, 1, 1)
        plan = self._reader.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return any("TEMP B-TREE" in str(row[3]) for row in plan)
