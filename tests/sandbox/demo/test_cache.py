"""Demo databases kept between runs: found again, built once, built again when damaged or old."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from cotui.safety.temporary import temporary_directory
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo import cache
from cotui.sandbox.demo.cache import CacheError, demo_database, start_building

TODAY = date(2026, 3, 31)
FEW = 6


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_database(FEW, 1, TODAY, tmp_path_factory.mktemp("cache"))


@pytest.fixture
def kept(original: Path, tmp_path: Path) -> Path:
    """A cache directory of its own that holds the built file."""
    copy = tmp_path / original.name
    copy.write_bytes(original.read_bytes())
    return copy


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def customers_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM customers").fetchone()[0])


def refuse(*_: object) -> Path:
    raise AssertionError("built again")


def test_a_built_file_is_a_store(original: Path) -> None:
    store = Store(original)
    try:
        assert store.meta("customers") == str(FEW)
        assert store.meta("data_date") == "2026-03-31"
    finally:
        store.close()
    assert names(original.parent) == [original.name]


def test_a_file_is_found_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_build", refuse)
    assert demo_database(FEW, 1, TODAY, kept.parent) == kept
    assert demo_database(FEW, 1, TODAY + timedelta(days=7), kept.parent) == kept
    building = start_building(FEW, 1, TODAY, kept.parent)
    assert building.ready
    assert building.wait() == kept


def test_reading_a_file_leaves_it_good(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(kept)
    with store.read() as reader:
        reader.connection.execute("SELECT count(*) FROM invoices").fetchone()
    store.close()
    monkeypatch.setattr(cache, "_build", refuse)
    assert demo_database(FEW, 1, TODAY, kept.parent) == kept


@pytest.mark.parametrize(
    ("customers", "seed", "today", "max_age"),
    [
        (FEW + 1, 1, TODAY, 7),
        (FEW, 2, TODAY, 7),
        (FEW, 1, TODAY + timedelta(days=8), 7),
        (FEW, 1, TODAY - timedelta(days=1), 7),
        (FEW, 1, TODAY + timedelta(days=1), 0),
    ],
)
def test_other_arguments_are_another_file(
    kept: Path, customers: int, seed: int, today: date, max_age: int
) -> None:
    path = demo_database(customers, seed, today, kept.parent, max_age=max_age)
    assert path != kept
    assert kept.exists()
    with closing(sqlite3.connect(path)) as connection:
        meta = dict(connection.execute("SELECT key, value FROM meta"))
    assert (meta["customers"], meta["seed"], meta["data_date"]) == (
        str(customers),
        str(seed),
        today.isoformat(),
    )


def test_another_generator_is_another_file(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "demo.py").write_text("changed")
    monkeypatch.setattr(cache, "_HERE", sources)
    assert demo_database(FEW, 1, TODAY, kept.parent) != kept


def damage_end(content: bytes) -> bytes:
    return content[:-4096]


def damage_start(content: bytes) -> bytes:
    return bytes(len(content))


def damage_middle(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def damage_all(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [damage_end, damage_start, damage_middle, damage_all])
def test_a_damaged_file_is_built_again(kept: Path, damage: object) -> None:
    content = kept.read_bytes()
    assert callable(damage)
    kept.write_bytes(damage(content))
    again = demo_database(FEW, 1, TODAY, kept.parent)
    assert again.read_bytes() == content
    assert names(kept.parent) == [again.name]


def test_the_same_arguments_make_the_same_file(original: Path, tmp_path: Path) -> None:
    again = demo_database(FEW, 1, TODAY, tmp_path / "elsewhere" / "deeper")
    assert again.name == original.name
    assert again.read_bytes() == original.read_bytes()


def test_the_other_process_builds_the_same(original: Path, tmp_path: Path) -> None:
    building = start_building(FEW, 1, TODAY, tmp_path)
    path = building.wait()
    assert building.ready
    assert building.wait() == path
    assert path.name == original.name
    assert path.read_bytes() == original.read_bytes()
    assert names(tmp_path) == [path.name]


def test_processes_that_build_at_once_share_one_file(tmp_path: Path) -> None:
    """All end up with a good file, and nothing of the others stays behind."""
    buildings = [start_building(FEW, 1, TODAY, tmp_path) for _ in range(3)]
    paths = {building.wait() for building in buildings}
    assert len(paths) == 1
    path = paths.pop()
    assert names(tmp_path) == [path.name]
    assert customers_in(path) == FEW


def test_threads_that_build_at_once_share_one_file(tmp_path: Path) -> None:
    paths: list[Path] = []
    threads = [
        threading.Thread(target=lambda: paths.append(demo_database(FEW, 1, TODAY, tmp_path)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(paths) == 3
    assert names(tmp_path) == [paths[0].name]


def test_a_file_that_is_open_is_not_replaced(kept: Path) -> None:
    """Whoever builds the same file later leaves alone what others have open."""
    before = kept.stat().st_ino
    cache._build(FEW, 1, TODAY, kept.parent)
    assert kept.stat().st_ino == before


def test_only_the_last_files_are_kept(kept: Path) -> None:
    for day in range(1, 6):
        demo_database(FEW, 1, TODAY + timedelta(days=10 * day), kept.parent)
    left = names(kept.parent)
    assert len(left) == cache.KEPT + 1
    assert any("20260520" in name for name in left)


def test_a_file_that_another_process_removes_meanwhile_does_no_harm(kept: Path) -> None:
    gone = kept.parent / "demo-00000000-20260301-00000000.sqlite"
    gone.symlink_to(kept.parent / "removed")
    made = demo_database(FEW + 1, 1, TODAY, kept.parent)
    assert customers_in(made) == FEW + 1


def test_other_files_are_left_alone_and_abandoned_ones_removed(kept: Path) -> None:
    mine = kept.parent / "notes.txt"
    mine.write_text("mine")
    abandoned = kept.parent / "building-1.abcdefgh"
    abandoned.mkdir()
    (abandoned / "demo.sqlite").write_bytes(b"half")
    with temporary_directory("building-", kept.parent) as running:
        start_building(FEW, 1, TODAY, kept.parent)
        assert names(kept.parent) == sorted([kept.name, "notes.txt", Path(running).name])
        abandoned.mkdir()
        demo_database(FEW, 1, TODAY, kept.parent)
        assert names(kept.parent) == sorted([kept.name, "notes.txt", Path(running).name])


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    obstacle = tmp_path / "file"
    obstacle.write_text("not a directory")
    with pytest.raises(CacheError, match="Not a directory"):
        demo_database(FEW, 1, TODAY, obstacle)
    building = start_building(FEW, 1, TODAY, obstacle)
    with pytest.raises(CacheError, match="Not a directory"):
        building.wait()
    with closing(building.in_memory()) as store, store.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM customers").fetchone() == (FEW,)


def test_a_pipe_of_a_kept_file_s_name_holds_up_nobody(kept: Path) -> None:
    kept.unlink()
    os.mkfifo(kept)
    built = demo_database(FEW, 1, TODAY, kept.parent)
    assert customers_in(built) == FEW


def test_finding_a_file_imports_little() -> None:
    """The first screen waits for it."""
    code = (
        "import sys, cotui.sandbox.demo.cache as c, datetime, pathlib, tempfile\n"
        "before = set(sys.modules)\n"
        "c._find(1, 1, datetime.date(2026, 3, 31), pathlib.Path(tempfile.gettempdir()), 7)\n"
        "heavy = {'sqlite3', 'starlette', 'cotui.sandbox.demo.generate', 'cotui.sandbox.database.store'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\n"
        "assert set(sys.modules) == before\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
