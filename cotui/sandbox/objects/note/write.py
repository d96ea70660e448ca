"""Notes as clients write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import sent_text
from cotui.catalog.objects.note import NOTE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects import endpoint
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import resolve, unique_key

_WRITTEN = tuple(NOTE.field(name) for name in ("note", "note_is_pinned", "external_key"))
#: What a note is about; the second spelling is that of clients up to 2020.
_KINDS = ("context_str", "obj_type")
_RECORDS = ("context", "obj")
_FORMS = ("id", "external_key", "token")
#: what notes call an object otherwise than URLs do (querying-for-notes)
_CALLED = {"package": "billing_package"}


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a note on a record.

    Raises:
        BadRequestError: there is no text or no such record, or the external key is taken.
    """
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
    try:
        kind = next((word for name in _KINDS if (word := sent_text(sent.get(name)))), None)
    except ValueError as error:
        raise missing_or_invalid() from error
    stem = next((stem for stem in _RECORDS if any(sent.get(f"{stem}_{form}") for form in _FORMS)), None)
    if kind is None and stem is None:
        return None, None
    found = endpoint((kind or "").strip().casefold())
    if found is None or found.served is None or found.name.startswith("_"):
        raise BadRequestError("Missing or invalid parameter: context_str")
    number = resolve(context, sent, stem, of=found.name) if stem else None
    if number is None:
        raise BadRequestError("Missing or invalid parameter: context_id")
    return _CALLED.get(found.name, found.name), number
