"""Customers."""

from __future__ import annotations

from cotui.sandbox.objects.customer.act import ACTIONS
from cotui.sandbox.objects.customer.serve import CUSTOMER
from cotui.sandbox.objects.customer.write import create, delete, update
from cotui.sandbox.objects.endpoint import Endpoint

ENDPOINTS = (Endpoint("customer", CUSTOMER, create=create, update=update, delete=delete, actions=ACTIONS),)
