"""A file is replaced whole or not at all, whatever fails on the way."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from cotui.safety import writing
from cotui.safety.faults import FileFault, FileThere
from cotui.safety.locking import locked
from cotui.safety.reading import read
from cotui.safety.writing import (
    back_up,
    create,
    remove_left_behind,
    trouble_keeping,
    trouble_making,
    write_atomically,
)
from tests.safety.programs import KILLED, run

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

    monkeypatch.setattr(writing.os, "replace", replace)
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

    monkeypatch.setattr(writing.os, broken, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir() if item.name != "cotui"] == ["file"]


def test_an_interruption_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing.os, "fsync", interrupt)
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

    monkeypatch.setattr(writing.os, "fsync", second_fails)
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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    """As COTUI_CONFIG=/dev/null would have it, which root may write to."""
    null = tmp_path / "null"
    try:
        os.mknod(null, 0o666 | 0o020000, os.stat("/dev/null").st_rdev)
    except OSError:
        pytest.skip("not even root here")
    (tmp_path / "link").symlink_to(null)
    for path in (null, tmp_path / "link"):
        with pytest.raises(FileFault, match="a device"):
            write_atomically(path, b"new")
    assert null.is_char_device()


def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_atomically(path, b"1")
    write_atomically(path, b"2")
    assert read(path) == b"2"


def test_a_file_system_that_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where permissions would allow it, and where they hold nobody back, as for root."""

    class Closed:
        f_flag = os.ST_RDONLY

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "statvfs", lambda _: Closed())
    for look in (trouble_making, lambda path: trouble_keeping(path / "file")):
        fault = look(tmp_path)
        assert fault is not None
        assert fault.errno == errno.EROFS
    monkeypatch.setattr(Closed, "f_flag", 0)
    fault = trouble_making(tmp_path / "not" / "there")
    assert fault is not None
    assert fault.errno == errno.EACCES


@pytest.mark.parametrize("way", ["nameless", "named"])
def test_the_steps_reach_beyond_the_rename(way: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    process = run(KILLED, str(path), "6", "after", way)
    process.communicate()
    assert path.read_bytes() != b"old"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", range(1, 5))
def test_a_new_file_is_whole_or_not_there_and_leaves_nothing(step: int, when: str, tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    process = run(KILLED, str(path), str(step), when, "nameless")
    process.communicate()
    if supports_nameless(tmp_path):
        assert not path.exists() or path.read_bytes() == b"new" * 10_000
        assert [item.name for item in tmp_path.iterdir()] in ([], ["results.csv"])


@pytest.mark.parametrize("way", ["nameless", "named"])
def test_a_new_file_never_takes_another_s_name(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made it meanwhile keeps it."""
    path = tmp_path / "results.csv"
    real = os.fsync

    def faster(descriptor: int) -> None:
        real(descriptor)
        with suppress(FileExistsError), path.open("x") as other:
            other.write("of another program")

    if way == "named":
        monkeypatch.setattr(writing, "_DESCRIPTORS", "/nowhere")
        path.write_text("of another program")
    monkeypatch.setattr(os, "fsync", faster)
    with pytest.raises(FileThere):
        create(path, b"new")
    assert path.read_text() == "of another program"
    assert list(tmp_path.iterdir()) == [path]


def supports_nameless(directory: Path) -> bool:
    """Whether the file system makes files without a name."""
    try:
        os.close(os.open(directory, os.O_RDWR | os.O_TMPFILE))
    except OSError:
        return False
    return True


def test_a_living_program_s_temporary_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    writer = run(
        "import os, sys, signal\n"
        "from cotui.safety import writing\n"
        "from cotui.safety.writing import write_atomically\n"
        "writing._DESCRIPTORS = '/nowhere'\n"
        "def wait(*_):\n"
        "    print('in the middle', flush=True)\n"
        "    sys.stdin.readline()\n"
        "os.fsync = wait\n"
        f"write_atomically({str(path)!r}, b'new')\n"
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "in the middle\n"
    assert remove_left_behind(path) == 0
    assert len(list(tmp_path.glob(".*.tmp"))) == 1
    writer.communicate("\n\n")
    assert path.read_bytes() == b"new"
    assert not list(tmp_path.glob(".*.tmp"))


def test_what_only_looks_like_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    others = [
        ".state.json.tmp",
        ".state.json.1.xyz.tmp",
        "state.json.1.0123abcd.tmp",
        ".other.1.0123abcd.tmp",
    ]
    for name in others:
        (tmp_path / name).write_text("mine")
    os.mkfifo(tmp_path / ".state.json.1.0123abcd.tmp")
    assert remove_left_behind(path) == 0
    assert all((tmp_path / name).exists() for name in others)


def test_without_locks_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    with pytest.raises(FileFault), locked(tmp_path / "lock", patience=0):
        pass
