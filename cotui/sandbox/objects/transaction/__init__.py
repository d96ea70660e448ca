"""Payments, credits and refunds."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.transaction.act import ACTIONS
from cotui.sandbox.objects.transaction.serve import TRANSACTION
from cotui.sandbox.objects.transaction.write import create

ENDPOINTS = (Endpoint("transaction", TRANSACTION, create=create, actions=ACTIONS),)
