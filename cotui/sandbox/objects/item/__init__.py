"""Items that are sold, and their prices (tiersets)."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.item.serve import ITEM
from cotui.sandbox.objects.item.write import create, update

ENDPOINTS = (Endpoint("item", ITEM, create=create, update=update),)
