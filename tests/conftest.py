"""What all tests share: the same surroundings everywhere, directories of their own, an end in any case."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.safety import children
from tests import clock, surroundings
from tests.added import Added

# the switches of a run: --clock, --zone, --shuffle
from tests.clock import (  # noqa: F401
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_protocol,
    pytest_terminal_summary,
)

surroundings.settle()

pytest_plugins = ["tests.depth", "tests.page_size", "tests.watchdog", "tests.workers"]

# An app is made of some 100,000 objects, and the collector looks at all that was kept after every 700 new ones: a
# fifth of the time of the tests that start apps.
gc.set_threshold(150_000, 20, 20)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Name the switches; load what reads the environment when it is imported."""
    clock.add_options(parser)
    if not pluginmanager.has_plugin(
        "textual-snapshot"
    ):  # as it is where the options of pyproject.toml are left out
        pluginmanager.import_plugin("pytest_textual_snapshot")


def pytest_collection_finish() -> None:
    """What was loaded and found stays: the collector need not look at it any more."""
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name no test by many bytes: what was packed, signed or drawn by lot differs from worker to worker."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 60 else None


@pytest.fixture(scope="session")
def _directories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of directories that nothing has used yet; `tmp_path` would make each, also for tests without files."""
    parent = tmp_path_factory.mktemp("own")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture
def _no_leftovers() -> Iterator[None]:
    """A test leaves the process as it found it, or is named: the next one may be any other."""
    before = surroundings.state()
    yield
    left = surroundings.left_over(before)
    if left:
        surroundings.restore(before)
    assert not left, f"left otherwise than it was found: {', '.join(left)}"


@pytest.fixture(autouse=True)
def _own_directories(
    _no_leftovers: None, _directories: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    children.forget()  # what an earlier test withheld
    own = next(_directories)
    for name in ("CONFIG", "STATE_DIR", "CACHE_DIR"):
        monkeypatch.setenv(f"COTUI_{name}", str(own / ("config.toml" if name == "CONFIG" else name.lower())))


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Added]:
    """Adds files to packages of the house, for the time of the test."""
    adding = Added(tmp_path / "house", monkeypatch)
    yield adding
    adding.forget()
