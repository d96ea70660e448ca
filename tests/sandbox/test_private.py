"""What the sandbox keeps is its owner's, and holds no password: files, outbox, log of requests, other processes."""

from __future__ import annotations

import argparse
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import httpx
import pytest

from cotui.cli.demo import DemoTransport
from cotui.safety.private import close_to_others, make_private
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.cache import Building, demo_database
from cotui.sandbox.http.server.options import add_arguments
from cotui.sandbox.http.server.serve import ServeError, open_store, read_access
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


async def test_e_mails_of_earlier_versions_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    bodies = [
        f"Hello A,\n\nyour user name is a\nyour password is {SECRET}\n\nLog in: http://127.0.0.1/r/login"
    ] * 3
    bodies[1] = bodies[1].replace(SECRET, f"{SECRET}\n\nLog in: {SECRET}")
    with closing(open_store(path, 0, 1)) as store, store.write() as connection:
        for body in bodies:
            connection.execute(
                "INSERT INTO outbox (write_datetime, sender, recipients, cc, bcc, subject, body, html, cause)"
                " VALUES (1, '', 'a@example.com', '', '', 'Your new password', ?, '', 'user.password')",
                (body,),
            )
    with closing(open_store(path, 0, 1)) as store, store.read() as reader:
        found = [row[0] for row in reader.connection.execute("SELECT body FROM outbox")]
    assert found == [bodies[0].replace(SECRET, "(not kept by the sandbox)")] * 3
    assert SECRET.encode() not in path.read_bytes()


#: method, target, headers, body: each holds the secret
TOLD = [
    ("GET", f"/r/login/link/{SECRET}", {}, b""),
    ("GET", f"/r/%6cogin/link/{SECRET}", {}, b""),
    ("GET", f"/r//login//reset//{SECRET}", {}, b""),
    ("GET", f"/r/login/reset%2f{SECRET}", {}, b""),
    ("GET", f"/x/login/{SECRET}", {}, b""),
    ("GET", "/r/login", {"referer": f"http://127.0.0.1:8080/r/login/reset/{SECRET}"}, b""),
    ("GET", "/r/login", {"referer": f"http://127.0.0.1:8080/x?password={SECRET}"}, b""),
    ("GET", "/r/portal", {"cookie": f"portal_session={SECRET}"}, b""),
    *(
        ("GET", "/api/v3/customer", {name: SECRET}, b"")
        for name in ("authorization", "proxy-authorization", "x-api-key", "x-auth-token", "x-password", "api-key")
    ),
    ("GET", f"/api/v3/customer?password={SECRET}", {}, b""),
    ("GET", f"/api/v3/customer?%70assword={SECRET}", {}, b""),
    ("GET", f"/api/v3/creditcard?where=number:EQUALS:{SECRET}", {}, b""),
    ("GET", f"/api/v3/creditcard?where=company:EQUALS:x%2Cnumber%3AEQUALS%3A{SECRET}", {}, b""),
    ("POST", "/r/login", {}, f"username=a&password={SECRET}".encode()),
    *(
        ("POST", "/api/v3/user", {}, body.replace("SECRET", SECRET).encode())
        for body in (
            '{"password": "SECRET"}', '{"Password ": "SECRET"}', '{"user_password": ["SECRET"]}',
            '[{"new_password": "SECRET"}]',
            '{"a": {"number": "SECRET", "b": [{"cvv": "SECRET"}]}}', '{"client_secret": "SECRET"}', '{"password": "SECRET"',
            '{"payload": "{\\"password\\": \\"SECRET\\"}"}', '{"uri": "/api/v3/user?password=SECRET"}',
            '{"link": "http://127.0.0.1/r/login/link/SECRET"}',
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "target", "headers", "body"), TOLD)
async def test_the_log_of_requests_holds_no_secret(
    live: Client, method: str, target: str, headers: dict[str, str], body: bytes
) -> None:
    from cotui.sandbox.http.request_log import RequestLog, keep_body
    from cotui.sandbox.http.server.request_lines import line

    await live.send(method, target, headers=headers, body=body)
    log = (await live.send("GET", "/_sandbox/requests")).body.decode()
    assert SECRET not in log
    assert method in log
    # and the line on stderr
    path, _, query = target.partition("?")
    entry = RequestLog().add(0.0, method, path.encode(), query.encode(), "", [])
    keep_body(entry, body)
    assert SECRET not in line(entry)


@pytest.mark.parametrize(
    "body", [{"company": "Password & Co", "memo": "{not json"}, {"note": "/see page 3?", "login": "x"}]
)
async def test_the_log_shows_the_rest_as_it_came(live: Client, body: dict[str, str]) -> None:
    await live.post("customer", body)
    assert (await live.send("GET", "/_sandbox/requests")).response[-1]["body"] == body


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("words", "accepted", "told"),
    [
        ([], SECRET, None),
        (["--username", "me"], SECRET, None),
        (["--username", "me", "--password", "given"], "given", "given"),
        (["--credential", "other:x"], SECRET, None),
    ],
)
def test_a_password_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, words: list[str], accepted: str, told: str | None
) -> None:
    monkeypatch.setenv("COTUI_SANDBOX_PASSWORD", SECRET)
    access = read_access(options(*words))
    assert access.credentials[0].password == accepted
    assert access.told.get("password") == told
    assert "COTUI_SANDBOX_PASSWORD" not in os.environ, "it goes on to nobody"
    if "--username" in words:
        assert access.told["username"] == "me"


def test_without_it_a_random_one_is_told() -> None:
    access = read_access(options())
    assert access.told == {
        "username": access.credentials[0].username,
        "password": access.credentials[0].password,
    }
    assert "password" not in read_access(options("--credential", "a:b")).told


def test_credentials_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# keys\na:b\nc:d:read-only\n")))
    access = read_access(options("--credentials", "-"))
    assert [(item.username, item.password, item.read_only) for item in access.credentials] == [
        ("a", "b", False),
        ("c", "d", True),
    ]
    assert "password" not in access.told


def test_no_credentials_on_standard_input_are_told_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    with pytest.raises(ServeError, match="standard input: this is not UTF-8"):
        read_access(options("--credentials", "-"))
