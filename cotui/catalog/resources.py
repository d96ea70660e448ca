"""All objects by id, found by the names of their files: one that is added is there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from cotui.catalog import objects
from cotui.catalog.model import Resource


@cache
def files_in(folders: tuple[str, ...]) -> dict[str, str]:
    """The modules of objects in some folders, by id; `class_` is that of "class", which is a word of Python's."""
    names = sorted(name for folder in folders for name in os.listdir(folder))
    stems = [name.removesuffix(".py") for name in names if name.endswith(".py") and name[0] != "_"]
    return {stem.rstrip("_"): stem for stem in stems}


class _Resources(Mapping[str, Resource]):
    """All resources by id, which is the name of the file too; in order of their places, for which all are loaded.

    An object's file is read when the object is first asked for, because a session that shows customers needs no
    invoices to start.
    """

    def __getitem__(self, resource_id: str) -> Resource:
        module = import_module(f"{objects.__name__}.{self._ids()[resource_id]}")
        found: Resource = getattr(module, resource_id.upper())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._ids(), key=lambda id_: (self[id_].place, id_)))

    def __len__(self) -> int:
        return len(self._ids())

    def __contains__(self, resource_id: object) -> bool:
        return resource_id in self._ids()

    @staticmethod
    def _ids() -> dict[str, str]:
        return files_in(tuple(objects.__path__))


RESOURCES: Mapping[str, Resource] = _Resources()
