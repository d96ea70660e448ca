"""An account taken back to its beginning, and filled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.resetting import build_file, fill_account
from cotui.sandbox.http.server.serve import _day
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.controls import control, requests


async def test_reset(live_store: Store, own: Client) -> None:
    before = (await own.get("customer/_count")).response
    await own.send("DELETE", "/api/v3/note/1")
    await own.send("POST", "/api/v3/customer", body=b'{"company": "Gone"}')
    await control(own, "PUT", "clock", {"days": 3})
    await control(own, "PUT", "faults", {"status": 500})
    assert (await control(own, "POST", "reset")).response is True

    # this account was not made by the demo: what is left is an empty one
    assert before > 0
    assert (await own.get("customer/_count")).response == 0
    assert (await own.get("terms")).response
    assert (await control(own, "GET", "clock")).response["offset"] == 0
    assert await requests(own) != []
    assert (await own.send("POST", "/api/v3/customer", body=b'{"company": "New"}')).status == 201


@pytest.mark.parametrize("in_memory", [True, False])
async def test_reset_makes_the_same_demo_data_again(tmp_path: Path, in_memory: bool) -> None:
    store = Store(":memory:" if in_memory else tmp_path / "demo.db")
    populate(store, 20, 7, account.TODAY)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    before = [await client.rows(name, limit=100) for name in ("customer", "invoice", "user", "transaction")]
    await client.send("PUT", "/api/v3/customer/1", body=b'{"company": "Changed"}')
    await client.send("POST", "/api/v3/customer", body=b'{"company": "Gone"}')
    assert await client.rows("customer", limit=100) != before[0]
    await control(client, "POST", "reset")

    after = [await client.rows(name, limit=100) for name in ("customer", "invoice", "user", "transaction")]
    assert after == before
    with store.read() as reader:
        assert reader.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert reader.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    build_file(tmp_path / "a.db", 1, 1, _day)
    store = Store(tmp_path / "a.db")
    assert not store.is_empty
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_a_file_being_made_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cotui.sandbox.demo.generate.generate", fail)
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
