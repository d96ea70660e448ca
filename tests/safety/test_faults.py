"""One line says what is wrong with a file, why, and what to do."""

from __future__ import annotations

import errno
import os
import stat

import pytest

from cotui.safety.faults import FileFault, fault_of, show_path, wrong_kind


def test_kinds_of_errors_stay_what_they_are() -> None:
    for kind in (FileNotFoundError, PermissionError, FileExistsError):
        number = {FileNotFoundError: 2, PermissionError: 13, FileExistsError: 17}[kind]
        fault = fault_of(OSError(number, os.strerror(number)), "/x", "cannot be read")
        assert isinstance(fault, kind)


def test_the_line_has_path_deed_reason_and_remedy() -> None:
    fault = fault_of(OSError(errno.EROFS, "Read-only file system"), "/x", "cannot be written")
    assert str(fault) == "/x cannot be written: Read-only file system; name a place that can be written"
    assert fault.why == "cannot be written: Read-only file system; name a place that can be written"
    assert (fault.errno, fault.filename) == (errno.EROFS, "/x")


def test_a_fault_is_not_made_a_second_time() -> None:
    first = FileFault("/x", "cannot be read", errno.EIO)
    assert fault_of(first, "/other", "cannot be written") is first


def test_a_reason_without_a_number_is_told_too() -> None:
    assert str(fault_of(OSError(), "/x", "cannot be read")) == "/x cannot be read: OSError; check the disk"
    assert "; name another place" in str(
        fault_of(OSError(errno.EPIPE, "Broken pipe"), "/x", "cannot be read")
    )


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (stat.S_IFDIR, "Is a directory; name a file"),
        (stat.S_IFLNK, "mend the link"),
        (stat.S_IFIFO, "it is a named pipe"),
        (stat.S_IFSOCK, "it is a socket"),
        (stat.S_IFCHR, "it is a device"),
        (stat.S_IFBLK, "it is a device"),
        (0, "it is something else, not a regular file; name a regular file"),
    ],
)
def test_what_is_no_regular_file_is_called_by_its_kind(mode: int, words: str) -> None:
    assert words in str(wrong_kind("/x", "cannot be read", mode | 0o600))


def test_a_path_is_shown_on_one_line_and_not_endless() -> None:
    assert show_path("/a\nb\x1b[31m").isprintable()
    assert show_path("/short") == "/short"
    long = show_path("/begin" + "x" * 5000 + "end")
    assert len(long) == 401
    assert long.startswith("/begin")
    assert long.endswith("end")
