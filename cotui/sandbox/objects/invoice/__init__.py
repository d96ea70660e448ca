"""Invoices."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.invoice.act import ACTIONS
from cotui.sandbox.objects.invoice.serve import INVOICE
from cotui.sandbox.objects.invoice.write import create, delete, update

ENDPOINTS = (Endpoint("invoice", INVOICE, create=create, update=update, delete=delete, actions=ACTIONS),)
