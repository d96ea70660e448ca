"""Requests of web pages that wait to be judged."""

from __future__ import annotations

from cotui.sandbox.objects.chargeoverjs.act import ACTIONS
from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import ID, TEXT, plain_list

ENDPOINTS = (
    Endpoint(
        "_chargeoverjs",
        plain_list(
            "_chargeoverjs",
            "chargeoverjs_requests",
            {"chargeoverjs_id": ID, "action": TEXT, "payload": TEXT, "token": TEXT},
        ),
        actions=ACTIONS,
    ),
)
