"""The database file: killed in mid-write, shared by processes, from another version."""

from __future__ import annotations

import base64
import http.client
import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from cotui.sandbox.resetting import build_file, fill_account
from cotui.sandbox.schema import SCHEMA_VERSION, SchemaError
from cotui.sandbox.serve import ServeError, open_store
from cotui.sandbox.store import LockedError, Store
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.test_serve import sandbox

#: How often a process is killed while it writes.
KILLS = examples(8, short=3)


class Writer:
    """Sends writes to a sandbox until it is gone, and remembers what was confirmed."""

    def __init__(self, said: dict[str, str]) -> None:
        url = urlsplit(said["url"])
        self._connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=30)
        self._path = url.path
        self._headers = {"Authorization": f"Basic {base64.b64encode(b'u:p').decode()}"}
        self.confirmed: list[str] = []
        self.tried: set[str] = set()
        self.begun = threading.Event()

    def call(self, path: str, value: Any) -> Any:
        self._connection.request(
            "POST", f"{self._path}/{path}", body=json.dumps(value), headers=self._headers
        )
        return json.loads(self._connection.getresponse().read())

    def run(self, prefix: str) -> None:
        """Creates customers with two contacts' worth of data each until the server is killed."""
        number = 0
        try:
            while True:
                keys = [f"{prefix}-{number}-{index}" for index in range(5)]
                number += 1
                self.tried.update(keys)
                items = [
                    {
                        "request_method": "POST",
                        "uri": "/api/v3/customer",
                        "payload": {
                            "company": key,
                            "external_key": key,
                            "superuser_email": f"{key}@example.com",
                        },
                    }
                    for key in keys
                ]
                answer = self.call("_bulk", items)
                assert [one["code"] for one in answer["response"]["_bulk"]] == [201] * 5, answer
                self.confirmed += keys
                if number == 3:
                    self.begun.set()
        except (OSError, http.client.HTTPException):
            # the server was killed
            self.begun.set()
        finally:
            self._connection.close()


@pytest.mark.deep
def test_it_survives_being_killed_in_the_middle_of_writes(tmp_path: Path) -> None:
    path = tmp_path / "account.db"
    confirmed: list[str] = []
    tried: set[str] = set()
    for attempt in range(KILLS):
        words = ("--customers", "5", "--database", str(path), "--username", "u", "--password", "p")
        with sandbox(*words, "--quiet", "--rate-limit", "off") as (process, said):
            writer = Writer(said)
            thread = threading.Thread(target=writer.run, args=(str(attempt),))
            thread.start()
            assert writer.begun.wait(60)
            process.kill()
            process.wait(60)
            thread.join(60)
            confirmed += writer.confirmed
            tried |= writer.tried
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            kept = {
                row[0]
                for row in connection.execute("SELECT external_key FROM customers WHERE company LIKE '%-%-%'")
            }
            # what was confirmed is there, and every customer with the contact that was made with it
            assert set(confirmed) <= kept <= tried
            alone = "SELECT count(*) FROM customers WHERE company LIKE '%-%-%' AND superuser_id IS NULL"
            assert connection.execute(alone).fetchone() == (0,)
        connection.close()
    assert len(confirmed) >= KILLS * 10


def test_a_file_being_made_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cotui.sandbox.demo.generate", fail)
        with pytest.raises(KeyboardInterrupt):
            build_file(tmp_path / "account.db", 5, 1, lambda _: account.TODAY)
    assert list(tmp_path.iterdir()) == []

    build_file(tmp_path / "account.db", 5, 1, lambda _: account.TODAY)
    before = (tmp_path / "account.db").read_bytes()
    build_file(tmp_path / "account.db", 9, 2, lambda _: account.TODAY)
    assert [item.name for item in tmp_path.iterdir()] == ["account.db"]
    assert (tmp_path / "account.db").read_bytes() == before


def test_filling_an_account_that_holds_something_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "account.db")
    fill_account(store, 3, 1, account.TODAY)
    fill_account(store, 9, 1, account.TODAY)
    with store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (3,)
    store.close()


@pytest.mark.long
def test_two_processes_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "account.db"
    words = ("--customers", "3", "--database", str(path), "--username", "u", "--password", "p")
    more = ("--quiet", "--rate-limit", "off")
    with sandbox(*words, *more) as (_, one), sandbox(*words, *more) as (_, two):
        writers = [Writer(one), Writer(two)]
        failures: list[str] = []

        def write(index: int) -> None:
            for number in range(40):
                key = f"{index}-{number}-x"
                answer = writers[index].call("customer", {"company": key, "external_key": key})
                if answer["code"] != 201:
                    failures.append(str(answer))
            writers[index]._connection.close()

        threads = [threading.Thread(target=write, args=(index,)) for index in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failures == []
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM customers WHERE company LIKE '%-%-x'").fetchone() == (
            80,
        )
    connection.close()


def test_processes_that_make_one_file_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from cotui.sandbox.store import Store\n"
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
    monkeypatch.setattr("cotui.sandbox.schema.time.sleep", lambda _: path.write_bytes(made.read_bytes()))
    store = Store(path)
    with store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (3,)
    store.close()


def test_a_file_that_stays_zeros_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "account.db"
    path.write_bytes(bytes(4096))
    waits: list[float] = []
    monkeypatch.setattr("cotui.sandbox.schema.time.sleep", waits.append)
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


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_older_files_are_refused_with_a_reason_and_left_alone(tmp_path: Path, version: int) -> None:
    path = tmp_path / "account.db"
    build_file(path, 3, 1, lambda _: account.TODAY)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(SchemaError, match=f"schema version {version}"):
        Store(path)
    with pytest.raises(ServeError, match="make a new one, or use the cotui that made it"):
        open_store(path, 5, 1)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["account.db"]


def test_memory_is_the_default() -> None:
    store = open_store(None, 2, 1)
    assert store.path == ":memory:"
    with store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (2,)
    store.close()


def test_an_account_without_customers_can_be_used() -> None:
    store = open_store(None, 0, 1)
    with store.read() as reader:
        assert reader.facts.terms
        assert reader.facts.currencies
    store.close()
