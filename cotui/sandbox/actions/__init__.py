"""Actions (`/_action/NAME` and `?action=NAME`) by object name and lower-case action name; one file per object."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cotui.sandbox.actions import (
    aggregate,
    chargeoverjs,
    config,
    currency,
    customer,
    invoice,
    package,
    transaction,
    usage,
    user,
)
from cotui.sandbox.actions.model import Action

ACTIONS: Mapping[str, Mapping[str, Action]] = MappingProxyType(
    {
        "customer": customer.ACTIONS,
        "user": user.ACTIONS,
        "invoice": invoice.ACTIONS,
        "transaction": transaction.ACTIONS,
        "package": package.ACTIONS,
        "currency": currency.ACTIONS,
        "usage": usage.ACTIONS,
        "_chargeoverjs": chargeoverjs.ACTIONS,
        "_config": config.ACTIONS,
        "_aggregate": aggregate.ACTIONS,
    }
)
