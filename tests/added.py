"""Files added to packages of the house for the time of a test, as somebody adds an object or a type of fields."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest


class Added:
    """What a test has added."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._added: list[tuple[ModuleType, str]] = []

    def add(self, files: dict[str, str]) -> None:
        """Put files where packages look for them, by their paths from `cotui/` on."""
        from cotui.sandbox.database import schema
        from tests import stores

        for name in (
            "cotui.catalog.objects",
            "cotui.catalog.types",
            "cotui.sandbox.objects",
            "cotui.tui.objects",
        ):
            package = importlib.import_module(name)
            place = self._folder / name.replace(".", "/")
            inside = [file for file in files if f"{self._folder / file}".startswith(f"{place}/")]
            for file in inside:
                path = self._folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(files[file], encoding="utf-8")
                self._added.append((package, path.relative_to(place).parts[0].removesuffix(".py")))
            if inside and str(place) not in package.__path__:
                self._monkeypatch.setattr(package, "__path__", [*package.__path__, str(place)])
        # where their tables are made, and accounts that have them apart from those that other tests copy
        self._monkeypatch.setattr(
            schema, "OBJECTS", [schema.OBJECTS[0], self._folder / "cotui" / "sandbox" / "objects"]
        )
        self._monkeypatch.setattr(stores, "_filled", {})
        self._look_again()

    def forget(self) -> None:
        """Leave no module of them behind."""
        from cotui.catalog import FieldType

        for package, name in self._added:
            vars(package).pop(name, None)
            own = f"{package.__name__}.{name}"
            for module in [module for module in sys.modules if f"{module}.".startswith(f"{own}.")]:
                del sys.modules[module]
            if package.__name__ == "cotui.catalog.types" and name.upper() in vars(FieldType):
                type.__delattr__(FieldType, name.upper())
        self._look_again()

    @staticmethod
    def _look_again() -> None:
        import cotui.sandbox.objects

        importlib.invalidate_caches()
        cotui.sandbox.objects.endpoints.cache_clear()
