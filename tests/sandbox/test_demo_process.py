"""Demo data made in another process: the same as in this one, and nothing at all when that process breaks off."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from cotui.sandbox import demo, demo_process, own_process
from cotui.sandbox.cache import CacheError, demo_database
from cotui.sandbox.demo import populate
from cotui.sandbox.demo_process import made_elsewhere
from cotui.sandbox.store import Store
from tests.sandbox.test_demo import TODAY, fingerprint, generated

#: Sends half of what it announces.
BROKEN_OFF = (
    "import sys; sys.stdout.buffer.write((99).to_bytes(8, 'big') + b'half'); sys.exit('no room left')"
)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started; few customers and one processor are enough for one."""
    started: list[subprocess.Popen[bytes]] = []

    def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
        started.append(own_process.start(module, *arguments))
        return started[-1]

    monkeypatch.setattr(demo, "FROM_CUSTOMERS", 1)
    monkeypatch.setattr(demo, "processors", lambda: 2)
    monkeypatch.setattr(demo_process, "start", start)
    return started


@pytest.fixture
def broken(children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", BROKEN_OFF], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    monkeypatch.setattr(demo_process, "start", start)


def here(customers: int, seed: int, today: date, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(demo, "FROM_CUSTOMERS", customers + 1)
        with closing(generated(customers, seed, today)) as connection:
            return fingerprint(connection)


@pytest.mark.parametrize(("customers", "seed"), [(70, 1), (130, 2**40), (1, -3)])
def test_the_data_is_the_same(
    children: list[subprocess.Popen[bytes]], customers: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(generated(customers, seed)) as connection:
        found = fingerprint(connection)
    assert len(children) == 1
    assert found == here(customers, seed, TODAY, monkeypatch)
    assert len(children) == 1


def test_one_processor_makes_it_alone(
    children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "processors", lambda: 1)
    generated(60).close()
    assert children == []


def test_it_works_in_any_thread(
    children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []

    def run() -> None:
        with closing(generated(60)) as connection:
            found.append(fingerprint(connection))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [here(60, 1, TODAY, monkeypatch)] * 2
    assert len(children) == 2


def test_whoever_stops_early_ends_the_process(children: list[subprocess.Popen[bytes]]) -> None:
    with made_elsewhere(100_000, 1, TODAY) as batches:
        next(batches)
    assert children[0].returncode is not None
    assert children[0].returncode != 0


def test_rows_that_break_off_are_an_error(broken: None) -> None:
    with pytest.raises(ChildProcessError, match="no room left"), made_elsewhere(5, 1, TODAY) as batches:
        list(batches)


def test_what_broke_off_leaves_nothing(broken: None, tmp_path: Path) -> None:
    with closing(Store(tmp_path / "demo.sqlite")) as store:
        with pytest.raises(ChildProcessError):
            populate(store, 60, 1, TODAY)
        assert store.is_empty
        assert store.meta("generator") is None
        with store.read() as reader:
            assert reader.connection.execute("SELECT count(*) FROM currencies").fetchone() == (0,)
    cache = tmp_path / "cache"
    with pytest.raises(CacheError, match="no room left"):
        demo_database(60, 1, TODAY, cache)
    assert list(cache.iterdir()) == []


def test_the_file_is_the_same_from_the_other_process(
    children: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = demo_database(60, 1, TODAY, tmp_path / "a").read_bytes()
    assert len(children) == 1
    monkeypatch.setattr(demo, "FROM_CUSTOMERS", 61)
    assert demo_database(60, 1, TODAY, tmp_path / "b").read_bytes() == elsewhere
