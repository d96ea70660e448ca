"""Every action that has a name, for `[keys]` of the configuration."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode

import cotui.tui
from cotui.catalog import RESOURCES
from cotui.catalog.pay_methods import WAYS_TO_PAY
from cotui.catalog.report_columns import infer_columns
from cotui.catalog.report_table import report_resource
from cotui.tui.actions.dispatch import action_bindings
from cotui.tui.lists.relations import relation_bindings
from cotui.tui.lists.selection import MARK_BINDINGS

#: whose keys come first
_FIRST = ("cotui.tui.shell.app", "cotui.tui.lists.browse", "cotui.tui.lists", "cotui.tui.records")


def named_bindings() -> Iterator[Binding]:
    """Every binding with a name (`Binding.id`), once: of the app, lists, records, the other rooms; then of actions."""
    seen: set[str] = set()
    kinds = sorted(holders(), key=lambda kind: (_rank(kind.__module__), kind.__module__))
    related = (Binding(key, "", label, id=name) for name, key, label in relation_keys())
    for bindings in (*(kind.BINDINGS for kind in kinds), action_bindings(), MARK_BINDINGS, related):
        for binding in bindings:
            if isinstance(binding, Binding) and binding.id and binding.id not in seen:
                seen.add(binding.id)
                yield binding


def relation_keys() -> dict[tuple[str, str, str], list[str]]:
    """The keys of relations: name, key and label -> whose they are, in the plural."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for resource in (*RESOURCES.values(), WAYS_TO_PAY):
        for binding in relation_bindings(resource):
            key = (binding.id or "", binding.key, binding.description)
            found.setdefault(key, []).append(resource.plural.casefold())
    for binding in relation_bindings(report_resource(0, "", infer_columns([dict.fromkeys(_REPORTED, 1)]))):
        found.setdefault((binding.id or "", binding.key, binding.description), []).append("rows of reports")
    return found


#: columns of reports whose keys lead to records
_REPORTED = ("tenant_id", "invoice_id", "transaction_id", "package_id", "user_id", "item_id")


def _rank(module: str) -> int:
    return next((at for at, name in enumerate(_FIRST) if f"{module}.".startswith(f"{name}.")), len(_FIRST))


def holders() -> Iterator[type[DOMNode]]:
    """The screens, dialogs and widgets that have keys, wherever they are; all rooms are loaded for it."""
    for module in pkgutil.walk_packages(cotui.tui.__path__, "cotui.tui."):
        if not module.name.startswith("cotui.tui.engine"):
            for kind in vars(import_module(module.name)).values():
                own = isinstance(kind, type) and issubclass(kind, DOMNode) and kind.__module__ == module.name
                if own and "BINDINGS" in vars(kind):
                    yield kind
