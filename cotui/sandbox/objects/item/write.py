"""Items as clients create and change them.

On create the type is called `type` and the prices `pricemodel`; they are read back as `item_type` and
`tiersets`. An item that is not enabled can be billed all the same: a client disables all that it creates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.item import ITEM
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.objects.item.write_tiersets import add_tierset
from cotui.sandbox.writing.payload import Payload, object_of, objects, read, required
from cotui.sandbox.writing.references import resolve, unique_key

_CREATE = tuple(item for item in ITEM.fields if item.creatable)
_UPDATE = tuple(item for item in ITEM.fields if item.updatable)
#: columns that are never unset: null from a client means what a new item has
_NEVER_UNSET = {
    "item_type": "service",
    "enabled": 1,
    "service_dates_type": "none",
    "service_dates_visibility": "visible_to_merchant",
}


def create(context: WriteContext, payload: Payload) -> int:
    """Adds an item with its prices; answers its id."""
    sent = object_of(payload)
    if "type" in sent and "item_type" not in sent:
        sent = {**sent, "item_type": sent["type"]}
    values = _values(context, sent, create=True)
    if not values.get("name"):
        raise required("name")
    number = context.insert(
        "items",
        {
            **values,
            "token": context.token(),
            **context.written,
        },
    )
    context.update("items", "item_id", number, {"tierset_id": _prices(context, number, sent)})
    _categorize(context, number, sent)
    return number


def update(context: WriteContext, number: int, payload: Payload) -> None:
    """Changes those values of an item that are sent. Its prices stay: lines in use depend on them."""
    sent = object_of(payload)
    values = _values(context, sent, own=number)
    if "name" in values and not values["name"]:
        raise required("name")
    context.update("items", "item_id", number, {**values, "mod_datetime": context.now})
    _categorize(context, number, sent)


def _values(
    context: WriteContext, sent: Mapping[str, Any], *, create: bool = False, own: int | None = None
) -> dict[str, Any]:
    values = read(sent, _CREATE if create else _UPDATE, context.clock.zone)
    for name, default in _NEVER_UNSET.items():
        if name in values and values[name] is None:
            values[name] = default
    if "external_key" in values:
        values["external_key"] = unique_key(context, "item", values["external_key"], own)
    if create:
        service = sent.get("service_data")
        if isinstance(service, Mapping):
            values |= _service(context, service)
    return values


def _service(context: WriteContext, sent: Mapping[str, Any]) -> dict[str, Any]:
    parts = read(sent, ITEM.field("service_data").parts, context.clock.zone)
    return {name: value for name, value in parts.items() if value is not None}


def _prices(context: WriteContext, number: int, sent: Mapping[str, Any]) -> int:
    """Adds the prices of a new item; answers the id of the first set."""
    lists = objects(sent, "pricemodel") or objects(sent, "tiersets") or [{}]
    currency_id = min(context.lookups.currencies, default=1)
    ids = [add_tierset(context, number, prices, currency_id=currency_id) for prices in lists]
    return ids[0]


def _categorize(context: WriteContext, number: int, sent: Mapping[str, Any]) -> None:
    """Puts the item into the categories that are sent, and out of all others; nothing when none are sent."""
    categories = objects(sent, "categories")
    if categories is None:
        return
    context.connection.execute("DELETE FROM item_category_links WHERE item_id = ?", (number,))
    for category in categories:
        found = resolve(context, category, "item_category")
        if found is None:
            raise missing_or_invalid()
        context.connection.execute(
            "INSERT OR IGNORE INTO item_category_links (item_id, item_category_id) VALUES (?, ?)",
            (number, found),
        )
