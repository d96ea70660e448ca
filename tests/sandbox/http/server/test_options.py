"""Options of the server: the keys it accepts."""

from __future__ import annotations

import argparse
import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cotui.sandbox.http.access import Credential
from cotui.sandbox.http.server.options import add_arguments
from cotui.sandbox.http.server.serve import ServeError, read_access, read_service
from cotui.sandbox.http.service import Service, hard
from tests.sandbox.http.server.test_serve import ask, sandbox

PACKAGES = frozenset({"package"})


def _options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def test_which_password_is_told() -> None:
    random = read_access(_options())
    assert set(random.told) == {"username", "password"}
    assert len(random.credentials[0].password) == 32
    for words in (
        ("--credential", "a:b"),
        ("--credential", "a:b", "--credential", "c:d:read-only"),
    ):
        access = read_access(_options(*words))
        assert access.credentials[0] == Credential("a", "b")
        assert access.told == {"username": "a"}
    named = read_access(_options("--username", "a", "--password", "b", "--credential", "c:d"))
    assert named.told == {"username": "a", "password": "b"}
    half = read_access(_options("--username", "a", "--credential", "c:d"))
    assert half.told == {"username": "a", "password": half.credentials[0].password}


@pytest.mark.parametrize(
    "words",
    [
        ("--credential", "a"),
        ("--credential", "a:b", "--credential", "a:c"),
        ("--credentials", "/nonexistent"),
    ],
)
def test_credentials_that_make_no_sense(words: tuple[str, ...]) -> None:
    with pytest.raises(ServeError):
        read_access(_options(*words))


@pytest.mark.long
def test_several_keys_are_served(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("# keys\nwriter:w\nreader:r:read-only\n")
    with sandbox("--customers", "0", "--credentials", str(keys), "--credential", "more:m") as (process, said):
        assert said.keys() == {"url", "username"}
        statuses = [
            ask({**said, "username": name, "password": name[0]}, "customer")[0]
            for name in ("writer", "reader", "more")
        ]
        assert statuses == [200, 200, 200]
        assert ask({**said, "username": "writer", "password": "r"}, "customer")[0] == 401
        process.terminate()
        _, err = process.communicate(timeout=20)
        assert [line.split()[2] for line in err.splitlines()] == ["writer", "reader", "more", "-"]


SECRET = "s3cret-of-a-user"


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


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ((), Service()),
        (("--max-page-size", "500"), Service(max_page_size=500)),
        (("--compat", "2015"), Service(compat=2015)),
        (("--hard",), hard()),
        (("--hard", "--max-page-size", "50"), replace(hard(), max_page_size=50)),
        (("--hard", "no-bulk, ids-as-text"), Service(no_bulk=True, ids_as_text=True)),
        (
            ("--hard", "page-of-20", "--unreadable", "package"),
            hard(["page-of-20"], Service(unreadable=PACKAGES)),
        ),
        (("--unreadable", "package"), Service(unreadable=PACKAGES)),
    ],
)
def test_how_the_service_behaves(words: tuple[str, ...], service: Service) -> None:
    assert read_service(_options(*words)) == service


@pytest.mark.parametrize(
    "words",
    [
        ("--max-page-size", "0"),
        ("--compat", "2012"),
        ("--hard", "frob"),
        ("--unreadable", "frob"),
        ("--unreadable",),
    ],
)
def test_services_that_make_no_sense(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises((SystemExit, ServeError)):
        read_service(_options(*words))
