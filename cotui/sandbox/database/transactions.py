"""Reading in one state of the data or not for long, and what is raised when it is locked or its disk at fault."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from time import perf_counter

#: Seconds after which a glance is given up.
_GLANCE = 0.01
#: Instructions of SQLite's virtual machine (some tens of nanoseconds each) between two looks at the clock.
_STEPS = 10_000
#: What SQLite says when the file or its disk is at fault.
_DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
)


class TakesLongError(Exception):
    """A glance at the data was given up; what it has seen so far is of no use."""


class LockedError(sqlite3.OperationalError):
    """Another process has kept the database file locked for all the time that is waited. Nothing was written."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or "another process keeps the file locked")
        #: what else is wrong with the file; empty for a lock
        self.reason = reason


class DiskError(LockedError):
    """The database file cannot be used: the disk is full, it became read-only, it is damaged. Nothing was written."""


@contextlib.contextmanager
def one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction for reading. Its view of the data starts with the first read, not before."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextlib.contextmanager
def hurried(connection: sqlite3.Connection) -> Iterator[None]:
    """Gives up what takes longer than a glance may."""
    until = perf_counter() + _GLANCE
    connection.set_progress_handler(lambda: perf_counter() > until, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise TakesLongError from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextlib.contextmanager
def telling_locks(kind: type[Exception] = LockedError) -> Iterator[None]:
    """Raises such an error where SQLite says that somebody else has the data locked, or that the disk is at fault."""
    try:
        yield
    except LockedError:
        raise
    except sqlite3.DatabaseError as error:
        # the low byte is what the longer codes have in common
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise kind() from error
        if code in _DISK:
            raise (DiskError(str(error)) if kind is LockedError else kind()) from error
        raise
