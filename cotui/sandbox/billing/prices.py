"""What a line of a subscription costs in a cycle, by its price model. Rates are in millionths of a major unit.

Readings where the documentation is silent: a flat price does not depend on the quantity; a unit price is the
base of the price set for each unit or, where it has tiers, the base once and the tier's amount for each unit;
volume and tiered prices add the base once as well; a discount is never charged, whatever its sign.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cotui.sandbox.billing.cycles import share
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.write_context import WriteContext

_NONE = Decimal(0)


@dataclass(frozen=True)
class Tier:
    """A tier of prices: units from, units to (0: no upper end), and the price of a unit in it."""

    first: int
    last: int
    rate: int


@dataclass(frozen=True)
class Prices:
    """A tierset; `percent` is the share of the other lines that a discount takes off."""

    tierset_id: int | None = None
    setup: int = 0
    base: int = 0
    percent: Decimal = _NONE
    paycycle: str = "mon"
    pricemodel: str = "fla"
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True)
class Cost:
    """What a line is billed with: rate times quantity."""

    rate: int
    quantity: Decimal

    def minor(self, unit: int) -> int:
        """The amount in minor units, half of one rounded away from zero."""
        exact = Decimal(self.rate) * self.quantity * unit / RATE_SCALE
        return int(exact.to_integral_value("ROUND_HALF_UP"))


def prices_of(context: WriteContext, tierset_ids: Iterable[int | None]) -> Mapping[int | None, Prices]:
    """Tiersets by their ids."""
    wanted = json.dumps([number for number in set(tierset_ids) if number is not None])
    tiers: dict[int, list[Tier]] = {}
    for tierset_id, *values in context.connection.execute(
        "SELECT tierset_id, unit_from, unit_to, amount FROM tiers"
        " WHERE tierset_id IN (SELECT value FROM json_each(?)) ORDER BY unit_from, tier_id",
        (wanted,),
    ):
        tiers.setdefault(tierset_id, []).append(Tier(*values))
    return {
        row[0]: Prices(
            row[0], row[1], row[2], Decimal(str(row[3])), row[4], row[5], tuple(tiers.get(row[0], ()))
        )
        for row in context.connection.execute(
            "SELECT tierset_id, setup, base, percent, paycycle, pricemodel FROM tiersets"
            " WHERE tierset_id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }


def cost(
    prices: Prices, quantity: Decimal, paycycle: str, *, metered: bool = False, discount: bool = False
) -> Cost:
    """What a line costs in one cycle of its subscription.

    Args:
        quantity: units; for a metered line those that were used.
        paycycle: the subscription's cycle. Metered prices are for what was used, so it does not matter to them.
        discount: the line's item is a discount.
    """
    times = Fraction(1) if metered else share(paycycle, prices.paycycle)
    if prices.pricemodel == "fla":
        found = Cost(_times(prices.base, times), Decimal(1))
    elif prices.pricemodel == "uni" and not prices.tiers:
        found = Cost(_times(prices.base, times), quantity)
    else:
        found = _tiered(prices, quantity, times)
    return Cost(-abs(found.rate), found.quantity) if discount else found


def _times(rate: int, times: Fraction) -> int:
    exact = rate * times
    return round(exact)


def _tiered(prices: Prices, quantity: Decimal, times: Fraction) -> Cost:
    total = Decimal(prices.base)
    if prices.pricemodel == "tie":
        for tier in prices.tiers:
            reach = quantity if tier.last == 0 else min(quantity, Decimal(tier.last))
            total += max(_NONE, reach - max(0, tier.first - 1)) * tier.rate
    else:
        total += quantity * next((tier.rate for tier in reversed(prices.tiers) if quantity >= tier.first), 0)
    scaled = _times(round(total), times)
    if quantity > 0 and scaled % quantity == 0:
        return Cost(int(scaled / quantity), quantity)
    # no rate of one unit gives this amount
    return Cost(scaled, Decimal(1))


def copied_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of an invoice keeps of its item (a row of its table)."""
    return {
        "item_id": item["item_id"],
        "item_name": item["name"],
        "item_accounting_sku": item["accounting_sku"],
        "item_units": item["units"],
        "item_type": item["item_type"],
    }
