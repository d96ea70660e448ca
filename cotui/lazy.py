"""A package's public names, each loaded from its own module when it is first used."""

from __future__ import annotations

import _thread
import builtins
import sys
from importlib import import_module
from types import SimpleNamespace

TYPE_CHECKING = False  # `typing` takes longer to load than all this to run
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


#: one block at a time, so that each finds Python's own import in its place again
_LOCK = _thread.allocate_lock()


class LazyImports:
    """Puts the `from … import …` statements of its block off until one of their names is asked for.

    They stay ordinary statements, so that type checkers know every name and nobody has to write it twice::

        with LazyImports(__name__):
            from package.module import Thing as Thing

    The package gets `__getattr__`, `__dir__` and, with the names of the block added to it, `__all__`. Imports
    that other modules or threads make in the meantime are not touched.
    """

    def __init__(self, package: str) -> None:
        self._package: dict[str, Any] = vars(sys.modules[package])
        self._homes: dict[str, str] = {}

    def __enter__(self) -> None:
        _LOCK.acquire()
        self._import = builtins.__import__
        builtins.__import__ = self._note

    def __exit__(self, *_: object) -> None:
        builtins.__import__ = self._import
        _LOCK.release()
        for name in self._homes:
            del self._package[name]  # what the block bound was a stand-in
        self._package["__getattr__"] = self._load
        self._package["__dir__"] = lambda: sorted({*self._package, *self._homes})
        self._package["__all__"] = sorted({*self._package.get("__all__", ()), *self._homes})

    def _note(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if globals is not self._package or not fromlist:
            return self._import(name, globals, locals, fromlist or (), level)
        self._homes.update(dict.fromkeys(fromlist, name))
        return SimpleNamespace(**dict.fromkeys(fromlist))

    def _load(self, name: str) -> object:
        if name not in self._homes:
            raise AttributeError(f"module {self._package['__name__']!r} has no attribute {name!r}")
        found = self._package[name] = getattr(import_module(self._homes[name]), name)
        return found
