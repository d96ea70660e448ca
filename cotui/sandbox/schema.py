"""The shape of a sandbox database: its tables, its indexes and its version.

The statements are in `tables.sql` and `indexes.sql` beside this file; the comments there say what every
table holds and in which units. A bulk load makes the tables, fills them and then builds the indexes,
which is several times faster than filling indexed tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cotui.sandbox.clock import DEFAULT_TIMEZONE as DEFAULT_TIMEZONE

#: Raised whenever tables.sql changes its meaning. Stored as PRAGMA user_version and in `meta`.
SCHEMA_VERSION = 2

#: Line rates are stored in this many parts of a major unit, because a rate may be finer than its currency.
RATE_SCALE = 1_000_000

#: Rows of an index that are looked at to measure it.
_SAMPLE = 10_000

TABLES = Path(__file__).with_name("tables.sql")
INDEXES = Path(__file__).with_name("indexes.sql")


class SchemaError(Exception):
    """A database file that this version of the sandbox cannot serve."""


def create_tables(connection: sqlite3.Connection, timezone: str = DEFAULT_TIMEZONE) -> None:
    """Makes all tables, without indexes, in an empty database.

    Args:
        timezone: IANA name of the account's time zone; what "today" means depends on it.
    """
    for statement in _statements(TABLES):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("schema_version", str(SCHEMA_VERSION)), ("timezone", timezone)],
    )
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Builds all indexes and measures them, so that SQLite chooses between them well."""
    for statement in _statements(INDEXES):
        connection.execute(statement)
    # A sample tells SQLite as much, and reading all of a million invoices takes seconds.
    connection.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA analysis_limit = 0")


def _statements(path: Path) -> Iterator[str]:
    # executescript() would commit the transaction that a load runs in
    statement = ""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open database; 0 when it has no tables yet.

    Raises:
        SchemaError: the file is no SQLite database, or one that something else made.
    """
    try:
        # in this order: another process may be making the tables, and commits them together with the version
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise SchemaError(f"this file is not a sandbox database ({error})") from error
    if found == 0 and tables:
        raise SchemaError("this file is an SQLite database, but not one that the sandbox made")
    return found


def check(connection: sqlite3.Connection) -> None:
    """Refuses a database whose schema is not this version's.

    Raises:
        SchemaError: with the version found and the version wanted.
    """
    found = version(connection)
    if found != SCHEMA_VERSION:
        raise SchemaError(
            f"this database has schema version {found}, but this version of cotui reads version "
            f"{SCHEMA_VERSION}: make a new one, or use the cotui that made it"
        )
