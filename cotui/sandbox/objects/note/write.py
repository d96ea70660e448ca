"""Notes as clients write them."""

from __future__ import annotations

from cotui.catalog.objects.note import NOTE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.objects import endpoint
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import record_exists, resolve

_NOTE = tuple(item for item in NOTE.fields if item.creatable and item.name not in ("user_id", "admin_id"))


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a note on a record."""
    sent = object_of(payload)
    values = read(sent, _NOTE, context.clock.zone)
    if not values.get("note"):
        raise required("note")
    about, number = values.get("obj_type"), values.get("obj_id")
    if about or number:
        found = endpoint(about or "")
        if (
            found is None
            or found.served is None
            or found.name.startswith("_")
            or number is None
            or not record_exists(context, found.name, number)
        ):
            raise missing_or_invalid()
        values["obj_type"] = found.name
    for name in ("user", "admin"):
        values[f"{name}_id"] = resolve(context, sent, name)
    return context.insert("notes", {**values, "note_datetime": context.now})
