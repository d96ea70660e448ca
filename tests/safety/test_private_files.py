"""Files that a library fills are their owner's only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cotui.safety.faults import FileFault
from cotui.safety.private_files import close_to_others, make_private


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_where_there_is_none_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_private(tmp_path / "new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o600


def test_one_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_text("old")
    path.chmod(0o644)
    make_private(path)
    assert (path.read_text(), mode(path)) == ("old", 0o644)


def test_a_link_stays_one_and_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    make_private(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert mode(tmp_path / "real") == 0o600


def test_a_directory_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="check its name"):
        make_private(tmp_path / "none" / "file")


def test_an_open_file_is_closed_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    path.chmod(0o754)
    assert close_to_others(path) == f"{path} was open to other users; it is its owner's only now"
    assert mode(path) == 0o700
    assert close_to_others(path) == ""


def test_what_is_missing_or_no_file_is_left_alone(tmp_path: Path) -> None:
    assert close_to_others(tmp_path / "none") == ""
    tmp_path.chmod(0o755)
    assert close_to_others(tmp_path) == ""
    assert mode(tmp_path) == 0o755


def test_what_cannot_be_closed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_text("")
    path.chmod(0o644)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "chmod", refuse)
    assert close_to_others(path).endswith("cannot be closed to them: Operation not permitted")
