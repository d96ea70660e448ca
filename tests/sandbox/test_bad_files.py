"""Files that the sandbox is started with and that are none: one line, exit code 2, nothing made, nobody asked."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cotui.cli.sandbox_command import serve
from cotui.sandbox.database.schema import SchemaError
from cotui.sandbox.database.store import DiskError, Store
from cotui.sandbox.http.resetting import build_file
from cotui.sandbox.http.server.serve import _day, open_store
from cotui.sandbox.http.server.tls import check_certificate
from tests.bad_paths import SAYABLE

OPTIONS = {
    "--database": (),
    "--credentials": (),
    "--tls-cert": (),
    "--tls-key": ("--tls-cert", "certificate"),
}


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said to these options."""
    assert serve(["--customers", "0", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("cotui sandbox: ")
    assert line.isprintable()
    return line


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


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A certificate, its key, another one's key, its key with a passphrase, and a text."""
    import trustme
    from cryptography.hazmat.primitives import serialization

    folder = tmp_path_factory.mktemp("pem")
    authority = trustme.CA()
    one, other = (authority.issue_cert("localhost") for _ in range(2))
    files = {name: folder / name for name in ("certificate", "key", "other", "locked", "text", "empty")}
    files["certificate"].write_bytes(one.cert_chain_pems[0].bytes())
    files["key"].write_bytes(one.private_key_pem.bytes())
    files["other"].write_bytes(other.private_key_pem.bytes())
    secret = serialization.load_pem_private_key(one.private_key_pem.bytes(), None)
    files["locked"].write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    files["text"].write_text("no certificate")
    files["empty"].write_text("")
    return files


@pytest.mark.parametrize(
    ("certificate", "key", "words"),
    [
        ("certificate", "other", "do not belong together"),
        ("certificate", "locked", "the key has a passphrase"),
        ("certificate", "text", "no PEM"),
        ("certificate", "empty", "no PEM"),
        ("certificate", "", "no PEM"),
        ("text", "key", "no PEM"),
        ("empty", "", "no PEM"),
        ("key", "", "no PEM"),
    ],
)
def test_certificates_that_cannot_be_used(
    certificate: str, key: str, words: str, pem: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--tls-cert", str(pem[certificate]), *(["--tls-key", str(pem[key])] if key else [])]
    line = refused(capsys, *options)
    assert words in line
    assert str(pem[key or certificate]) in line


def test_a_certificate_that_can_be_used(pem: dict[str, Path], tmp_path: Path) -> None:
    check_certificate(pem["certificate"], pem["key"])
    both = tmp_path / "both"
    both.write_bytes(pem["certificate"].read_bytes() + pem["key"].read_bytes())
    check_certificate(both, None)


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


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    build_file(tmp_path / "a.db", 1, 1, _day)
    store = Store(tmp_path / "a.db")
    assert not store.is_empty
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


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


# -- databases that are none of ours --------------------------------------------------------------

#: another program's, killed in the middle of a change or not
FOREIGN = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute(f"PRAGMA journal_mode = {sys.argv[2]}")
for statement in sys.argv[3].split(";"):
    database.execute(statement)
if sys.argv[4] == "killed":
    database.execute("PRAGMA cache_size = 1")
    database.execute("BEGIN")
    for _ in range(100):
        database.execute("INSERT INTO meta VALUES (1, randomblob(1000))")
    os.kill(os.getpid(), signal.SIGKILL)
"""
#: with names that the sandbox's have too, and with its version
TABLES = "CREATE TABLE meta (key, value)"
SEVERAL = f"{TABLES}; CREATE TABLE customers (a); PRAGMA user_version = 2"


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
@pytest.mark.parametrize("tables", [TABLES, SEVERAL])
@pytest.mark.parametrize("end", ["closed", "killed"])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(
    journal: str, tables: str, end: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is rolled back or folded in either: that is its own program's affair."""
    path = tmp_path / "other?.db#%20"
    subprocess.run([sys.executable, "-c", FOREIGN, str(path), journal, tables, end], check=False)
    before = {item.name: item.read_bytes() for item in tmp_path.iterdir()}
    assert end == "closed" or len(before) > 1
    assert "not one that the sandbox made" in refused(capsys, "--database", str(path))
    after = {item.name: item.read_bytes() for item in tmp_path.iterdir()}
    shared = f"{path.name}-shm"  # of those who have it open, no data
    assert {**after, shared: b""} == {**before, shared: b""}


def test_one_that_another_program_keeps_locked_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(TABLES)
        other.execute("BEGIN EXCLUSIVE")
        assert "not one that the sandbox made" in refused(capsys, "--database", str(path))


def test_one_of_ours_that_stays_locked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ours.db"
    build_file(path, 0, 1, _day)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SchemaError, match="another program keeps it locked"):
            Store(path, patience=0)


@pytest.mark.parametrize("damage", ["a half", "a head", "pages", "text"])
def test_a_damaged_one_is_told_in_a_line_and_kept(
    damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.db"
    build_file(path, 2, 1, _day)
    content = bytearray(path.read_bytes())
    if damage == "pages":
        content[4096:-4096] = b"\xff" * (len(content) - 8192)
    else:
        content = {"a half": content[: len(content) // 2], "a head": content[:100]}.get(
            damage, bytearray(b"notes")
        )
    path.write_bytes(content)
    line = refused(capsys, "--database", str(path))
    assert "not a sandbox database" in line if damage == "text" else "this database is damaged" in line
    assert path.read_bytes() == content


def test_a_link_to_a_place_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To a file that is not there it is a name like any other."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "x")
    assert "cannot be" in refused(capsys, "--database", str(tmp_path / "link"))
    (tmp_path / "file").symlink_to("account.db")
    open_store(tmp_path / "file", 0, 1).close()
    assert (tmp_path / "file").is_symlink()
    assert (tmp_path / "account.db").stat().st_mode & 0o777 == 0o600
