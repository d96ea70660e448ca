"""The objects the sandbox serves, by their names in URLs; one file per object."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cotui.sandbox.objects.customer.serve import CUSTOMER
from cotui.sandbox.objects.invoice.serve import INVOICE
from cotui.sandbox.objects.item.serve import ITEM
from cotui.sandbox.objects.model import Json, ReadContext, SandboxObject, Source
from cotui.sandbox.objects.package.serve import PACKAGE
from cotui.sandbox.objects.pay_methods.serve import PAY_METHODS
from cotui.sandbox.objects.small.serve import SMALL
from cotui.sandbox.objects.transaction.serve import TRANSACTION
from cotui.sandbox.objects.user.serve import USER

OBJECTS: Mapping[str, SandboxObject] = MappingProxyType(
    {item.name: item for item in (CUSTOMER, USER, INVOICE, ITEM, TRANSACTION, PACKAGE, *PAY_METHODS, *SMALL)}
)

#: older names that are still served
ALIASES: Mapping[str, str] = MappingProxyType({"billing_package": "package"})

__all__ = ["ALIASES", "OBJECTS", "Json", "ReadContext", "SandboxObject", "Source"]
