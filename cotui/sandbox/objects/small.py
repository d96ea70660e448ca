"""Small lists of the account: terms, currencies, brands, workers … as they are served.

They reject filters, except workers and item categories, and can be ordered by any of their fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.sandbox.objects.model import Context, Json, SandboxObject, columns, plain_sources

ID, TEXT, INTEGER, NUMBER, TIME = (
    FieldType.ID,
    FieldType.TEXT,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.DATETIME,
)


def _small(
    name: str,
    table: str,
    fields: dict[str, FieldType],
    *,
    filterable: bool = False,
    addresses: frozenset[str] = frozenset(),
) -> SandboxObject:
    """A list whose rows are served as they are stored; its first field is the key."""
    names = tuple(fields)
    times = tuple(item for item, type_ in fields.items() if type_ is TIME)

    def single(values: Sequence[Any], context: Context) -> Json:
        row = dict(zip(names, values, strict=True))
        for item in times:
            row[item] = context.time(row[item])
        return row

    def listed(rows: Sequence[Sequence[Any]], context: Context) -> list[Json]:
        return [single(values, context) for values in rows]

    return SandboxObject(
        name=name,
        table=table,
        key=names[0],
        select=columns(*names),
        listed=listed,
        single=single,
        sources=plain_sources(fields),
        filterable=frozenset(names) if filterable else frozenset(),
        orderable=frozenset(names),
        addresses=addresses,
    )


SMALL = (
    _small("terms", "terms", {"terms_id": ID, "name": TEXT, "days": INTEGER}),
    _small(
        "currency",
        "currencies",
        {"currency_id": ID, "currency": TEXT, "iso4217": TEXT, "symbol": TEXT, "rounding": NUMBER},
    ),
    _small(
        "brand",
        "brands",
        {
            "brand_id": ID,
            "brand": TEXT,
            **dict.fromkeys(("addr1", "addr2", "city", "state", "postcode", "country"), TEXT),
            **{f"custom_{number}": TEXT for number in range(1, 6)},
        },
    ),
    _small("class", "classes", {"class_id": ID, "name": TEXT}),
    _small(
        "admin",
        "admins",
        {
            "admin_id": ID,
            **dict.fromkeys(("external_key", "token", "username", "email", "first_name", "last_name"), TEXT),
            "initials": TEXT,
            "timezone": TEXT,
            "login_count": INTEGER,
            "last_login_datetime": TIME,
            "write_datetime": TIME,
            "mod_datetime": TIME,
        },
        filterable=True,
        addresses=frozenset({"external_key", "token"}),
    ),
    _small("language", "languages", {"language_id": ID, "language": TEXT, "iso639": TEXT}),
    _small(
        "country", "countries", {"country_id": ID, "name": TEXT, "iso2": TEXT, "iso3": TEXT, "cctld": TEXT}
    ),
    _small("campaign", "campaigns", {"campaign_id": ID, "campaign": TEXT}),
    _small(
        "item_category",
        "item_categories",
        {"item_category_id": ID, "name": TEXT, "external_key": TEXT, "token": TEXT},
        filterable=True,
        addresses=frozenset({"external_key", "token"}),
    ),
)
