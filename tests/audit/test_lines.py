"""Lines that only grow, whole or not at all, and harmless."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.audit.lines import append_lines, encode, read_lines
from cotui.safety.faults import FileFault
from cotui.safety.text import clean


def read(path: Path, size: int | None = None) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        return list(read_lines(file, path.stat().st_size if size is None else size))


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), max_size=4))
def test_every_value_comes_back_and_is_one_harmless_line(value: dict[str, Any]) -> None:
    line = encode(value)
    assert clean(line.decode()) == line.decode()
    assert json.loads(line) == value


def test_what_json_does_not_know_is_a_text() -> None:
    from datetime import date
    from decimal import Decimal

    assert json.loads(encode([date(2026, 3, 16), Decimal("1.50"), "\ud800"])) == [
        "2026-03-16",
        "1.50",
        "\ud800",
    ]


def test_lines_are_added_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    append_lines(path, [{"a": 1}])
    append_lines(path, [{"a": 2}, {"a": 3}])
    assert path.read_bytes() == b'{"a": 1}\n{"a": 2}\n{"a": 3}\n'
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_whose_writer_was_killed_stays_alone_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b'{"a": 1}\n{"a"')
    append_lines(path, [{"a": 2}])
    assert read(path) == [{"a": 1}, {"unreadable": '{"a"'}, {"a": 2}]


def test_permissions_that_became_loose_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"")
    path.chmod(0o644)
    append_lines(path, [{}])
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_whole_is_not_written_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lines"
    append_lines(path, [{"a": 1}])
    real = os.write
    room = [5]

    def write(descriptor: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(descriptor, bytes(data)[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(FileFault, match="No space left"):
        append_lines(path, [{"a": 2}])
    assert path.read_bytes() == b'{"a": 1}\n'


def test_what_is_no_object_is_given_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"[1]\nno json\n\xff\n" + b"[" * 300 + b"\n" + b'{"a": 1}')
    assert read(path) == [
        {"unreadable": "[1]"},
        {"unreadable": "no json"},
        {"unreadable": "\ufffd"},
        {"unreadable": "[" * 300},
        {"a": 1},
    ]


def test_only_the_first_bytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b'{"a": 1}\n{"a": 2}\n')
    assert read(path, 9) == [{"a": 1}]
    assert read(path, 0) == []


def test_of_an_endless_line_the_beginning_is_given_and_the_next_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotui.audit.lines.LIMIT", 2000)
    path = tmp_path / "lines"
    path.write_bytes(b"x" * 7000 + b'\n{"a": 1}\n')
    assert read(path) == [{"unreadable": "x" * 1000 + " ..."}, {"a": 1}]
