"""URLs that want to be told about events, as clients write them; the sandbox calls none."""

from __future__ import annotations

from urllib.parse import urlsplit

from cotui.catalog.objects.resthook import RESTHOOK
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.writing.payload import Payload, object_of, read, refused, required

_HOOK = tuple(item for item in RESTHOOK.fields if item.creatable)


def create(context: WriteContext, payload: Payload) -> int:
    """Keeps a URL that wants to be told about an event."""
    values = read(object_of(payload), _HOOK, context.clock.zone)
    for name in ("target_url", "event"):
        if not values.get(name):
            raise required(name)
    with refused():
        url = urlsplit(values["target_url"])
    if url.scheme not in ("http", "https") or not url.netloc:
        raise missing_or_invalid()
    return context.insert("resthooks", {**values, "write_datetime": context.now})


def delete(context: WriteContext, number: int) -> None:
    """Forgets a URL."""
    context.delete("resthooks", "id", number)
