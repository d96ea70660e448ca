"""Metered usage of subscription lines."""

from __future__ import annotations

from cotui.sandbox.database.served_values import CUSTOM_20
from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import ID, NUMBER, TEXT, TIME, plain_list
from cotui.sandbox.objects.usage.act import ACTIONS
from cotui.sandbox.objects.usage.write import create

ENDPOINTS = (
    Endpoint(
        "usage",
        plain_list(
            "usage",
            "usages",
            {
                "usage_history_id": ID,
                "line_item_id": ID,
                "usage_value": NUMBER,
                "type": TEXT,
                "from": TIME,
                "to": TIME,
                "external_key": TEXT,
                "token": TEXT,
                **dict.fromkeys(CUSTOM_20, TEXT),
            },
            filterable=("line_item_id", "external_key", "from", "to"),
            addresses=("token",),
        ),
        create=create,
        actions=ACTIONS,
    ),
)
