"""Databases that are not ours, locked or damaged: refused, and left as they are."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cotui.sandbox.database.schema import SchemaError
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.resetting import build_file
from cotui.sandbox.http.server.serve import _day
from tests.sandbox.refusals import refused

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
