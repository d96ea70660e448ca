"""A package's names, loaded when they are first used."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = """
from cotui.lazy import LazyImports
from later.early import NOW

__all__ = ["NOW"]

with LazyImports(__name__):
    from later.part import Thing as Thing
    from later.part import make as make
    from later.other import LIMIT as LIMIT
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "__init__.py").write_text(PACKAGE)
    (folder / "early.py").write_text("NOW = 1\n")
    (folder / "part.py").write_text("class Thing: pass\ndef make(): return Thing()\n")
    (folder / "other.py").write_text("LIMIT = 3\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    import later

    yield later
    for name in [name for name in sys.modules if name.split(".")[0] == "later"]:
        del sys.modules[name]


def test_modules_are_loaded_by_the_first_use_of_a_name(later: ModuleType) -> None:
    assert {"later.part", "later.other"} & set(sys.modules) == set()
    assert isinstance(later.make(), later.Thing)
    assert "later.part" in sys.modules
    assert "later.other" not in sys.modules
    assert later.LIMIT == 3


def test_all_names_are_known(later: ModuleType) -> None:
    assert later.__all__ == ["LIMIT", "NOW", "Thing", "make"]
    assert {"LIMIT", "NOW", "Thing"} <= set(dir(later))
    with pytest.raises(AttributeError, match="module 'later' has no attribute 'NOTHING'"):
        later.NOTHING  # noqa: B018


def test_imports_of_others_are_not_put_off() -> None:
    from cotui.lazy import LazyImports

    module = sys.modules["lazy_package"] = ModuleType("lazy_package")
    found: list[object] = []

    def elsewhere() -> None:
        from decimal import Decimal

        found.append(Decimal(1))

    try:
        with LazyImports("lazy_package"):
            thread = threading.Thread(target=elsewhere)
            thread.start()
            thread.join()
    finally:
        del sys.modules["lazy_package"]
    assert found == [1]
    assert module.__all__ == []
