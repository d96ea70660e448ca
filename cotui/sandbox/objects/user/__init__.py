"""Contacts of customers."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.user.act import ACTIONS
from cotui.sandbox.objects.user.serve import USER
from cotui.sandbox.objects.user.write import create, delete, update

ENDPOINTS = (Endpoint("user", USER, create=create, update=update, delete=delete, actions=ACTIONS),)
