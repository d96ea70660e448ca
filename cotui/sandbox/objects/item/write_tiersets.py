"""Prices as clients send them: the `pricemodel` of a new item, the `tierset` of a subscription's line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cotui.catalog.objects.item import PRICEMODEL, TIERS
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.writing.payload import minor, objects, read
from cotui.sandbox.writing.references import record_exists

#: More tiers than any price list has.
_MOST_TIERS = 500


def add_tierset(
    context: WriteContext,
    item_id: int,
    sent: Mapping[str, Any],
    *,
    currency_id: int,
    paycycle: str = "mon",
    custom: bool = False,
) -> int:
    """Adds a set of prices; answers its id.

    Args:
        sent: `base`, `setup`, `percent`, `pricemodel`, `paycycle` and `tiers`, each of them optional.
        currency_id: currency of the prices, unless they name one.
        paycycle: their cycle, unless they name one.
        custom: made for one line of a subscription, not offered with the item.

    Raises:
        BadRequestError: a value is not of its type, or the currency does not exist.
    """
    values = read(sent, PRICEMODEL, context.clock.zone)
    if custom or not values.get("currency_id"):
        values["currency_id"] = currency_id
    elif not record_exists(context, "currency", values["currency_id"]):
        raise missing_or_invalid()
    tierset_id = context.insert(
        "tiersets",
        {
            "item_id": item_id,
            "currency_id": values["currency_id"],
            "setup": _rate(values.get("setup")),
            "base": _rate(values.get("base")),
            "percent": values.get("percent") or 0,
            "paycycle": values.get("paycycle") or paycycle,
            "pricemodel": values.get("pricemodel") or "fla",
            "is_custom": int(custom),
            **context.written,
        },
    )
    tiers = objects(sent, "tiers") or []
    if len(tiers) > _MOST_TIERS:
        raise missing_or_invalid()
    for tier in tiers:
        found = read(tier, TIERS, context.clock.zone)
        context.insert(
            "tiers",
            {
                "tierset_id": tierset_id,
                "unit_from": found.get("unit_from") or 0,
                "unit_to": found.get("unit_to") or 0,
                "amount": _rate(found.get("amount")),
            },
        )
    return tierset_id


def _rate(amount: Decimal | None) -> int:
    return minor(amount, RATE_SCALE) if amount is not None else 0
