"""The sandbox's database: opening, reading with one consistent view, and loading in bulk.

SQLite connections are kept and lent out. A file is read by several connections at once (write-ahead
log); a database in memory belongs to one connection, which its users share by turns.

Who must not be held up, such as an event loop, takes a glance first: most answers are there sooner than another
thread could be asked for them.
"""

from __future__ import annotations

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from cotui.safety.private_files import close_to_others, make_private
from cotui.sandbox.database import schema
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.offset_bookmarks import OffsetBookmarks
from cotui.sandbox.database.served_values import money
from cotui.sandbox.database.transactions import TakesLongError, hurried, one_state, telling_locks

#: Seconds a connection waits for another process that is writing.
_BUSY_TIMEOUT = 10.0
#: Seconds between tries at what SQLite does not wait for.
_BETWEEN_TRIES = 0.02
#: Connections kept open for the next reader; more may exist for a moment.
_KEPT_READERS = 4
#: Counts remembered per connection, so that they need not be taken for every page.
_KEPT_COUNTS = 256
#: Of every connection, except while it loads.
_SETTINGS = (
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "cache_size = -16384",
    "mmap_size = 2147483648",
    "temp_store = MEMORY",
    "secure_delete = ON",  # what was in the outbox is not in the file's unused parts
)


@dataclass
class Reader:
    """A connection that reads, with what it need not look up again while the data stays the same."""

    connection: sqlite3.Connection
    lookups: Lookups
    #: state of the data that the rest describes
    state: tuple[int, int]
    counts: dict[tuple[Any, ...], int] = field(default_factory=dict)
    #: in long results (deep_pages.py); None for results that have none
    bookmarks: dict[tuple[Any, ...], OffsetBookmarks | None] = field(default_factory=dict)
    #: seconds that the connection waits for whoever has the data locked
    patience: float = -1.0

    def wait(self, seconds: float) -> None:
        """Sets how long the connection waits for whoever has the data locked."""
        if seconds != self.patience:
            self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
            self.patience = seconds

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
        patience: seconds to wait for another process that is writing.
        copy_of: a store whose data this one begins with, for one in memory.

    Raises:
        FileFault: the file cannot be made.
        SchemaError: the file is something else, or of another schema version. It is left as it was.
    """

    def __init__(
        self,
        path: Path | str = ":memory:",
        *,
        patience: float = _BUSY_TIMEOUT,
        copy_of: Store | None = None,
    ) -> None:
        self.path = str(path)
        self.in_memory = self.path == ":memory:"
        #: what there is to say of who could read its files
        self.opened: list[str] = []
        self._patience = patience
        self._writes = 0
        self._writing = threading.Lock()
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._closed = False
        if not self.in_memory:
            schema.refuse_foreign(self.path)
            # before SQLite makes it, whose files beside it (-wal, -shm, -journal) are then as private
            make_private(self.path)
        self._writer = self._open(patience)
        try:
            if copy_of is not None:
                with copy_of.read() as reader:
                    reader.connection.backup(self._writer)
            schema.version(self._writer)
            self._configure(self._writer)
            self._prepare()
            if not self.in_memory:
                self.opened = [
                    said for end in ("", "-wal", "-shm") if (said := close_to_others(self.path + end))
                ]
        except BaseException:  # nobody else can close it
            self._writer.close()
            raise

    def _prepare(self) -> None:
        if schema.version(self._writer) == 0:
            if not self.in_memory:
                self._keep_journal()
            with self.write() as connection:
                # another process may have been faster
                if schema.version(connection) == 0:
                    schema.create_tables(connection)
                    schema.create_indexes(connection)
        schema.check(self._writer)
        if statements := schema.missing(self._writer):
            with self.write() as connection:
                for statement in statements:
                    connection.execute(statement)
        self.timezone = self.meta("timezone") or schema.DEFAULT_TIMEZONE
        self._clock = Clock(self.timezone)

    def _keep_journal(self) -> None:
        """Has changes written ahead, also where several processes make the file at once. Raises LockedError."""
        until = monotonic() + self._patience
        with telling_locks():
            while True:
                try:
                    self._writer.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    # two that both want to change the journal: SQLite sends one away without letting it wait
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                        raise
                sleep(_BETWEEN_TRIES)

    def _open(self, patience: float) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )

    def _configure(self, connection: sqlite3.Connection) -> None:
        connection.create_function("fold", 1, _fold, deterministic=True)
        connection.create_function("served_money", 2, _served_money, deterministic=True)
        connection.create_function("served_time", 1, self._served_time)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    def _served_time(self, seconds: object) -> str | None:
        return self._clock.iso(seconds) if isinstance(seconds, int) else None

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """A reader whose queries all see the same state of the data.

        Raises:
            LockedError: another process has kept the file locked all the time, against readers too.
        """
        if self.in_memory:
            with self._writing:
                yield self._refreshed(self._memory_reader())
            return
        with telling_locks():
            reader = self._borrow(self._patience)
            try:
                reader.wait(self._patience)
                with one_state(reader.connection):
                    yield self._refreshed(reader)
            finally:
                self._give_back(reader)

    @contextlib.contextmanager
    def glance(self) -> Iterator[Reader]:
        """As `read`, for a thread that must not be held up.

        Raises:
            TakesLongError: a query is under way for too long, or somebody else keeps the data locked; another
                thread may `read`.
        """
        if self.in_memory:
            if not self._writing.acquire(blocking=False):
                raise TakesLongError
            try:
                reader = self._memory_reader()
                with hurried(reader.connection):
                    yield self._refreshed(reader)
            finally:
                self._writing.release()
            return
        with telling_locks(TakesLongError):
            # Whoever reads after a glance in vain gets the same reader, and with it what that has remembered.
            reader = self._borrow(0.0)
            try:
                reader.wait(0.0)
                # in this order: a COMMIT that is given up would leave the transaction open
                with one_state(reader.connection), hurried(reader.connection):
                    yield self._refreshed(reader)
            finally:
                self._give_back(reader)

    def _memory_reader(self) -> Reader:
        if self._idle.empty():
            self._idle.put(self._reader(self._writer))
        reader = self._idle.get()
        self._idle.put(reader)
        return reader

    def _borrow(self, patience: float) -> Reader:
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        connection = self._open(patience)
        try:
            self._configure(connection)
            connection.execute("PRAGMA query_only = ON")
            return self._reader(connection)
        except BaseException:  # nobody else can close it
            connection.close()
            raise

    def _give_back(self, reader: Reader) -> None:
        if self._closed or self._idle.qsize() >= _KEPT_READERS:
            reader.connection.close()
        else:
            self._idle.put(reader)

    def _reader(self, connection: sqlite3.Connection) -> Reader:
        # read again in the first transaction: nothing may change between the facts and their state
        return Reader(connection, Lookups.load(connection), state=(-1, -1))

    def _state(self, connection: sqlite3.Connection) -> tuple[int, int]:
        # data_version notices other connections and processes, the counter our own writes in memory; asking for
        # it is a read, with which the view of a transaction starts
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        return version, self._writes

    def _refreshed(self, reader: Reader) -> Reader:
        state = self._state(reader.connection)
        if state != reader.state:
            reader.lookups = Lookups.load(reader.connection)
            reader.counts.clear()
            reader.bookmarks.clear()
            reader.state = state
        return reader

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing when it raises. Raises LockedError where the file stays locked."""
        with self._writing, telling_locks():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:  # all or nothing, when it is interrupted too
                if self._writer.in_transaction:
                    # SQLite ends it by itself where the disk is full
                    self._writer.execute("ROLLBACK")
                raise
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
        # Indexes of large tables are sorted faster in files than in memory; a mapped file would all be in memory.
        self._pragmas(
            "synchronous = OFF",
            "foreign_keys = OFF",
            "cache_size = -65536",
            f"temp_store = {'MEMORY' if self.in_memory else 'FILE'}",  # no directory for files may be a reason
            "mmap_size = 0",
        )
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
            self._pragmas(*_SETTINGS)
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
        """Closes all connections, when those that use them are done; SQLite then folds the write-ahead log into the file."""
        self._closed = True
        # a connection that is closed while another thread uses it ends the process
        with self._writing:
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
