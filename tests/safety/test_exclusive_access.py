"""Who changes a file keeps other programs out, by whatever name it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.safety.exclusive_access import exclusive_access
from cotui.safety.faults import FileFault


def test_the_lock_is_the_same_by_whatever_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "config.toml"
    link.symlink_to(tmp_path / "real" / "config.toml")
    with (
        exclusive_access(link),
        pytest.raises(FileFault),
        exclusive_access(tmp_path / "real" / "config.toml", patience=0),
    ):
        pass


def test_what_killed_programs_left_is_gone_and_the_directory_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "state.json"
    with exclusive_access(path):
        assert path.parent.is_dir()
    left = path.parent / ".state.json.99.0123abcd.tmp"
    left.write_text("half")
    with exclusive_access(path):
        assert not left.exists()
        assert not path.exists()


def test_files_beside_each_other_are_locked_one_by_one(tmp_path: Path) -> None:
    with exclusive_access(tmp_path / "a"), exclusive_access(tmp_path / "b", patience=0):
        pass
