"""A file is replaced whole or not at all, whatever fails on the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cotui.safety import writing as write
from cotui.safety.writing import back_up, write_atomically

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix_only
def test_a_new_file_and_its_directories_are_private(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@posix_only
def test_permissions_are_kept_or_set(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o644)
    write_atomically(path, b"new")
    assert mode(path) == 0o644
    write_atomically(path, b"secret", mode=0o600)
    assert mode(path) == 0o600


@posix_only
def test_the_content_is_never_open_to_others_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        seen.append(mode(Path(source)))
        real(source, target)

    monkeypatch.setattr(write.os, "replace", replace)
    monkeypatch.setattr(os, "umask", lambda _: 0)
    write_atomically(tmp_path / "file", b"secret", mode=0o600)
    assert seen == [0o600]


@posix_only
def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "config.toml"
    real.parent.mkdir()
    real.write_text("old")
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize("broken", ["fsync", "replace", "open", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o640)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, broken, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir() if item.name != "cotui"] == ["file"]


def test_an_interruption_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(write.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new")
    monkeypatch.undo()
    assert list(tmp_path.glob("*file*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_a_directory_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    calls: list[int] = []

    def second_fails(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(22, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(write.os, "fsync", second_fails)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_back_ups_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    names = []
    for number in range(3):
        path.write_text(str(number))
        names.append(back_up(path).name)
    assert names == ["config.toml.bak", "config.toml.bak.1", "config.toml.bak.2"]
    assert (tmp_path / "config.toml.bak").read_text() == "0"
