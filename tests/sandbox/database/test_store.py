"""The database: versions, files that are something else, loading, and readers that see one state."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import cast

import pytest

from cotui.sandbox.database.schema import INDEXES, SCHEMA_VERSION, SchemaError
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.transactions import LockedError
from cotui.sandbox.http.resetting import build_file
from tests.sandbox import account


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def names(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}


def add_terms(connection: sqlite3.Connection, terms_id: int) -> None:
    account.put(connection, "terms", terms_id=terms_id, name="Net 7", days=7)


def test_a_new_file(store: Store, path: Path) -> None:
    assert store.is_empty
    assert store.meta("schema_version") == str(SCHEMA_VERSION)
    assert store.meta("seed") is None
    store.close()
    assert sorted(item.name for item in path.parent.iterdir()) == ["account.db"]


def test_data_survives_closing(path: Path) -> None:
    first = Store(path)
    account.fill(first)
    first.close()
    second = Store(path)
    with second.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (14,)
        assert reader.lookups.terms[2].days == 30
    second.close()


def test_closing_waits_for_who_is_reading() -> None:
    """SQLite ends the process where a connection is closed that another thread is using."""
    store = Store(":memory:")
    ended = []

    def close() -> None:
        store.close()
        ended.append("closed")

    closing = threading.Thread(target=close)
    with store.read() as reader:
        closing.start()
        while not store._closed:
            pass
        assert reader.connection.execute("SELECT 1").fetchone() == (1,)
        ended.append("read")
    closing.join()
    assert ended == ["read", "closed"]


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_other_databases_are_refused_and_left_alone(path: Path, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE precious (x)")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    before = path.read_bytes()

    with pytest.raises(SchemaError):
        Store(path)
    assert path.read_bytes() == before


def test_files_that_are_no_database_are_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(SchemaError):
        Store(path)
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_readers_see_writes_and_what_they_remember_follows(store: Store) -> None:
    with store.read() as reader:
        assert reader.lookups.terms == {}
        reader.remember_count(("terms",), 0)
    with store.write() as connection:
        add_terms(connection, 1)
    with store.read() as reader:
        assert reader.lookups.terms[1].name == "Net 7"
        assert reader.counts == {}


def test_a_reader_sees_one_state(store: Store) -> None:
    with store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM terms").fetchone() == (0,)
        with store.write() as connection:
            add_terms(connection, 1)
        assert reader.connection.execute("SELECT count(*) FROM terms").fetchone() == (0,)


def test_readers_cannot_write(store: Store) -> None:
    with store.read() as reader, pytest.raises(sqlite3.OperationalError):
        add_terms(reader.connection, 1)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_failed_write_or_load_changes_nothing(path: Path, in_memory: bool) -> None:
    store = Store() if in_memory else Store(path)
    with store.read() as reader:
        indexes = names(reader.connection)
    for attempt in (store.write, store.load):
        with pytest.raises(sqlite3.IntegrityError), attempt() as connection:  # noqa: PT012 - both in one
            add_terms(connection, 1)
            add_terms(connection, 1)
        with store.read() as reader:
            assert reader.lookups.terms == {}
            assert names(reader.connection) == indexes
    store.close()


def test_loading_builds_every_index(store: Store) -> None:
    with store.load() as connection:
        assert not names(connection) & {"invoices_id", "customers_company"}
        add_terms(connection, 1)
    with store.read() as reader:
        found = names(reader.connection)
        assert reader.lookups.terms
    wanted = INDEXES.read_text(encoding="utf-8").count("\nCREATE ")
    assert len({name for name in found if not name.startswith("sqlite_")}) == wanted


def test_loading_leaves_the_settings_of_every_connection(path: Path) -> None:
    settings = ("synchronous", "foreign_keys", "cache_size", "mmap_size", "temp_store", "journal_mode")

    def found(connection: sqlite3.Connection) -> list[object]:
        return [connection.execute(f"PRAGMA {setting}").fetchone()[0] for setting in settings]

    store = Store(path)
    with store.read() as reader:
        usual = found(reader.connection)
    with store.load() as connection:
        assert found(connection) != usual
    with store.write() as connection:
        assert found(connection) == usual
    store.close()


def test_many_readers(store: Store) -> None:
    with store.read() as one, store.read() as two:
        assert one.connection is not two.connection
    with store.read() as again:
        assert again.connection in (one.connection, two.connection)


def test_counts_are_forgotten_oldest_first(store: Store) -> None:
    with store.read() as reader:
        for number in range(300):
            reader.remember_count((number,), number)
        assert len(reader.counts) == 256
        assert (0,) not in reader.counts
        assert reader.counts[299,] == 299


def test_processes_that_make_one_file_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from cotui.sandbox.database.store import Store\n"
        "for path in sys.stdin: Store(Path(path.rstrip())).close(); print('made', flush=True)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for number in range(30):
        path = tmp_path / f"{number}.db"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "made\n", number
        Store(path).close()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0


def test_a_file_whose_first_page_is_not_filled_yet_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, path = tmp_path / "made.db", tmp_path / "account.db"
    build_file(made, 3, 1, lambda _: account.TODAY)
    path.write_bytes(bytes(4096))
    monkeypatch.setattr(
        "cotui.sandbox.database.schema.time.sleep", lambda _: path.write_bytes(made.read_bytes())
    )
    store = Store(path)
    with store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (3,)
    store.close()


def test_a_file_that_stays_zeros_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "account.db"
    path.write_bytes(bytes(4096))
    waits: list[float] = []
    monkeypatch.setattr("cotui.sandbox.database.schema.time.sleep", waits.append)
    with pytest.raises(SchemaError, match="not a sandbox database"):
        Store(path)
    assert 0.2 < sum(waits) < 2
    assert path.read_bytes() == bytes(4096)


class BusyAtFirst:
    """A connection that is sent away without waiting, as two are that change the journal at once."""

    def __init__(self, connection: sqlite3.Connection, times: int) -> None:
        self.connection = connection
        self.left = times

    def execute(self, statement: str) -> object:
        if self.left:
            self.left -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return self.connection.execute(statement)


@pytest.mark.parametrize(("times", "patience", "kept"), [(3, 10.0, True), (10**9, 0.0, False)])
def test_changing_the_journal_is_tried_as_long_as_there_is_patience(
    tmp_path: Path, times: int, patience: float, kept: bool
) -> None:
    store = Store(tmp_path / "account.db", patience=patience)
    whole = store._writer
    store._writer = cast(sqlite3.Connection, BusyAtFirst(whole, times))
    with nullcontext() if kept else pytest.raises(LockedError):
        store._keep_journal()
    store._writer = whole
    store.close()
