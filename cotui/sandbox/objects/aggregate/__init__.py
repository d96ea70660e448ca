"""Sums over lists."""

from __future__ import annotations

from cotui.sandbox.objects.aggregate.act import ACTIONS
from cotui.sandbox.objects.endpoint import Endpoint

ENDPOINTS = (Endpoint("_aggregate", actions=ACTIONS),)
