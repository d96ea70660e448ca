"""URLs that want to be told about events."""

from __future__ import annotations

from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import ID, TEXT, plain_list
from cotui.sandbox.objects.resthook.write import create, delete

ENDPOINTS = (
    Endpoint(
        "_resthook",
        plain_list("_resthook", "resthooks", {"id": ID, "target_url": TEXT, "event": TEXT}),
        create=create,
        delete=delete,
    ),
)
