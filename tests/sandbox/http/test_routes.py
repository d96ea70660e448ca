"""Answers without a thread: short reads at once, long ones elsewhere, with the same result."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from cotui.sandbox.database import transactions
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.transactions import TakesLongError
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

URLS = [
    "customer/1",
    "customer/external_key:nothing",
    "customer/token:cus000000001",
    "invoice/3",
    "invoice?limit=100",
    "invoice?where=invoice_status_str:EQUALS:open-overdue&order=date:DESC&limit=20&offset=3",
    "invoice?where=nothing:EQUALS:1",
    "invoice?limit=-1",
    "invoice/_count?where=customer_id:EQUALS:2",
    "invoice/1?action=nothing",
    "nothing/1",
    "package?limit=100",
    "terms",
]


@pytest.fixture(params=["memory", "file"])
def own_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    store = Store() if request.param == "memory" else Store(tmp_path / "account.db")
    account.fill(store)
    yield store
    store.close()


def client_of(store: Store) -> Client:
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


@pytest.fixture
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "_GLANCE", -1.0)
    monkeypatch.setattr(transactions, "_STEPS", 1)


async def test_short_reads_need_no_thread(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> NoReturn:
        raise AssertionError("a thread was asked")

    monkeypatch.setattr(transactions, "_GLANCE", 1000.0)
    monkeypatch.setattr(own_store, "read", read)
    client = client_of(own_store)
    statuses = [(await client.get(url)).status for url in URLS]

    assert statuses == [200, 404, 200, 200, 200, 200, 400, 400, 200, 400, 400, 200, 200]


async def test_batches_of_records_need_no_thread(own_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(own_store)
    records = [{"request_method": "GET", "uri": f"/api/v3/{url}"} for url in ("customer/1", "invoice/99999")]
    others = [
        {"request_method": "GET", "uri": "/api/v3/customer?limit=2"},
        {"request_method": "POST", "uri": "/api/v3/customer", "payload": {"company": "New"}},
    ]
    expected = (await client.post("_bulk", [*records, *others])).response["_bulk"]
    assert [one["code"] for one in expected] == [200, 404, 200, 201]

    def read() -> NoReturn:
        raise AssertionError("a thread was asked")

    monkeypatch.setattr(transactions, "_GLANCE", 1000.0)
    monkeypatch.setattr(own_store, "read", read)
    assert (await client.post("_bulk", records)).response["_bulk"] == expected[:2]
    with pytest.raises(AssertionError, match="a thread was asked"):
        await client.post("_bulk", [*records, others[0]])


@pytest.mark.usefixtures("_no_patience")
async def test_long_reads_are_answered_all_the_same(own_store: Store, client: Client) -> None:
    with pytest.raises(TakesLongError), own_store.glance() as reader:
        reader.connection.execute("SELECT count(*) FROM customers a, customers b").fetchone()
    for url in URLS:
        answer = await client_of(own_store).get(url)
        assert (answer.status, answer.body) == ((wanted := await client.get(url)).status, wanted.body)


@pytest.mark.usefixtures("_no_patience")
def test_a_glance_in_vain_leaves_the_reader_as_it_was(own_store: Store) -> None:
    with own_store.read() as reader:
        first = reader.connection
    with pytest.raises(TakesLongError), own_store.glance() as reader:
        reader.connection.execute("SELECT count(*) FROM customers a, customers b").fetchone()
    with own_store.read() as reader:
        assert reader.connection is first
        # as long as ever        assert reader.connection.execute("PRAGMA busy_timeout").fetchone() == (10_000,)
        # with nobody looking at the clock any more
        assert reader.connection.execute("SELECT count(*) FROM customers a, customers b").fetchone() == (196,)


def test_a_glance_ends_well_when_time_is_up_after_the_last_query(
    own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_STEPS", 1)
    now = 0.0
    monkeypatch.setattr(transactions, "perf_counter", lambda: now)
    with own_store.glance() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (14,)
        now = 1000.0
    assert not reader.connection.in_transaction
    with own_store.glance() as again:
        assert again.connection is reader.connection


def test_errors_of_other_kinds_are_told(own_store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), own_store.glance() as reader:
        reader.connection.execute("SELECT 1 FROM nowhere")


def test_a_glance_does_not_wait_for_a_writer() -> None:
    store = account.build()
    with store.write(), pytest.raises(TakesLongError), store.glance():
        pass
    with store.glance() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (14,)
    store.close()


def test_a_glance_at_a_file_sees_one_state(tmp_path: Path) -> None:
    store = Store(tmp_path / "account.db")
    account.fill(store)
    count = "SELECT count(*) FROM terms"
    with store.glance() as reader:
        before = reader.connection.execute(count).fetchone()
        with store.write() as connection:
            account.put(connection, "terms", terms_id=99, name="Net 7", days=7)
        assert reader.connection.execute(count).fetchone() == before
    with store.glance() as reader:
        assert reader.connection.execute(count).fetchone() == (before[0] + 1,)
        assert reader.lookups.terms[99].days == 7
    store.close()
