"""What the sandbox keeps is its owner's, and holds no password: files, outbox, log of requests, other processes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import pytest

from cotui.cli.demo import DemoTransport
from cotui.safety.private_files import close_to_others, make_private
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.cache import Building, demo_database
from cotui.sandbox.http.server.serve import ServeError, open_store
from tests.sandbox.client import Client
from tests.sandbox.money_account import outbox

SECRET = "s3cret-of-a-user"


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """What new files are closed to by itself, or not."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


def holding(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if SECRET.encode() in file.read_bytes()]


def test_a_database_is_its_owner_s(umask: None, tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "a.sqlite", 5, 1)) as store:
        with store.write() as connection:
            connection.execute("UPDATE meta SET value = value")
        found = modes(tmp_path)
        assert {"a.sqlite", "a.sqlite-wal", "a.sqlite-shm"} <= found.keys()
        assert set(found.values()) == {0o600}


def test_also_through_a_link(umask: None, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a.sqlite")
    open_store(tmp_path / "link", 0, 1).close()
    assert modes(tmp_path) == {"a.sqlite": 0o600, "link": 0o600}
    assert (tmp_path / "link").is_symlink()


def test_the_demo_s_files_are(umask: None, tmp_path: Path) -> None:
    path = demo_database(5, 1, date(2026, 3, 15), tmp_path / "cache")
    with closing(Store(path)):
        assert set(modes(tmp_path).values()) == {0o600}


async def test_and_its_copy_is(umask: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = demo_database(5, 1, date(2026, 3, 15), tmp_path / "cache")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    line = DemoTransport(Building(kept))
    async with httpx.AsyncClient(
        transport=line, auth=("demo", "demo"), base_url="http://127.0.0.1"
    ) as client:
        answer = await client.post("/api/v3/customer", json={"company": "A"})
        assert answer.status_code == 201
        assert any("cotui-demo-" in name for name in modes(tmp_path))
        assert set(modes(tmp_path).values()) == {0o600}


def test_an_older_one_that_was_open_is_closed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    open_store(path, 0, 1).close()
    path.chmod(0o664)
    said: list[str] = []
    open_store(path, 0, 1, said.append).close()
    assert said == [f"{path} was open to other users; it is its owner's only now"]
    assert modes(tmp_path) == {"a.sqlite": 0o600}
    open_store(path, 0, 1, said.append).close()
    assert len(said) == 1


def test_what_is_not_ours_to_close_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.touch(mode=0o644)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    assert "cannot be closed to them: Operation not permitted" in close_to_others(path)


def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("something else")
    path.chmod(0o644)
    with pytest.raises(ServeError):
        open_store(path, 0, 1)
    assert modes(tmp_path) == {"a": 0o644}


def test_making_one_that_is_there_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0o640)
    make_private(path)
    assert (path.read_text(), modes(tmp_path)) == ("x", {"a": 0o640})
    assert close_to_others(tmp_path / "none") == close_to_others(tmp_path) == ""


async def test_no_password_is_in_any_file(tmp_path: Path, live: Client) -> None:
    from cotui.sandbox.http.app import create_app
    from tests.sandbox import account
    from tests.sandbox.client import CREDENTIALS

    path = tmp_path / "a.sqlite"
    with closing(open_store(path, 5, 1)) as store:
        client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
        assert (await client.post("user/1?action=password", {"password": SECRET})).response is True
        assert (await client.put("user/2", {"password": SECRET})).status < 300
        (mail,) = await outbox(client)
        assert mail["subject"] == "Your new password"
        assert SECRET not in str(mail)
        assert holding(tmp_path) == []
