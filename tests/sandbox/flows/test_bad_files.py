"""Files that the sandbox is started with and that are none: one line, exit code 2, nothing made, nobody asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.database.transactions import DiskError
from cotui.sandbox.http.resetting import build_file
from cotui.sandbox.http.server.serve import _day, open_store
from tests.bad_paths import SAYABLE
from tests.sandbox.refusals import refused

OPTIONS = {
    "--database": (),
    "--credentials": (),
    "--tls-cert": (),
    "--tls-key": ("--tls-cert", "certificate"),
}


@pytest.mark.parametrize("kind", SAYABLE)
@pytest.mark.parametrize("option", OPTIONS)
def test_a_file_that_is_none(
    option: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], pem: dict[str, Path]
) -> None:
    named = SAYABLE[kind](tmp_path)
    before = sorted(tmp_path.rglob("*"))
    also = [str(pem.get(word, word)) for word in OPTIONS[option]]
    assert "cannot be" in refused(capsys, option, named, *also)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("option", ["--credentials", "--tls-cert", "--tls-key"])
def test_a_file_that_is_missing(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], pem: dict[str, Path]
) -> None:
    also = [str(pem.get(word, word)) for word in OPTIONS[option]]
    line = refused(capsys, option, str(tmp_path / "none"), *also)
    assert f"{tmp_path}/none cannot be read: No such file or directory; check its name" in line


def test_credentials_that_are_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "keys").write_bytes(b"me:\xff")
    assert f"{tmp_path}/keys: this is not UTF-8 text" in refused(
        capsys, "--credentials", str(tmp_path / "keys")
    )


# -- databases --------------------------------------------------------------------------------
def test_the_name_of_a_database_in_memory_makes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store(Path(":memory:"), 0, 1)
    assert store.in_memory
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_a_database_with_the_longest_name(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 245 + ".db")
    build_file(path, 1, 1, _day)
    Store(path).close()


def _full(store: Store) -> None:
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages}")


def _read_only(store: Store) -> None:
    store._writer.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize("fault", [_full, _read_only])
def test_a_disk_at_fault_is_an_error_of_its_own(fault: Callable[[Store], None], tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    fault(store)
    with pytest.raises(DiskError) as told, store.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('x', ?)", ("x" * 100_000,))
    assert told.value.reason
    store.close()
    with sqlite3.connect(tmp_path / "a.db") as connection:
        assert connection.execute("SELECT count(*) FROM meta WHERE key = 'x'").fetchone() == (0,)
    connection.close()


def test_a_store_that_begins_as_another(tmp_path: Path) -> None:
    first = Store(tmp_path / "a.db")
    with first.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('x', 'y')")
    for source in (first, Store(copy_of=first)):
        copy = Store(copy_of=source)
        assert copy.in_memory
        assert copy.meta("x") == "y"
        with copy.write() as connection:
            connection.execute("UPDATE meta SET value = 'z' WHERE key = 'x'")
        assert source.meta("x") == "y"
        copy.close()
        source.close()


def test_a_link_to_a_place_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To a file that is not there it is a name like any other."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "x")
    assert "cannot be" in refused(capsys, "--database", str(tmp_path / "link"))
    (tmp_path / "file").symlink_to("account.db")
    open_store(tmp_path / "file", 0, 1).close()
    assert (tmp_path / "file").is_symlink()
    assert (tmp_path / "account.db").stat().st_mode & 0o777 == 0o600
