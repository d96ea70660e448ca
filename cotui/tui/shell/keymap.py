"""Every action that has a name, for `[keys]` of the configuration."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode

import cotui.tui
from cotui.catalog import RESOURCES
from cotui.tui.actions.dispatch import action_bindings
from cotui.tui.lists.selection import MARK_BINDINGS

#: whose keys come first
_FIRST = ("cotui.tui.shell.app", "cotui.tui.lists.browse", "cotui.tui.lists", "cotui.tui.records")


def named_bindings() -> Iterator[Binding]:
    """Every binding with a name (`Binding.id`), once: of the app, lists, records, the other rooms; then of actions."""
    seen: set[str] = set()
    holders = sorted(_holders(), key=lambda kind: (_rank(kind.__module__), kind.__module__))
    for bindings in (*(kind.BINDINGS for kind in holders), action_bindings(), MARK_BINDINGS):
        for binding in bindings:
            if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                seen.add(binding.id)
                yield binding


def relation_keys() -> dict[tuple[str, str], list[str]]:
    """The keys of relations, which have no names: key and label -> whose they are, in the plural."""
    found: dict[tuple[str, str], list[str]] = {}
    for resource in RESOURCES.values():
        for relation in resource.relations:
            if relation.key:
                found.setdefault((relation.key, relation.label), []).append(resource.plural.casefold())
    return found


def _rank(module: str) -> int:
    return next((at for at, name in enumerate(_FIRST) if f"{module}.".startswith(f"{name}.")), len(_FIRST))


def _holders() -> Iterator[type[DOMNode]]:
    """The screens, dialogs and widgets that have keys, wherever they are; all rooms are loaded for it."""
    for module in pkgutil.walk_packages(cotui.tui.__path__, "cotui.tui."):
        if not module.name.startswith("cotui.tui.engine"):
            for kind in vars(import_module(module.name)).values():
                own = isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == module.name
                if own and "BINDINGS" in vars(kind):
                    yield kind
