"""Keys that lead somewhere from other records: why they do nothing on these."""

from __future__ import annotations

from collections.abc import Mapping

from cotui.catalog import RESOURCES, Resource
from cotui.catalog.pay_methods import WAYS_TO_PAY
from cotui.catalog.report_table import ROW_KEYS
from cotui.tui.base.inputs import textual_keys
from cotui.tui.lists.relations import relation_bindings

#: objects that are named of those whose key it is
_MOST = 3


def why_unused(key: str, resource: Resource, own: Mapping[str, str]) -> str:
    """Why a key of relations does nothing on a record or row of this kind; "" where it is no such key.

    Args:
        key: as Textual calls it.
        own: the user's own keys by action.
    """
    labels: list[str] = []
    plurals: list[str] = []
    sign = key
    for other in (*RESOURCES.values(), WAYS_TO_PAY):
        for binding in relation_bindings(other):
            if key in textual_keys(own.get(binding.id or "") or binding.key):
                sign = sign if binding.id in own else binding.key_display or key
                labels.append(binding.description.casefold())
                plurals.append(other.plural.casefold())
    if not labels:
        return ""
    if not resource.primary_key and resource.open_fields:  # a report's row leads to what its columns name
        return next(
            (
                f"this row names no {label.casefold()}"
                for _, label, usual in ROW_KEYS.values()
                if usual == sign
            ),
            f"{sign} ({min(labels, key=len)}) is no key of reports' rows",
        )
    whose = ", ".join(plurals[:_MOST]) + " …" * (len(plurals) > _MOST)
    return f"{sign} ({min(labels, key=len)}) is a key of {whose}, not of {resource.plural.casefold()}"
