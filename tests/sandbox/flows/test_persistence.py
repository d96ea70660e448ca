"""The database file: killed in mid-write, shared by processes, from another version."""

from __future__ import annotations

import base64
import http.client
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cotui.sandbox.database.schema import SCHEMA_VERSION, SchemaError
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.resetting import build_file
from cotui.sandbox.http.server.serve import ServeError, open_store
from tests.depth import examples
from tests.sandbox import account
from tests.sandbox.http.server.test_serve import sandbox

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
        assert reader.lookups.terms
        assert reader.lookups.currencies
    store.close()
