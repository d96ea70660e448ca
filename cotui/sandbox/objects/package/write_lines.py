"""Lines of subscriptions as clients send them, on create and in an upgrade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cotui.catalog.objects.item import PRICEMODEL
from cotui.catalog.objects.package import LINE_ITEMS
from cotui.sandbox.billing.cycles import EVERY
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.item.write_tiersets import add_tierset
from cotui.sandbox.writing.payload import Payload, minor, objects, read, required
from cotui.sandbox.writing.references import resolve

#: More lines than any subscription has.
MOST_LINES = 1000

_SENT = tuple(
    item
    for item in LINE_ITEMS
    if item.creatable and item.name not in ("item_id", "item_external_key", "line_item_id")
)
_TIERSET_ID = tuple(item for item in LINE_ITEMS if item.name == "tierset_id")
_LINE_ID = tuple(item for item in LINE_ITEMS if item.name == "line_item_id")
_CUSTOM = ("custom_1", "custom_2", "custom_3")
_PRICES = ("base", "setup", "percent", "pricemodel", "paycycle", "tiers")


@dataclass(frozen=True)
class Owner:
    """The subscription that lines belong to, as far as they depend on it."""

    package_id: int
    currency_id: int
    paycycle: str


def lines_of(payload: Payload) -> list[dict[str, Any]]:
    """The `line_items` of a payload; none where they are absent."""
    lines = objects(payload, "line_items") or []
    if len(lines) > MOST_LINES:
        raise missing_or_invalid()
    return lines


def add_line(
    context: WriteContext, owner: Owner, sent: Mapping[str, Any], old: Mapping[str, Any] | None = None
) -> int:
    """Adds a line; answers its id.

    Args:
        old: the line that it takes the place of; what is not sent is as it was there.

    Raises:
        BadRequestError: it names no item, or a value is not of its type.
    """
    values = read(sent, _SENT, context.clock.zone)
    item_id = resolve(context, sent, "item", together=True) or (old or {}).get("item_id")
    if item_id is None:
        raise required("item_id")
    kept: dict[str, Any] = {}
    if old is not None:
        kept = {
            name: old[name]
            for name in ("external_key", "nickname", "descrip", "line_quantity", "license", *_CUSTOM)
        }
    item = context.row("items", "item_id", item_id) or {}
    if not values.get("line_quantity"):
        values.pop("line_quantity", None)  # 0 stands for "not given"
    defaults = {
        "descrip": item.get("description"),
        "line_quantity": 1,
        "trial_days": item.get("trial_days", 0),
        "trial_units": item.get("trial_units", 0),
        "expire_recurs": item.get("expire_recurs"),
    }
    for name in ("trial_days", "trial_units"):
        if values.get(name) is None:
            values.pop(name, None)
    if old is not None:
        # the trial was the old line's; and null means "as it was", since clients send it for what they leave out
        defaults |= {"trial_days": 0, "trial_units": 0}
        values = {name: value for name, value in values.items() if value is not None}
    return context.insert(
        "package_lines",
        {
            **defaults,
            **kept,
            **values,
            "package_id": owner.package_id,
            "item_id": item_id,
            "tierset_id": _tierset(context, owner, sent, item_id, old),
            "subscribe_datetime": context.now,
            "origin_line_id": (old["origin_line_id"] or old["line_item_id"]) if old is not None else None,
        },
    )


def _tierset(
    context: WriteContext, owner: Owner, sent: Mapping[str, Any], item_id: int, old: Mapping[str, Any] | None
) -> int | None:
    prices = objects(sent, "tierset")
    own = prices[0] if prices else None
    usual = default_tierset(context, item_id, owner.currency_id)
    if own and any(own.get(name) is not None for name in _PRICES):
        number = _known(context, own, item_id)
        if number is not None and _unchanged(context, number, own):
            return number
        # prices without a cycle of their own have that of the item's
        row = context.row("tiersets", "tierset_id", usual) if usual is not None else None
        paycycle = row["paycycle"] if row is not None else EVERY
        return add_tierset(
            context, item_id, own, currency_id=owner.currency_id, paycycle=paycycle, custom=True
        )
    number = _known(context, sent, item_id)
    if number is not None:
        return number
    if old is not None and old["item_id"] == item_id:
        kept: int | None = old["tierset_id"]
        return kept
    return usual


def _unchanged(context: WriteContext, number: int, sent: Mapping[str, Any]) -> bool:
    """Whether prices that were fetched with their number are sent back as they were."""
    values = read(sent, PRICEMODEL, context.clock.zone)
    row = context.row("tiersets", "tierset_id", number) or {}
    for name in ("base", "setup"):
        if values.get(name) is not None:
            values[name] = minor(values[name], RATE_SCALE)
    same = all(
        row.get(name) == values[name] for name in _PRICES if name != "tiers" and values.get(name) is not None
    )
    tiers = objects(sent, "tiers") or []
    return same and all(tier.get("tier_id") for tier in tiers)


def _known(context: WriteContext, sent: Mapping[str, Any], item_id: int) -> int | None:
    """The tierset of an item that is named by `tierset_id`; None when none of that item's is."""
    number = read(sent, _TIERSET_ID, context.clock.zone).get("tierset_id")
    if number is None:
        return None
    row = context.connection.execute(
        "SELECT tierset_id FROM tiersets WHERE tierset_id = ? AND item_id = ?", (number, item_id)
    ).fetchone()
    return None if row is None else int(row[0])


def default_tierset(context: WriteContext, item_id: int, currency_id: int) -> int | None:
    """The prices that an item has in a currency, or those it has at all."""
    row = context.connection.execute(
        "SELECT tierset_id FROM tiersets WHERE item_id = ? AND is_custom = 0"
        " ORDER BY currency_id <> ?, tierset_id LIMIT 1",
        (item_id, currency_id),
    ).fetchone()
    return None if row is None else int(row[0])


def line_of(context: WriteContext, package_id: int, sent: Mapping[str, Any]) -> dict[str, Any] | None:
    """The line of a subscription that an entry of an upgrade names; None when it names none: it is new.

    Raises:
        BadRequestError: the subscription has no such line.
    """
    number = read(sent, _LINE_ID, context.clock.zone).get("line_item_id")
    key = sent.get("line_item_external_key")
    if number is None and not key:
        return None
    if key and (not isinstance(key, str) or "\x00" in key):
        raise missing_or_invalid()
    found = context.connection.execute(
        "SELECT line_item_id FROM package_lines WHERE package_id = ? AND is_replaced = 0"
        " AND (line_item_id = ? OR external_key = ?)",
        (package_id, number, None if number is not None else key),
    ).fetchone()
    if found is None:
        raise BadRequestError("Missing or invalid parameter: line_item_id")
    return context.row("package_lines", "line_item_id", found[0])
