"""Rows are inserted in batches, and 0 stands for NULL where it may."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from cotui.sandbox.demo.rows import Rows, by_number, insert, inserting, marks, names


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE things (thing_id INTEGER, note TEXT, parent_id INTEGER)")
    yield made
    made.close()


def stored(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute("SELECT * FROM things ORDER BY 1").fetchall()


def test_columns_and_their_places() -> None:
    assert names("a b? c") == "a, b, c"
    assert marks("a b? c") == "?, nullif(?, 0), ?"
    assert inserting("things", "a b?") == "INSERT INTO things (a, b) VALUES (?, nullif(?, 0))"


def test_zero_is_null_where_a_column_is_marked_and_zero_elsewhere(connection: sqlite3.Connection) -> None:
    insert(connection, "things", "thing_id parent_id? note?", [(0, 0, 0), (1, 7, "x")])
    assert stored(connection) == [(0, None, None), (1, "x", 7)]


def test_values_named_by_their_place_may_come_several_times_and_in_any_order(
    connection: sqlite3.Connection,
) -> None:
    statement = by_number("INSERT INTO things SELECT ?2, ?1 || ?1, nullif(?10, 0) FROM given")
    assert "?1 " not in statement.replace("? AS given_1 ", "")
    connection.executemany(statement, [("ab", 1, *range(3, 10), 0), ("c", 2, *range(3, 10), 5)])
    assert stored(connection) == [(1, "abab", None), (2, "cc", 5)]


def test_a_batch_goes_in_once_into_lists_that_stay(connection: sqlite3.Connection) -> None:
    rows = Rows(connection, {"things": inserting("things", "thing_id note")})
    things = rows["things"]
    things.append((1, "a"))
    rows.flush()
    things.append((2, "b"))
    rows.flush()
    rows.flush()
    assert stored(connection) == [(1, "a", None), (2, "b", None)]
    assert rows["things"] is things
