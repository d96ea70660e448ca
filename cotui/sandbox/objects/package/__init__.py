"""Subscriptions, which the API calls packages."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.package.act import ACTIONS
from cotui.sandbox.objects.package.serve import PACKAGE
from cotui.sandbox.objects.package.write import create, update

ENDPOINTS = (
    Endpoint(
        "package", PACKAGE, create=create, update=update, actions=ACTIONS, older_names=("billing_package",)
    ),
)
