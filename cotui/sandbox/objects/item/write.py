"""Items as clients create and change them.

On create the type is called `type` and the prices `pricemodel`; they are read back as `item_type` and
`tiersets`. An item that is not enabled can be billed all the same: a client disables all that it creates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.item import ITEM
from cotui.sandbox.database.change import Change
from cotui.sandbox.http.envelope import missing_or_invalid
from cotui.sandbox.objects.tiersets.write import add_tierset
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


def create(change: Change, payload: Payload) -> int:
    """Adds an item with its prices; answers its id.

    Raises:
        BadRequestError: it has no name, its external key is taken, or a value is not of its type.
    """
    sent = object_of(payload)
    if "type" in sent and "item_type" not in sent:
        sent = {**sent, "item_type": sent["type"]}
    values = _values(change, sent, create=True)
    if not values.get("name"):
        raise required("name")
    number = change.insert(
        "items",
        {
            **values,
            "token": change.token(),
            "write_datetime": change.now,
            "mod_datetime": change.now,
        },
    )
    change.update("items", "item_id", number, {"tierset_id": _prices(change, number, sent)})
    _categorize(change, number, sent)
    return number


def update(change: Change, number: int, payload: Payload) -> None:
    """Changes those values of an item that are sent. Its prices stay: lines in use depend on them.

    Raises:
        BadRequestError: its name is taken away, its external key is taken, or a value is not of its type.
    """
    sent = object_of(payload)
    values = _values(change, sent, own=number)
    if "name" in values and not values["name"]:
        raise required("name")
    change.update("items", "item_id", number, {**values, "mod_datetime": change.now})
    _categorize(change, number, sent)


def _values(
    change: Change, sent: Mapping[str, Any], *, create: bool = False, own: int | None = None
) -> dict[str, Any]:
    values = read(sent, _CREATE if create else _UPDATE, change.clock.zone)
    for name, default in _NEVER_UNSET.items():
        if name in values and values[name] is None:
            values[name] = default
    if "external_key" in values:
        values["external_key"] = unique_key(change, "item", values["external_key"], own)
    if create:
        service = sent.get("service_data")
        if isinstance(service, Mapping):
            values |= _service(change, service)
    return values


def _service(change: Change, sent: Mapping[str, Any]) -> dict[str, Any]:
    parts = read(sent, ITEM.field("service_data").parts, change.clock.zone)
    return {name: value for name, value in parts.items() if value is not None}


def _prices(change: Change, number: int, sent: Mapping[str, Any]) -> int:
    """Adds the prices of a new item; answers the id of the first set."""
    lists = objects(sent, "pricemodel") or objects(sent, "tiersets") or [{}]
    currency_id = min(change.facts.currencies, default=1)
    ids = [add_tierset(change, number, prices, currency_id=currency_id) for prices in lists]
    return ids[0]


def _categorize(change: Change, number: int, sent: Mapping[str, Any]) -> None:
    """Puts the item into the categories that are sent, and out of all others; nothing when none are sent."""
    categories = objects(sent, "categories")
    if categories is None:
        return
    change.connection.execute("DELETE FROM item_category_links WHERE item_id = ?", (number,))
    for category in categories:
        found = resolve(change, category, "item_category")
        if found is None:
            raise missing_or_invalid()
        change.connection.execute(
            "INSERT OR IGNORE INTO item_category_links (item_id, item_category_id) VALUES (?, ?)",
            (number, found),
        )
