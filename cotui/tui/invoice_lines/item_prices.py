"""What a line begins with when its item is picked: the item's words, and its price in the invoice's currency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from cotui.catalog.money import decimal_of
from cotui.catalog.objects.item import PRICE_MODEL

if TYPE_CHECKING:
    from cotui.api import Record


class ItemPrice(NamedTuple):
    """Price of one unit, None where the item has none in the currency, and what to know about it ("" for nothing)."""

    rate: Decimal | None
    note: str = ""


def name_and_description(item: Record) -> tuple[str, str]:
    """The item's name, and the description a line of it begins with; as they came."""
    name, description = (
        value if isinstance(value := item.raw.get(key), str) else "" for key in ("name", "description")
    )
    return name, description.strip() or name


def price_of(item: Record, currency_id: int | str | None, iso: str) -> ItemPrice:
    """The price an item has in a currency, as far as one number says it.

    An item has a set of prices for each currency (`tiersets`, section 13.3 of the API notes). Where the price
    depends on the quantity, that of the first unit is taken, and said to be so.

    Args:
        currency_id: the invoice's currency; None when it is not known yet, which gives no price.
        iso: its code, for the words.
    """
    sets = item.raw.get("tiersets")
    prices = next(
        (
            each
            for each in (sets if isinstance(sets, list) else ())
            if isinstance(each, Mapping)
            and currency_id is not None
            and str(each.get("currency_id")) == str(currency_id)
        ),
        None,
    )
    if prices is None:
        where = f" in {iso}" if iso else ""
        return ItemPrice(None, f"this item has no price{where}: type the rate")
    base = decimal_of(prices.get("base"))
    first = _first_tier(prices)
    if first is None:
        return ItemPrice(base)
    model = next(
        (choice.label.casefold() for choice in PRICE_MODEL if choice.value == prices.get("pricemodel")), ""
    )
    return ItemPrice(base + first, f"the price depends on the quantity ({model or 'tiers'}): check the rate")


def _first_tier(prices: Mapping[str, Any]) -> Decimal | None:
    tiers = prices.get("tiers")
    found = [tier for tier in tiers if isinstance(tier, Mapping)] if isinstance(tiers, list) else []
    if not found:
        return None
    return decimal_of(min(found, key=lambda tier: decimal_of(tier.get("unit_from"))).get("amount"))
