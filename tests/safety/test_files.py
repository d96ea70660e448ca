"""The file policy: whatever a path names, every function ends at once, and in nothing worse than a `FileFault`."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.safety.faults import FileFault, MissingFile, show_path
from cotui.safety.locking import locked
from cotui.safety.places import expand, is_homeless, whole
from cotui.safety.reading import exists, open_own, open_to_read, read, status, trouble_reading
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
