"""Metered usage as clients write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.usage import USAGE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import resolve, unique_key

_USAGE = tuple(item for item in USAGE.fields if item.creatable and item.name != "line_item_id")


def create(context: WriteContext, payload: Payload) -> int:
    """Notes what was used of a subscription's line; the next invoice bills it."""
    sent = object_of(payload)
    values = read(sent, _USAGE, context.clock.zone)
    if values.get("usage_value") is None:
        raise required("usage_value")
    values["type"] = values.get("type") or "add"
    values["line_item_id"] = _line(context, sent)
    values["external_key"] = unique_key(context, "usage", values.get("external_key"))
    names = {f'"{name}"': value for name, value in values.items()}
    return context.insert("usages", {**names, "write_datetime": context.now})


_LINES = (
    "SELECT l.line_item_id FROM package_lines l JOIN packages p USING (package_id)"
    " JOIN items i USING (item_id) WHERE l.is_replaced = 0 AND "
)


def _line(context: WriteContext, sent: Mapping[str, Any]) -> int:
    """The line that was used: by its id or key, or by the keys of the customer and of the item."""
    number = read(sent, (USAGE.field("line_item_id"),), context.clock.zone).get("line_item_id")
    keys = [_text(sent, name) for name in ("line_item_external_key", "item_external_key")]
    line_key, item_key = keys
    if isinstance(line := sent.get("line_item"), Mapping):
        item_key = item_key or _text(line, "item_external_key")
    owner = sent.get("customer")
    if isinstance(owner, Mapping):
        owner = {"customer_id": owner.get("customer_id"), "customer_external_key": owner.get("external_key")}
    else:
        owner = sent
    customer_id = resolve(context, owner, "customer", together=True)
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
    found = context.connection.execute(
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
