"""The shape of a sandbox database: its tables, its indexes and its version.

The statements are in `tables.sql` and `indexes.sql` beside this file, and in files of these names that objects have
in their folders; the comments there say what every table holds and in which units. A bulk load makes the tables,
fills them and then builds the indexes, which is several times faster than filling indexed tables.

Accounts in use get the tables and indexes of objects that are new when they are opened, so an object that brings them
along needs no new `SCHEMA_VERSION`; one whose table changes does.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from cotui.safety.faults import FileFault
from cotui.safety.reading import open_to_read, status
from cotui.sandbox.database.clock import DEFAULT_TIMEZONE as DEFAULT_TIMEZONE

#: Raised whenever tables.sql changes its meaning. Stored as PRAGMA user_version and in `meta`.
SCHEMA_VERSION = 3

#: Line rates are stored in this many parts of a major unit, because a rate may be finer than its currency: the
#: finest that 64 bits leave for the largest.
RATE_SCALE = 10**8

#: Rows of an index that are looked at to measure it.
_SAMPLE = 10_000

#: What every SQLite database begins with (https://www.sqlite.org/fileformat.html).
_MAGIC = b"SQLite format 3\0"

#: How often, and how many seconds apart, a file of zeros is looked at before it counts as no database.
_LOOKS = 20
_BETWEEN_LOOKS = 0.025

_FOREIGN = "this file is an SQLite database, but not one that the sandbox made"

TABLES = Path(__file__).with_name("tables.sql")
INDEXES = Path(__file__).with_name("indexes.sql")
#: where the folders of objects stand
OBJECTS = [Path(__file__).parents[1] / "objects"]
_MAKES = re.compile(r"CREATE (?:TABLE|(?:UNIQUE )?INDEX) IF NOT EXISTS (\w+)")


class SchemaError(Exception):
    """A database file that this version of the sandbox cannot serve."""


def create_tables(connection: sqlite3.Connection, timezone: str = DEFAULT_TIMEZONE) -> None:
    """Makes all tables, without indexes, in an empty database.

    Args:
        timezone: IANA name of the account's time zone; what "today" means depends on it.
    """
    for statement in (*_statements(TABLES), *of_objects("tables.sql")):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("schema_version", str(SCHEMA_VERSION)), ("timezone", timezone)],
    )
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Builds all indexes and measures them, so that SQLite chooses between them well."""
    for statement in (*_statements(INDEXES), *of_objects("indexes.sql")):
        connection.execute(statement)
    # A sample tells SQLite as much, and reading all of a million invoices takes seconds.
    connection.execute(f"PRAGMA analysis_limit = {_SAMPLE}")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA analysis_limit = 0")


def of_objects(name: str) -> Iterator[str]:
    """The statements of all files of this name that objects have in their folders."""
    for place in OBJECTS:
        for path in sorted(place.glob(f"*/{name}")):
            yield from _statements(path)


def missing(connection: sqlite3.Connection) -> list[str]:
    """The statements for what objects bring along and a database was made without."""
    statements = [*of_objects("tables.sql"), *of_objects("indexes.sql")]
    if not statements:
        return []
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    return [statement for statement in statements if made_by(statement) not in there]


def made_by(statement: str) -> str:
    """The name of the table or index that a statement of an object makes. Raises ValueError where it makes none."""
    found = _MAKES.search(statement)
    if found is None:
        raise ValueError(
            f"an object makes its tables by CREATE TABLE IF NOT EXISTS, not by {statement.strip()}"
        )
    return found[1]


def _statements(path: Path) -> Iterator[str]:
    """The statements of a file. Raises ValueError where the last one has no end."""
    # executescript() would commit the transaction that a load runs in
    statement = ""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"{path}: a ; is missing after {statement.strip()}")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a database is damaged."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT


def damage(error: sqlite3.Error) -> str:
    """What is to be said of it."""
    return f"this database is damaged ({error}): put a copy back, or name another file"


def _no_database(error: sqlite3.Error) -> str:
    return f"this file is not a sandbox database ({error})"


def refuse_foreign(path: str) -> None:
    """Refuse a database that something else made. Nothing of it is changed, not even what a killed program left.

    Args:
        path: a file, or where one is to be made.

    Raises:
        SchemaError: it is no SQLite database, or one that something else made.
    """
    there = status(path)
    if there is None or not there.st_size:
        return
    journal = status(f"{path}-wal")
    # what is in the journal counts; without one, reading could make one
    ways = ["mode=ro"] if journal is not None and journal.st_size else []
    for way in (*ways, "immutable=1"):
        try:
            with contextlib.closing(
                sqlite3.connect(f"file:{quote(path)}?{way}", uri=True, timeout=0)
            ) as found:
                if not _is_ours(found):
                    raise SchemaError(_FOREIGN)
                return
        except sqlite3.OperationalError:
            continue  # locked, or left in the middle of a change
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB or _is_being_made(path):
                return  # damaged, or being written: whoever opens it will see
            raise SchemaError(_no_database(error)) from error


def _is_being_made(path: str) -> bool:
    """Whether a file that began with nothing but zeros is a database a moment later.

    Without a lock the first page is seen before it is filled: tmpfs shows a file's new size earlier than
    what is in it.
    """
    for _ in range(_LOOKS):
        with contextlib.suppress(FileFault), open_to_read(path) as file:
            begins = file.read(len(_MAGIC))
            if begins.strip(b"\0"):
                return begins == _MAGIC
        time.sleep(_BETWEEN_LOOKS)
    return False


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a database holds what is always there, or nothing yet."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall()}
    if "meta" not in tables:
        return not tables
    columns = {row[1] for row in connection.execute("PRAGMA table_info(meta)").fetchall()}
    known = {"key", "value"} <= columns and "customers" in tables
    return (
        known and connection.execute("SELECT 1 FROM meta WHERE key = 'schema_version'").fetchone() is not None
    )


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
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise SchemaError(
                "another program keeps it locked: end that program, or name another file"
            ) from error
        raise SchemaError(damage(error) if is_damage(error) else _no_database(error)) from error
    if found == 0 and tables:
        raise SchemaError(_FOREIGN)
    return found


def check(connection: sqlite3.Connection) -> None:
    """Refuses a database whose schema is not this version's: SchemaError with the version found and the one wanted."""
    found = version(connection)
    if found != SCHEMA_VERSION:
        raise SchemaError(
            f"this database has schema version {found}, but this version of cotui reads version "
            f"{SCHEMA_VERSION}: make a new one, or use the cotui that made it"
        )
