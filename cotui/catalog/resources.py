"""All objects by id. Each is in a file of its own name, or together with others that are a few lines each.

A file that is added to the package is found without being named anywhere.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec

from cotui.catalog.model import Resource
from cotui.catalog.start_lists import START_LISTS

_PACKAGE = __name__.rpartition(".")[0]
#: objects that are not in a file of their own name, and which file they are in
_TOGETHER = {
    **dict.fromkeys(("creditcard", "ach", "tokenized"), "pay_methods"),
    **dict.fromkeys(("resthook", "log_system", "chargeoverjs"), "system"),
    **dict.fromkeys(("item_category", "coupon", "note", "terms", "currency", "language"), "small_lists"),
    **dict.fromkeys(("country", "class", "brand", "campaign", "admin"), "small_lists"),
}


class _Resources(Mapping[str, Resource]):
    """All resources by id: those on the number keys first, the others by the names of their files.

    A file is read when its object is first asked for, because a session that shows customers needs no invoices
    to start; all are read by whoever asks for all.
    """

    def __getitem__(self, resource_id: str) -> Resource:
        name = f"{_PACKAGE}.{_TOGETHER.get(resource_id, resource_id)}"
        if name in sys.modules or (resource_id.isidentifier() and find_spec(name) is not None):
            for value in vars(import_module(name)).values():
                if isinstance(value, Resource) and value.id == resource_id:
                    return value
        raise KeyError(resource_id)

    def __iter__(self) -> Iterator[str]:
        yield from START_LISTS.values()
        for file in sorted(item.name for item in pkgutil.iter_modules(sys.modules[_PACKAGE].__path__)):
            for value in [*vars(import_module(f"{_PACKAGE}.{file}")).values()]:
                own = isinstance(value, Resource) and _TOGETHER.get(value.id, value.id) == file
                if own and value.id not in START_LISTS.values():
                    yield value.id

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, resource_id: object) -> bool:
        return isinstance(resource_id, str) and self.get(resource_id) is not None


RESOURCES: Mapping[str, Resource] = _Resources()
