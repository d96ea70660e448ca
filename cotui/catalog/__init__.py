"""What ChargeOver's objects are: one `Resource` per object, in a file of its own.

Data, not behaviour. The only place that knows a field's name. An object's file is read when the object
is first asked for, because a session that shows customers needs no invoices to start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from cotui.catalog.model import Action, Choice, Column, Effect, Field, FieldType, Relation, Resource, Shortcut

# id: module of this package and name in it
_HOMES = {
    "customer": ("customer", "CUSTOMER"),
    "user": ("user", "USER"),
    "invoice": ("invoice", "INVOICE"),
    "report": ("report", "REPORT"),
    "transaction": ("transaction", "TRANSACTION"),
    "package": ("package", "PACKAGE"),
    "item": ("item", "ITEM"),
    "creditcard": ("pay_methods", "CREDITCARD"),
    "ach": ("pay_methods", "ACH"),
    "tokenized": ("pay_methods", "TOKENIZED"),
    "usage": ("usage", "USAGE"),
    "item_category": ("small_lists", "ITEM_CATEGORY"),
    "coupon": ("small_lists", "COUPON"),
    "note": ("small_lists", "NOTE"),
    "terms": ("small_lists", "TERMS"),
    "currency": ("small_lists", "CURRENCY"),
    "language": ("small_lists", "LANGUAGE"),
    "country": ("small_lists", "COUNTRY"),
    "class": ("small_lists", "CLASS"),
    "brand": ("small_lists", "BRAND"),
    "campaign": ("small_lists", "CAMPAIGN"),
    "admin": ("small_lists", "ADMIN"),
    "resthook": ("system", "RESTHOOK"),
    "log_system": ("system", "LOG_SYSTEM"),
    "chargeoverjs": ("system", "CHARGEOVERJS"),
}
_LAZY = {name: _HOMES[name.casefold()][0] for name in ("CUSTOMER", "USER", "INVOICE", "REPORT")} | {
    "infer_columns": "report_columns",
    "report_resource": "report",
}


class _Resources(Mapping[str, Resource]):
    """All resources by id: those with a screen of their own first, in the order of the screens."""

    def __getitem__(self, resource_id: str) -> Resource:
        module, name = _HOMES[resource_id]
        found: Resource = getattr(import_module(f"{__name__}.{module}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)

    def __contains__(self, resource_id: object) -> bool:
        return resource_id in _HOMES


RESOURCES: Mapping[str, Resource] = _Resources()


if TYPE_CHECKING:
    from cotui.catalog.customer import CUSTOMER as CUSTOMER
    from cotui.catalog.invoice import INVOICE as INVOICE
    from cotui.catalog.report import REPORT as REPORT
    from cotui.catalog.report import report_resource as report_resource
    from cotui.catalog.report_columns import infer_columns as infer_columns
    from cotui.catalog.user import USER as USER
else:

    def __getattr__(name: str) -> object:
        """Names of objects and of what belongs to reports, each from its own file."""
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        return found


__all__ = [
    "CUSTOMER",
    "INVOICE",
    "REPORT",
    "RESOURCES",
    "USER",
    "Action",
    "Choice",
    "Column",
    "Effect",
    "Field",
    "FieldType",
    "Relation",
    "Resource",
    "Shortcut",
    "infer_columns",
    "report_resource",
]
