"""What all tests share: no real home directory, no account from the environment."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["tests.depth", "tests.watchdog", "tests.workers"]

# An app is made of some 100,000 objects, and the collector looks at all that was kept after every 700 new ones: a
# fifth of the time of the tests that start apps.
gc.set_threshold(150_000, 20, 20)

# programs that tests start may keep their bytecode: without it, each takes half a second of compiling
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# read once when Textual is imported
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TZ"] = "UTC"


def pytest_collection_finish() -> None:
    """What was loaded and found stays: the collector need not look at it any more."""
    gc.freeze()


@pytest.fixture(scope="session")
def _directories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of directories that nothing has used yet; `tmp_path` would make each, also for tests without files."""
    parent = tmp_path_factory.mktemp("own")
    return (parent / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_directories(_directories: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("COTUI_")]:
        monkeypatch.delenv(name)
    own = next(_directories)
    for name in ("CONFIG", "STATE_DIR", "CACHE_DIR"):
        monkeypatch.setenv(f"COTUI_{name}", str(own / ("config.toml" if name == "CONFIG" else name.lower())))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
