"""Notes as clients write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.note import NOTE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid, shown
from cotui.sandbox.objects import endpoint
from cotui.sandbox.writing.payload import Payload, object_of, read, required, text
from cotui.sandbox.writing.references import resolve, unique_key

_WRITTEN = tuple(NOTE.field(name) for name in ("note", "note_is_pinned", "external_key"))
#: What a note is about; the second spelling is that of clients up to 2020.
_KINDS = ("context_str", "obj_type")
_RECORDS = ("context", "obj")
_FORMS = ("id", "external_key", "token")
#: what notes call an object otherwise than URLs do (querying-for-notes)
_CALLED = {"package": "billing_package"}


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a note on a record."""
    sent = object_of(payload)
    values = read(sent, _WRITTEN, context.clock.zone)
    if not values.get("note"):
        raise required("note")
    values["external_key"] = unique_key(context, "note", values.get("external_key"))
    values["context_str"], values["context_id"] = _about(context, sent)
    for name in ("user", "admin"):
        values[f"{name}_id"] = resolve(context, sent, name)
    return context.insert("notes", {**values, "token": context.token(), "note_datetime": context.now})


def _about(context: WriteContext, sent: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """The kind and the number of what a note is about; two times None for nothing."""
    kind = next((word for name in _KINDS if (word := text(sent, name))), "")
    stem = next((stem for stem in _RECORDS if any(sent.get(f"{stem}_{form}") for form in _FORMS)), None)
    if not kind and stem is None:
        return None, None
    found = endpoint(kind.casefold())
    if found is None or found.served is None or found.name.startswith("_"):
        raise missing_or_invalid("context_str", f"no object that notes are about: {shown(kind)}")
    number = resolve(context, sent, stem, of=found.name) if stem else None
    if number is None:
        raise missing_or_invalid("context_id", f"no {found.name} is named")
    return _CALLED.get(found.name, found.name), number
