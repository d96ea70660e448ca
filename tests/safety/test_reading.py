"""Only regular files are read, and never without end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cotui.safety.faults import FileFault, FileThere, MissingFile
from cotui.safety.reading import LIMIT, open_own, read, read_own, trouble_reading


def test_the_null_device_is_an_empty_file() -> None:
    assert read("/dev/null") == b""


def test_size_is_bounded_where_the_system_tells_none(tmp_path: Path) -> None:
    with open(tmp_path / "large", "wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(FileFault, match="larger than 16 MB; name a smaller file"):
        read(tmp_path / "large")
    assert len(read(tmp_path / "large", limit=None)) == LIMIT + 1
    assert read("/proc/self/status")  # its size is said to be 0


def test_what_belongs_to_somebody_else_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text("")
    owner = path.stat().st_uid
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: owner + 4711)
    if owner:
        with pytest.raises(FileFault, match="belongs to somebody else"):
            read_own(path)
    else:
        assert read_own(path) == b""  # the administrator's
        os.chown(path, 4712, -1)
        with pytest.raises(FileFault, match="belongs to somebody else"):
            read_own(path)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        with pytest.raises(FileFault, match="belongs to somebody else"):
            read_own(path)
        monkeypatch.setenv("SUDO_UID", "4712")
        assert read_own(path) == b""


def test_a_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"1234")
    assert read(path, limit=4) == b"1234"
    with pytest.raises(FileFault, match="larger than 3 bytes"):
        read(path, limit=3)


def test_an_own_file_is_made_private_and_only_where_wanted(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(MissingFile):
        open_own(path)
    os.close(open_own(path, create=True))
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileThere):
        open_own(path, fresh=True)


def test_an_own_file_is_added_to_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"first")
    descriptor = open_own(path, append=True)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, b" second")
    os.close(descriptor)
    assert path.read_bytes() == b"first second"


def test_an_own_file_is_not_reached_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(FileFault, match="mend the link"):
        open_own(tmp_path / "link", create=True)
    assert not (tmp_path / "target").exists()


def test_a_missing_file_is_no_trouble(tmp_path: Path) -> None:
    assert trouble_reading(tmp_path / "none") is None
    assert "Is a directory" in str(trouble_reading(tmp_path))
