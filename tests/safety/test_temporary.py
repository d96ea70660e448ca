"""Directories that killed programs left are removed by the next, and nothing else is."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cotui.safety import temporary
from cotui.safety.faults import FileFault
from cotui.safety.temporary import (
    DEMO,
    TLS,
    remove_directories_left_behind,
    temporary_directory,
    tidy_up,
)
from cotui.sandbox.http.resetting import build_file

HOLDER = """
import sys
from pathlib import Path
from cotui.safety.temporary import temporary_directory
with temporary_directory(sys.argv[1]) as name:
    Path(name, "secret").write_text("s")
    print(name, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("prefix", [DEMO, TLS])
def test_it_stays_while_its_program_lives_and_goes_when_that_is_killed(prefix: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, prefix], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        held = Path(holder.stdout.readline().strip())
        assert stat.S_IMODE(held.stat().st_mode) == 0o700
        assert tidy_up() == 0
        assert (held / "secret").exists()
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    assert held.exists()
    assert tidy_up() == 1
    assert not held.exists()


def test_closing_removes_it(place: Path) -> None:
    held = temporary_directory(DEMO)
    assert [Path(held.name)] == list(place.iterdir())
    for _ in range(2):
        held.cleanup()
    assert not list(place.iterdir())


def test_what_only_looks_like_one_stays(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine").write_text("mine")
    (place / f"{DEMO}mine").mkdir()
    (place / f"{DEMO}1.abcdefgh.txt").mkdir()
    (place / f"{DEMO}1.abcdefgi").symlink_to(elsewhere)
    (place / f"{DEMO}1.abcdefgj").write_text("a file")
    os.mkfifo(place / f"{TLS}1.abcdefgk")
    before = sorted(place.iterdir())
    assert tidy_up() == 0
    assert sorted(place.iterdir()) == before
    assert (elsewhere / "mine").exists()


def test_what_belongs_to_somebody_else_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = place / f"{DEMO}1.abcdefgh"
    left.mkdir()
    real = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: real + 1)
    assert tidy_up() == 0
    assert left.exists()


def test_one_that_is_taken_for_left_behind_too_early_is_made_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may come between making a directory and locking it."""
    real: Callable[[str], int | None] = temporary._locked
    taken: list[str] = []

    def late(path: str) -> int | None:
        if not taken:
            taken.append(path)
            shutil.rmtree(path)
        return real(path)

    monkeypatch.setattr(temporary, "_locked", late)
    with temporary_directory(DEMO) as name:
        assert name not in taken
        assert [path.name for path in place.iterdir()] == [Path(name).name]


def test_a_database_s_half_made_data_goes_though_the_database_is_there(place: Path) -> None:
    path = place / "account.sqlite"
    path.write_bytes(b"whole")
    (place / ".account.sqlite-1.abcdefgh").mkdir()
    (place / ".other.sqlite-1.abcdefgh").mkdir()
    build_file(path, 1, 1, pytest.fail)
    assert [item.name for item in sorted(place.iterdir())] == [".other.sqlite-1.abcdefgh", "account.sqlite"]


def test_no_place_at_all_is_no_error(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remove_directories_left_behind(DEMO, place / "missing") == 0
    monkeypatch.setattr(tempfile, "tempdir", str(place / "missing"))
    assert tidy_up() == 0


def test_no_temporary_directory_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/proc/none"])
    with pytest.raises(FileFault, match="TMPDIR cannot hold a temporary directory: no directory for"):
        temporary_directory("x")
