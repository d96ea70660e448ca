"""The file policy: whatever a path names, every function ends at once, and in nothing worse than a `FileFault`."""

from __future__ import annotations

import errno
import os
import pwd
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.safety.faults import FileFault, MissingFile, fault_of, show_path
from cotui.safety.locking import locked
from cotui.safety.places import expand, is_homeless, whole
from cotui.safety.reading import LIMIT, exists, open_own, open_to_read, read, status, trouble_reading
from cotui.safety.temporary import temporary_directory
from cotui.safety.writing import (
    back_up,
    create,
    make_directory,
    remove,
    sync_directory,
    trouble_keeping,
    trouble_making,
    write_atomically,
)
from tests.bad_paths import KINDS, NO_DIRECTORY
from tests.depth import examples


def _lock(path: Path) -> None:
    with locked(path, patience=0):
        pass


READING: list[Callable[[Path], object]] = [read, lambda path: open_to_read(path).close(), back_up]
WRITING: list[Callable[[Path], object]] = [
    lambda path: write_atomically(path, b"new"),
    lambda path: create(path, b"new"),
    lambda path: os.close(open_own(path, create=True)),
    _lock,
]
MAKING: list[Callable[[Path], object]] = [
    make_directory,
    lambda path: temporary_directory("x", path).cleanup(),
]
#: never raise
LOOKING: list[Callable[[Path], object]] = [
    status,
    exists,
    trouble_reading,
    trouble_making,
    trouble_keeping,
    remove,
    sync_directory,
    whole,
    show_path,
    is_homeless,
]


def one_line(fault: BaseException) -> None:
    text = str(fault)
    assert text.isprintable(), "one line, and harmless"
    assert len(text) < 800
    assert isinstance(fault, FileFault)
    assert text == f"{show_path(fault.filename)} {fault.deed}: {fault.strerror}; {fault.remedy}"
    assert fault.remedy


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("function", [*READING, *WRITING])
def test_what_is_no_regular_file_is_refused(
    kind: str, function: Callable[[Path], object], tmp_path: Path
) -> None:
    path = expand(KINDS[kind](tmp_path))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileFault) as refused:
        function(path)
    one_line(refused.value)
    assert not isinstance(refused.value, MissingFile)
    assert sorted(tmp_path.rglob("*")) == before, "nothing was made or left"


@pytest.mark.parametrize("kind", NO_DIRECTORY)
@pytest.mark.parametrize("function", MAKING)
def test_what_is_no_directory_is_refused(
    kind: str, function: Callable[[Path], object], tmp_path: Path
) -> None:
    path = expand(NO_DIRECTORY[kind](tmp_path))
    with pytest.raises(FileFault) as refused:
        function(path)
    one_line(refused.value)
    assert trouble_making(path) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_looking_never_raises(kind: str, tmp_path: Path) -> None:
    path = expand(KINDS[kind](tmp_path))
    there = os.path.lexists(path) if kind not in ("a_nul", "an_unwritable_name") else False
    for function in LOOKING:
        function(path)
    assert not there or os.path.lexists(path), "what is no regular file is not removed either"
    assert trouble_reading(path) is not None
    assert trouble_keeping(path) is not None


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


def test_the_null_device_is_an_empty_file() -> None:
    assert read("/dev/null") == b""


def test_size_is_bounded_where_the_system_tells_none(tmp_path: Path) -> None:
    with open(tmp_path / "large", "wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(FileFault, match="larger than 16 MB; name a smaller file"):
        read(tmp_path / "large")
    assert len(read(tmp_path / "large", limit=None)) == LIMIT + 1
    assert read("/proc/self/status")  # its size is said to be 0


# -- any text at all ---------------------------------------------------------------------------

_SIGNS = st.characters(exclude_characters="/") | st.sampled_from("~.\0\n \ud800\udcff")


@settings(max_examples=examples(60))
@given(st.text(_SIGNS, max_size=300))
def test_no_text_brings_anything_but_a_file_fault(text: str) -> None:
    # every kind of call leaves no more than a file in a directory of its own: no text has a slash in it
    with tempfile.TemporaryDirectory() as folder:
        here = os.getcwd()
        os.chdir(folder)
        try:
            for path in (expand(text), Path(folder, text)):
                for function in (*READING, *WRITING, *MAKING):
                    try:
                        function(path)
                    except FileFault as fault:
                        one_line(fault)
                for function in LOOKING:
                    function(path)
        finally:
            os.chdir(here)


@given(st.text(), st.text(), st.dictionaries(st.just("HOME"), st.text()))
def test_expanding_never_raises(begin: str, rest: str, env: dict[str, str]) -> None:
    for text in (begin + rest, f"~{begin}/{rest}", f"~/{rest}"):
        expand(text, env)


@pytest.mark.parametrize(
    "function", [read, lambda path: write_atomically(path, b"new"), _lock, lambda path: create(path, b"")]
)
def test_whatever_the_system_says_is_told(
    function: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").write_text("old")
    path = tmp_path / ("old" if function is read else "new")
    for number in errno.errorcode:

        def fail(*_: object, number: int = number, **__: object) -> int:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", fail)
            with pytest.raises(FileFault) as told:
                function(path)
        one_line(told.value)
        assert told.value.errno == number
        assert os.strerror(number) in str(told.value)
    assert [item.name for item in tmp_path.iterdir()] == ["old"]


def test_kinds_of_errors_stay_what_they_are() -> None:
    for kind in (FileNotFoundError, PermissionError, FileExistsError):
        number = {FileNotFoundError: 2, PermissionError: 13, FileExistsError: 17}[kind]
        fault = fault_of(OSError(number, os.strerror(number)), "/x", "cannot be read")
        assert isinstance(fault, kind)


# -- homes ---------------------------------------------------------------------------------------


@pytest.fixture
def unknown_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is run with a number of its own."""

    def unknown(*_: object) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.delenv("HOME", raising=False)


@pytest.mark.usefixtures("unknown_user")
@pytest.mark.parametrize("home", [None, "", "relative", "."])
def test_without_a_home_the_reason_is_told(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if home is not None:
        monkeypatch.setenv("HOME", home)
    path = expand("~/x")
    assert is_homeless(path)
    with pytest.raises(FileFault, match="has no home directory here") as told:
        read(path)
    assert "set HOME" in str(told.value)


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_home_the_system_is_asked(home: str | None) -> None:
    env = {} if home is None else {"HOME": home}
    assert expand("~/x", env) == Path(pwd.getpwuid(os.getuid()).pw_dir, "x")


def test_home_is_what_the_environment_says(tmp_path: Path) -> None:
    assert expand("~/x", {"HOME": str(tmp_path)}) == tmp_path / "x"
    assert expand("~", {"HOME": str(tmp_path)}) == tmp_path
    assert expand("a~b") == Path("a~b")


def test_a_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for function in (*READING, *WRITING, *MAKING):
        with pytest.raises(FileFault, match="started in is gone") as told:
            function(Path("x"))
        assert not isinstance(told.value, MissingFile), "it may well be there"
    for look in LOOKING:
        look(Path("x"))


# -- locks and the like --------------------------------------------------------------------------


def test_a_lock_that_is_never_given_back_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path), pytest.raises(FileFault, match="another program has kept it locked"):
        _lock(path)
    _lock(path)


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    path, order = tmp_path / "lock", []
    held = threading.Event()

    def wait() -> None:
        held.set()
        with locked(path):
            order.append("second")

    with locked(path):
        other = threading.Thread(target=wait)
        other.start()
        assert held.wait(10)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_no_temporary_directory_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/proc/none"])
    with pytest.raises(FileFault, match="TMPDIR cannot hold a temporary directory: no directory for"):
        temporary_directory("x")


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
