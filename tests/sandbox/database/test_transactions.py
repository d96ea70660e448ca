"""Another process holds the database file: 503, nothing written, and all is well once it is let go."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.database.transactions import LockedError
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Answer, Client

NEW = {"company": "New", "external_key": "new"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account.db"


@pytest.fixture
def impatient(path: Path) -> Iterator[Store]:
    """A store that does not wait for others at all."""
    store = Store(path, patience=0.0)
    account.fill(store)
    yield store
    store.close()


@pytest.fixture
def without_log(path: Path) -> Iterator[Store]:
    """The same over a file that something else has taken the write-ahead log from."""
    store = Store(path)
    account.fill(store)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    store = Store(path, patience=0.0)
    yield store
    store.close()


def client_of(store: Store) -> Client:
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


@contextlib.contextmanager
def stranger(path: Path) -> Iterator[sqlite3.Connection]:
    """What another process would open."""
    with contextlib.closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        yield connection


def in_use(answer: Answer) -> bool:
    assert answer.envelope == {
        "code": 503,
        "status": "Error",
        "message": "Another process holds the sandbox's database file. Nothing was changed; try again when it is done.",
        "details": {},
        "response": False,
    }
    return answer.status == 503


async def test_a_write_is_refused(path: Path, impatient: Store) -> None:
    client = client_of(impatient)
    with stranger(path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert in_use(await client.post("customer", NEW))
        assert in_use(await client.put("customer/1", {"company": "Changed"}))
        assert in_use(await client.delete("customer/1"))
        assert in_use(await client.send("PUT", "/_sandbox/clock", body=b'{"days": 1}'))
        assert in_use(await client.send("POST", "/_sandbox/reset"))
        # readers go on
        assert (await client.get("customer/1")).response["company"] == "back\\slash 1"
        assert (await client.get("customer/external_key:new")).status == 404

        other.execute("ROLLBACK")
        assert (await client.post("customer", NEW)).status == 201
        assert (await client.get("customer/external_key:new")).response["company"] == "New"


async def test_writes_of_a_batch_are_refused_one_by_one(path: Path, impatient: Store) -> None:
    client = client_of(impatient)
    with stranger(path) as other:
        items = [
            {"request_method": "GET", "uri": "/api/v3/customer/1"},
            {"request_method": "POST", "uri": "/api/v3/customer", "payload": NEW},
        ]
        other.execute("BEGIN IMMEDIATE")
        answers = (await client.post("_bulk", items)).response["_bulk"]
        assert [one["code"] for one in answers] == [200, 503]
        other.execute("ROLLBACK")
        answers = (await client.post("_bulk", items)).response["_bulk"]
        assert [one["code"] for one in answers] == [200, 201]


async def test_the_customers_own_pages_say_so_too(path: Path, without_log: Store) -> None:
    client = client_of(without_log)
    with stranger(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = await client.send("GET", "/r/invoice/view/inv000000008", authorization=None)
        assert answer.status == 503
        other.execute("ROLLBACK")
        answer = await client.send("GET", "/r/invoice/view/inv000000008", authorization=None)
        assert answer.status == 200


async def test_readers_can_be_locked_out_where_the_file_has_no_log(path: Path, without_log: Store) -> None:
    client = client_of(without_log)
    with stranger(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert in_use(await client.get("customer/1"))
        assert in_use(await client.get("_report/3?action=reportdata"))
        other.execute("ROLLBACK")
        assert (await client.get("customer/1")).status == 200


def test_a_commit_that_is_refused_is_taken_back(path: Path, without_log: Store) -> None:
    count = "SELECT count(*) FROM terms"
    with stranger(path) as other:
        other.execute("BEGIN")
        before = other.execute(count).fetchone()
        # without the write-ahead log a reader holds up a commit
        with pytest.raises(LockedError), without_log.write() as connection:
            account.put(connection, "terms", terms_id=98, name="Net 7", days=7)
        assert other.execute(count).fetchone() == before
        other.execute("COMMIT")
        with without_log.write() as connection:
            account.put(connection, "terms", terms_id=99, name="Net 7", days=7)
        assert other.execute(count).fetchone() == (before[0] + 1,)
