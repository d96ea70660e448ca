"""Finding records: ids first, from an index alone, then the rows of one page.

Stepping over 900,000 entries of an index takes milliseconds; stepping over as many rows would read them all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cotui.sandbox.database.deep_pages import LongResult
from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.query_sql import Compiled
from cotui.sandbox.database.store import Reader

#: Largest offset SQLite takes.
_LARGEST = 2**63 - 1


def count(reader: Reader, subject: SandboxObject, query: Compiled) -> int:
    """How many records meet the query's conditions; remembered until the data changes."""
    known = reader.counts.get(query.key)
    if known is not None:
        return known
    sql = f"SELECT count(*) FROM {subject.table} t{_where(query)}"  # noqa: S608 - built from our own names
    found = reader.connection.execute(sql, query.parameters).fetchone()[0]
    return reader.remember_count(query.key, int(found))


def page(
    reader: Reader, subject: SandboxObject, query: Compiled, limit: int, offset: int
) -> list[Sequence[Any]]:
    """The rows of one page, in order; fewer than `limit` at the end of the result."""
    ids = _ids(reader, subject, query, limit, min(offset, _LARGEST))
    sql = (
        f"SELECT {subject.select} FROM json_each(?) j"  # noqa: S608 - built from our own names
        f" CROSS JOIN {subject.table} t ON t.{subject.key} = j.value {subject.joins}"
    )
    rows = {row[0]: row for row in reader.connection.execute(sql, (json.dumps(ids),))}
    return [rows[found] for found in ids]


def _ids(reader: Reader, subject: SandboxObject, query: Compiled, limit: int, offset: int) -> list[int]:
    total = reader.counts.get(query.key)
    if total is not None:
        limit = min(limit, total - offset)
    if limit <= 0:
        return []
    result = LongResult(reader, subject, query)
    what = f"t.{subject.key}"
    bookmark, backwards = None, False
    if (bookmarks := result.bookmarks_for(offset)) is not None:
        bookmark = result.near(bookmarks, offset, total)
        offset -= bookmark.position if bookmark else 0
    elif total is not None and offset > total // 2:
        # nearer to the end than to the beginning: come from there
        backwards, offset = True, total - offset - limit
    sql, parameters = result.select(what, bookmark, limit, offset, backwards=backwards)
    ids = [int(row[0]) for row in reader.connection.execute(sql, parameters)]
    return ids[::-1] if backwards else ids


def _where(query: Compiled) -> str:
    return f" WHERE {query.where}" if query.where else ""


def one(reader: Reader, subject: SandboxObject, column: str, value: int | str) -> Sequence[Any] | None:
    """The row of one record, by its id, external key or token; None when there is none.

    Args:
        column: the primary key or one of `subject.addresses`.
    """
    sql = (
        f"SELECT {subject.select} FROM {subject.table} t {subject.joins}"  # noqa: S608 - our own names
        f" WHERE {subject.by(column)}"
    )
    row: Sequence[Any] | None = reader.connection.execute(sql, (value,)).fetchone()
    return row
