"""Locks are waited for, not for ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from cotui.safety.faults import FileFault
from cotui.safety.locking import locked


def _lock(path: Path) -> None:
    with locked(path, patience=0):
        pass


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
