"""Usage: what was consumed of a metered line of a subscription, billed with its next invoice."""

from __future__ import annotations

from cotui.catalog import Choice, Column, FieldType, Resource
from cotui.catalog.build import Section, custom_fields

ID, TEXT, TIME = FieldType.ID, FieldType.TEXT, FieldType.DATETIME

# Only `add` is explained anywhere; the next two speak for themselves.
TYPE = (
    Choice("add", "Added up"),
    Choice("max", "Largest counts"),
    Choice("lat", "Latest counts"),
    Choice("pia", "pia"),
    Choice("pas", "pas"),
    Choice("dlt", "dlt"),
)

_usage = Section("Usage")

USAGE = Resource(
    id="usage",
    label="Usage",
    plural="Usages",
    path="usage",
    primary_key="usage_history_id",
    title_field="usage_history_id",
    default_order="usage_history_id:ASC",
    narrowed=True,
    names=("usage records", "metered usage", "meters"),
    needed=("line_item_id",),  # or keys that name the line
    fields=(
        _usage(
            "usage_history_id",
            ID,
            "Usage ID",
            "ChargeOver's own number of the record.",
            "LG",
            "id usage_id",
            to="usage",
        ),
        _usage("line_item_id", ID, "Line ID", "The subscription's line that was used.", "LGCF"),
        _usage("usage_value", FieldType.NUMBER, "Quantity", "How much was used.", "LGCR"),
        _usage(
            "type", FieldType.ENUM, "Type", "How records of a cycle make one amount.", "LGC", choices=TYPE
        ),
        _usage("from", TIME, "From", "When the period begins.", "LGCF"),
        _usage("to", TIME, "To", "When the period ends.", "LGCF"),
        _usage("external_key", TEXT, "External key", "The key your own systems know it by.", "LGCF"),
        _usage("token", TEXT, "Token", "Random unique key of the record.", "LG"),
        *custom_fields("LGC"),
    ),
    columns=(
        Column("usage_history_id", "ID", 8, drop=1),
        Column("line_item_id", "Line", 8),
        Column("usage_value", "Quantity", 12),
        Column("type", "Type", 14, drop=4),
        Column("from", "From", 19, drop=2),
        Column("to", "To", 19, drop=3),
        Column("external_key", "External key", 12, drop=5, grows=True),
    ),
)
