"""Settings of the account; they can be written only."""

from __future__ import annotations

from cotui.sandbox.objects.config.act import ACTIONS
from cotui.sandbox.objects.endpoint import Endpoint

ENDPOINTS = (Endpoint("_config", actions=ACTIONS),)
