"""Items as they are stored, filtered and served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cotui.catalog.objects.item import ITEM as RESOURCE
from cotui.sandbox.database.object_model import (
    Json,
    ReadContext,
    catalogued,
    columns,
    names,
)
from cotui.sandbox.database.served_values import CUSTOM_20, number
from cotui.sandbox.objects.item.tiersets import tiersets_by_item

_STORED = (
    *names(
        "item_id item_type name description enabled accounting_sku accounting_account_income "
        "external_key token units units_plural tax_group_id tax_group_name expire_recurs "
        "trial_recurs tierset_id service_dates_type service_dates_visibility revenue_recognition"
    ),
    *CUSTOM_20,
    *names("write_datetime mod_datetime"),
)
# served by a single record only
_SERVICE = ("trial_days", "trial_units", "is_usage")


def _listed(rows: Sequence[Sequence[Any]], context: ReadContext) -> list[Json]:
    prices = tiersets_by_item([values[0] for values in rows], context)
    served = []
    for values in rows:
        row = dict(zip(_STORED, values, strict=False))
        row["enabled"] = row["enabled"] == 1
        row["units_plural"] = row["units_plural"] or ""  # recorded
        row["write_datetime"] = context.clock.iso(row["write_datetime"])
        row["mod_datetime"] = context.clock.iso(row["mod_datetime"])
        row["tiersets"] = prices.get(row["item_id"], [])
        served.append(row)
    return served


def _single(values: Sequence[Any], context: ReadContext) -> Json:
    (row,) = _listed([values], context)
    trial_days, trial_units, is_usage = values[-3:]
    row["service_data"] = {
        "trial_days": trial_days,
        "trial_units": number(trial_units),
        "is_usage": is_usage == 1,
    }
    row["categories"] = [
        {"item_category_id": category_id, "name": name}
        for category_id, name in context.rows(
            "SELECT c.item_category_id, c.name FROM item_category_links l"
            " JOIN item_categories c USING (item_category_id) WHERE l.item_id = ? ORDER BY 1",
            row["item_id"],
        )
    ]
    return row


ITEM = catalogued(
    RESOURCE,
    "items",
    _STORED,
    {},
    select=columns(*_STORED, *_SERVICE),
    listed=_listed,
    single=_single,
)
