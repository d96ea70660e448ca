"""Filling an account with demo data where it may already be in use, and taking it back to its beginning."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from cotui.safety.reading import exists
from cotui.safety.temporary import remove_directories_left_behind, temporary_directory
from cotui.sandbox.database.store import Store

#: Facts of the file that are not the account's.
_KEPT = ("schema_version", "timezone")


def fill_account(store: Store, customers: int, seed: int, today: date) -> None:
    """Fills an account with demo data, unless it holds something already."""
    with _transaction(store) as connection:
        if not _holds_account(connection):
            _generate(connection, customers, seed, today)


def build_file(path: Path, customers: int, seed: int, today: Callable[[str], date]) -> None:
    """Makes a database file with demo data, unless there is a file already.

    It is made under another name, with a bulk load, and appears complete or not at all.

    Args:
        today: the account's day, given its time zone.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
    """
    beginning = f".{path.name[:40]}-"
    remove_directories_left_behind(beginning, path.parent)
    if exists(path):
        return
    with temporary_directory(beginning, path.parent) as directory:
        building = Path(directory) / "building.sqlite"
        with contextlib.closing(Store(building)) as store, store.load() as connection:
            _generate(connection, customers, seed, today(store.timezone))
        try:
            os.link(building, path)
        except FileExistsError:
            pass  # another process was faster
        except OSError:  # a file system without links
            if not exists(path):
                os.rename(building, path)


def reset_account(store: Store, today: date) -> None:
    """Empties an account and makes its demo data again: the same customers, seed and day as before.

    An account that was not made by the demo gets an empty one's small lists. Everything happens in one
    transaction.

    Args:
        today: the day to make data for where it is not noted.
    """
    with _transaction(store) as connection:
        known = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        tables = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'meta'"
        ).fetchall()
        for (name,) in tables:
            connection.execute(f'DELETE FROM "{name}"')  # noqa: S608 - a name from the schema
        marks = ", ".join("?" * len(_KEPT))
        connection.execute(f"DELETE FROM meta WHERE key NOT IN ({marks})", _KEPT)  # noqa: S608 - as above
        noted = known.get("data_date")
        made_for = date.fromisoformat(noted) if noted else today
        _generate(connection, int(known.get("customers", 0)), int(known.get("seed", 1)), made_for)


@contextlib.contextmanager
def _transaction(store: Store) -> Iterator[sqlite3.Connection]:
    # A bulk load is faster, but a file would not survive being killed in the middle of it.
    with store.load() if store.in_memory else store.write() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        yield connection


def _holds_account(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM meta WHERE key = 'generator'").fetchone() is not None or (
        connection.execute("SELECT 1 FROM customers UNION ALL SELECT 1 FROM currencies LIMIT 1").fetchone()
        is not None
    )


def _generate(connection: sqlite3.Connection, customers: int, seed: int, today: date) -> None:
    # imported here because an account that has data does not need it
    from cotui.sandbox.demo.generate import generate

    generate(connection, customers, seed, today)
