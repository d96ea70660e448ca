"""Actions (`/_action/NAME` and `?action=NAME`) by object name and lower-case action name; one file per object."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cotui.sandbox.objects.action_model import Action
from cotui.sandbox.objects.aggregate import act as aggregate
from cotui.sandbox.objects.chargeoverjs import act as chargeoverjs
from cotui.sandbox.objects.config import act as config
from cotui.sandbox.objects.currency import act as currency
from cotui.sandbox.objects.customer import act as customer
from cotui.sandbox.objects.invoice import act as invoice
from cotui.sandbox.objects.package import act as package
from cotui.sandbox.objects.transaction import act as transaction
from cotui.sandbox.objects.usage import act as usage
from cotui.sandbox.objects.user import act as user

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
