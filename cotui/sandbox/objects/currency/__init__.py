"""Currencies, and the exchange rates between them."""

from __future__ import annotations

from cotui.sandbox.objects.currency.act import ACTIONS
from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import ID, INTEGER, TEXT, plain_list

ENDPOINTS = (
    Endpoint(
        "currency",
        plain_list(
            "currency",
            "currencies",
            {"currency_id": ID, "currency": TEXT, "iso4217": TEXT, "symbol": TEXT, "rounding": INTEGER},
        ),
        actions=ACTIONS,
    ),
)
