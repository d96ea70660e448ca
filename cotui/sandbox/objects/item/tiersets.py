"""Prices: the tiersets of items and of subscription lines, as they are served."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cotui.sandbox.database.lookups import Currency
from cotui.sandbox.database.object_model import Json, ReadContext, columns, names
from cotui.sandbox.database.schema import RATE_SCALE
from cotui.sandbox.database.served_values import number, rate

_COLUMNS = names("tierset_id currency_id setup base percent paycycle pricemodel write_datetime mod_datetime")
# The first text is recorded, the others are worded like it.
_MODELS = {
    "fla": "Flat Pricing (e.g. $X dollars per month)",
    "uni": "Unit Pricing (e.g. $X dollars per unit)",
    "vol": "Volume Pricing (e.g. all units at the price of the tier reached)",
    "tie": "Tiered Pricing (e.g. each unit at the price of its tier)",
}


def tiersets_by_item(item_ids: Iterable[int], context: ReadContext) -> dict[int, list[Json]]:
    """The tiersets of several items, by item id."""
    found: dict[int, list[Json]] = {}
    for item_id, tierset in _tiersets(
        "item_id", "AND t.is_custom = 0 ORDER BY t.tierset_id", item_ids, context
    ):
        found.setdefault(item_id, []).append(tierset)
    return found


def tiersets_by_id(tierset_ids: Iterable[int], context: ReadContext) -> dict[int, Json]:
    """Tiersets by their ids; ids that do not exist are left out."""
    return dict(_tiersets("tierset_id", "", tierset_ids, context))


def _tiersets(key: str, rest: str, ids: Iterable[int], context: ReadContext) -> list[tuple[int, Json]]:
    rows = context.rows(
        f"SELECT t.{key}, {columns(*_COLUMNS)} FROM tiersets t"  # noqa: S608 - our own names
        f" WHERE t.{key} IN (SELECT value FROM json_each(?)) {rest}",
        json.dumps(list(ids)),
    )
    tiers = _tiers([row[1] for row in rows], context)
    return [(number, _tierset(values, tiers, context)) for number, *values in rows]


def _tiers(tierset_ids: list[int], context: ReadContext) -> dict[int, list[Json]]:
    found: dict[int, list[Json]] = {}
    for tierset_id, tier_id, unit_from, unit_to, amount in context.rows(
        "SELECT tierset_id, tier_id, unit_from, unit_to, amount FROM tiers"
        " WHERE tierset_id IN (SELECT value FROM json_each(?)) ORDER BY tier_id",
        json.dumps(tierset_ids),
    ):
        found.setdefault(tierset_id, []).append(
            {"tier_id": tier_id, "unit_from": unit_from, "unit_to": unit_to, "amount": rate(amount)}
        )
    return found


def _tierset(values: Iterable[Any], tiers: dict[int, list[Json]], context: ReadContext) -> Json:
    row = dict(zip(_COLUMNS, values, strict=True))
    currency = context.lookups.currency(row["currency_id"])
    row["currency_symbol"], row["currency_iso4217"] = currency.symbol, currency.iso4217
    for name in ("setup", "base"):
        row[f"{name}_formatted"] = _formatted(row[name], currency)
        row[name] = rate(row[name])
    row["percent"] = number(row["percent"])
    row["percent_formatted"] = f"{row['percent']} %"
    row["pricemodel_desc"] = _MODELS.get(row["pricemodel"], "")
    row["write_datetime"] = context.clock.iso(row["write_datetime"])
    row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
    row["tiers"] = tiers.get(row["tierset_id"], [])
    return row


def _formatted(stored: int, currency: Currency) -> str:
    return f"{currency.symbol} {stored / RATE_SCALE:,.{currency.decimals}f}"
