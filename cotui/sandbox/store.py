"""The sandbox's database: opening, reading with one consistent view, and loading in bulk.

SQLite connections are kept and lent out. A file is read by several connections at once (write-ahead
log); a database in memory belongs to one connection, which its users share by turns.
"""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cotui.sandbox import schema
from cotui.sandbox.clock import Clock
from cotui.sandbox.facts import Facts
from cotui.sandbox.money import money

#: Seconds a connection waits for another process that is writing.
_BUSY_TIMEOUT = 10.0
#: Connections kept open for the next reader; more may exist for a moment.
_KEPT_READERS = 4
#: Counts remembered per connection, so that they need not be taken for every page.
_KEPT_COUNTS = 256


@dataclass
class Reader:
    """A connection that reads, with what it need not look up again while the data stays the same."""

    connection: sqlite3.Connection
    facts: Facts
    #: state of the data that `facts` and `counts` describe
    state: tuple[int, int]
    counts: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def remember_count(self, key: tuple[Any, ...], count: int) -> int:
        """Keeps a count until the data changes; the answer is `count`."""
        if len(self.counts) >= _KEPT_COUNTS:
            del self.counts[next(iter(self.counts))]
        self.counts[key] = count
        return count


class Store:
    """One account's data.

    Args:
        path: the database file, made when it does not exist; ":memory:" for one that is never stored.

    Raises:
        SchemaError: the file is something else, or of another schema version. It is left as it was.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.path = str(path)
        self.in_memory = self.path == ":memory:"
        self._writes = 0
        self._writing = threading.Lock()
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._closed = False
        self._writer = self._open()
        try:
            schema.version(self._writer)
            self._configure(self._writer)
            self._prepare()
        except BaseException:
            self._writer.close()
            raise

    def _prepare(self) -> None:
        if schema.version(self._writer) == 0:
            if not self.in_memory:
                self._writer.execute("PRAGMA journal_mode = WAL")
            with self.write() as connection:
                # another process may have been faster
                if schema.version(connection) == 0:
                    schema.create_tables(connection)
                    schema.create_indexes(connection)
        schema.check(self._writer)
        self.timezone = self.meta("timezone") or schema.DEFAULT_TIMEZONE
        self._clock = Clock(self.timezone)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path,
            timeout=_BUSY_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )

    def _configure(self, connection: sqlite3.Connection) -> None:
        connection.create_function("fold", 1, _fold, deterministic=True)
        connection.create_function("served_money", 2, _served_money, deterministic=True)
        connection.create_function("served_time", 1, self._served_time)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16384")
        connection.execute("PRAGMA mmap_size = 2147483648")
        connection.execute("PRAGMA temp_store = MEMORY")

    def _served_time(self, seconds: object) -> str | None:
        return self._clock.iso(seconds) if isinstance(seconds, int) else None

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """A reader whose queries all see the same state of the data."""
        if self.in_memory:
            with self._writing:
                yield self._refreshed(self._memory_reader())
            return
        reader = self._borrow()
        try:
            reader.connection.execute("BEGIN")
            try:
                # BEGIN alone fixes nothing: the view of the data starts with the first read
                reader.connection.execute("SELECT 1 FROM meta LIMIT 1").fetchone()
                yield self._refreshed(reader)
            finally:
                reader.connection.execute("COMMIT")
        finally:
            self._give_back(reader)

    def _memory_reader(self) -> Reader:
        if self._idle.empty():
            self._idle.put(self._reader(self._writer))
        reader = self._idle.get()
        self._idle.put(reader)
        return reader

    def _borrow(self) -> Reader:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            connection = self._open()
            self._configure(connection)
            connection.execute("PRAGMA query_only = ON")
            return self._reader(connection)

    def _give_back(self, reader: Reader) -> None:
        if self._closed or self._idle.qsize() >= _KEPT_READERS:
            reader.connection.close()
        else:
            self._idle.put(reader)

    def _reader(self, connection: sqlite3.Connection) -> Reader:
        # read again in the first transaction: nothing may change between the facts and their state
        return Reader(connection, Facts.load(connection), state=(-1, -1))

    def _state(self, connection: sqlite3.Connection) -> tuple[int, int]:
        # data_version notices other connections and processes, the counter our own writes in memory
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        return version, self._writes

    def _refreshed(self, reader: Reader) -> Reader:
        state = self._state(reader.connection)
        if state != reader.state:
            reader.facts = Facts.load(reader.connection)
            reader.counts.clear()
            reader.state = state
        return reader

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: everything in it is kept, or nothing when it raises."""
        with self._writing:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")
            self._writes += 1

    @contextlib.contextmanager
    def load(self) -> Iterator[sqlite3.Connection]:
        """A transaction for very many rows: indexes are dropped first and built again at the end.

        Durability is given up while it runs: a power cut may spoil the file, so make files of demo data
        under a temporary name and rename them.
        """
        self._close_readers()
        # Where somebody else is reading, the journal cannot be changed and loading is only slower.
        with contextlib.suppress(sqlite3.OperationalError):
            self._pragmas("journal_mode = MEMORY")
        self._pragmas("synchronous = OFF", "foreign_keys = OFF", "cache_size = -131072")
        try:
            with self.write() as connection:
                names = connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                ).fetchall()
                for (name,) in names:
                    connection.execute(f'DROP INDEX "{name}"')
                yield connection
                schema.create_indexes(connection)
        finally:
            self._pragmas("synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16384")
            if not self.in_memory:
                self._pragmas("journal_mode = WAL")

    def _pragmas(self, *settings: str) -> None:
        for setting in settings:
            self._writer.execute(f"PRAGMA {setting}")

    def meta(self, key: str) -> str | None:
        """A fact about this database (see the table `meta`); None when it is not noted."""
        row = self._writer.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @property
    def is_empty(self) -> bool:
        """Whether there is no customer yet."""
        return self._writer.execute("SELECT 1 FROM customers LIMIT 1").fetchone() is None

    def close(self) -> None:
        """Closes all connections; SQLite then folds the write-ahead log into the file."""
        self._closed = True
        self._close_readers()
        self._writer.close()

    def _close_readers(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                reader = self._idle.get_nowait()
                if reader.connection is not self._writer:
                    reader.connection.close()


def _served_money(minor: object, unit: object) -> str | None:
    return str(money(minor, unit)) if isinstance(minor, int) and isinstance(unit, int) else None


def _fold(text: object) -> str | None:
    return text.casefold() if isinstance(text, str) else None
