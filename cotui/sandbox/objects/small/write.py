"""Small records that clients write: notes, metered usage and REST hooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cotui.catalog.objects.note import NOTE
from cotui.catalog.objects.resthook import RESTHOOK
from cotui.catalog.objects.usage import USAGE
from cotui.sandbox.database.change import Change
from cotui.sandbox.http.envelope import BadRequestError, missing_or_invalid
from cotui.sandbox.objects import ALIASES, OBJECTS
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import exists, resolve, unique_key

_NOTE = tuple(item for item in NOTE.fields if item.creatable and item.name not in ("user_id", "admin_id"))
_USAGE = tuple(item for item in USAGE.fields if item.creatable and item.name != "line_item_id")
_HOOK = tuple(item for item in RESTHOOK.fields if item.creatable)


def create_note(change: Change, payload: Payload) -> int:
    """Adds a note on a record.

    Raises:
        BadRequestError: there is no text, or no such record.
    """
    sent = object_of(payload)
    values = read(sent, _NOTE, change.clock.zone)
    if not values.get("note"):
        raise required("note")
    about, number = values.get("obj_type"), values.get("obj_id")
    if about or number:
        name = ALIASES.get(about or "", about or "")
        if name not in OBJECTS or name.startswith("_") or number is None or not exists(change, name, number):
            raise missing_or_invalid()
        values["obj_type"] = name
    for name in ("user", "admin"):
        values[f"{name}_id"] = resolve(change, sent, name)
    return change.insert("notes", {**values, "note_datetime": change.now})


def create_usage(change: Change, payload: Payload) -> int:
    """Notes what was used of a subscription's line; the next invoice bills it.

    Raises:
        BadRequestError: there is no such line, no amount, or the external key is taken.
    """
    sent = object_of(payload)
    values = read(sent, _USAGE, change.clock.zone)
    if values.get("usage_value") is None:
        raise required("usage_value")
    values["type"] = values.get("type") or "add"
    values["line_item_id"] = _line(change, sent)
    values["external_key"] = unique_key(change, "usage", values.get("external_key"))
    names = {f'"{name}"': value for name, value in values.items()}
    return change.insert("usages", {**names, "write_datetime": change.now})


_LINES = (
    "SELECT l.line_item_id FROM package_lines l JOIN packages p USING (package_id)"
    " JOIN items i USING (item_id) WHERE l.is_replaced = 0 AND "
)


def _line(change: Change, sent: Mapping[str, Any]) -> int:
    """The line that was used: by its id or key, or by the keys of the customer and of the item."""
    number = read(sent, (USAGE.field("line_item_id"),), change.clock.zone).get("line_item_id")
    keys = [_text(sent, name) for name in ("line_item_external_key", "item_external_key")]
    line_key, item_key = keys
    if isinstance(line := sent.get("line_item"), Mapping):
        item_key = item_key or _text(line, "item_external_key")
    owner = sent.get("customer")
    if isinstance(owner, Mapping):
        owner = {"customer_id": owner.get("customer_id"), "customer_external_key": owner.get("external_key")}
    else:
        owner = sent
    customer_id = resolve(change, owner, "customer", together=True)
    tests: list[str] = []
    parameters: list[Any] = []
    for test, value in (
        ("l.line_item_id = ?", number),
        ("l.external_key = ?", line_key),
        ("i.external_key = ?", item_key),
        ("p.customer_id = ?", customer_id),
    ):
        if value is not None:
            tests.append(test)
            parameters.append(value)
    if number is None and line_key is None and (item_key is None or customer_id is None):
        raise required("line_item_id")
    found = change.connection.execute(
        f"{_LINES}{' AND '.join(tests)} ORDER BY l.line_item_id DESC LIMIT 1", parameters
    ).fetchone()
    if found is None:
        raise BadRequestError("Missing or invalid parameter: line_item_id")
    return int(found[0])


def _text(sent: Mapping[str, Any], name: str) -> str | None:
    value = sent.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or "\x00" in value:
        raise missing_or_invalid()
    return value


def create_resthook(change: Change, payload: Payload) -> int:
    """Keeps a URL that wants to be told about an event; the sandbox calls none.

    Raises:
        BadRequestError: URL or event is missing or none.
    """
    values = read(object_of(payload), _HOOK, change.clock.zone)
    for name in ("target_url", "event"):
        if not values.get(name):
            raise required(name)
    try:
        url = urlsplit(values["target_url"])
    except ValueError as error:
        raise missing_or_invalid() from error
    if url.scheme not in ("http", "https") or not url.netloc:
        raise missing_or_invalid()
    return change.insert("resthooks", {**values, "write_datetime": change.now})


def delete_resthook(change: Change, number: int) -> None:
    """Forgets a URL."""
    change.delete("resthooks", "id", number)
