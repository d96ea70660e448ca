"""Small lists of the account: terms, currencies, brands, workers … as they are served.

They reject filters, except those that name fields to filter by, and can be ordered by any of their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.sandbox.objects.model import Json, ReadContext, SandboxObject, Source
from cotui.sandbox.objects.values import CUSTOM_20, address_block, number

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
    fields: Mapping[str, FieldType],
    *,
    stored: Mapping[str, str] | None = None,
    filterable: Iterable[str] = (),
    addresses: frozenset[str] = frozenset(),
    finish: Callable[[Json], None] | None = None,
) -> SandboxObject:
    """A list whose rows are served as they are stored; its first field is the key.

    Args:
        stored: SQL expressions of fields that are not columns of their own name, `t` being the table.
        finish: adds to a row what follows from its fields.
    """
    names = tuple(fields)
    times = tuple(item for item, type_ in fields.items() if type_ is TIME)
    numbers = tuple(item for item, type_ in fields.items() if type_ is NUMBER)
    sql = {item: f't."{item}"' for item in names} | dict(stored or {})

    def single(values: Sequence[Any], context: ReadContext) -> Json:
        row = dict(zip(names, values, strict=True))
        for item in times:
            row[item] = context.time(row[item])
        for item in numbers:
            row[item] = number(row[item])
        if finish is not None:
            finish(row)
        return row

    def listed(rows: Sequence[Sequence[Any]], context: ReadContext) -> list[Json]:
        return [single(values, context) for values in rows]

    return SandboxObject(
        name=name,
        table=table,
        key=names[0],
        select=", ".join(sql[item] for item in names),
        listed=listed,
        single=single,
        sources={item: Source(sql[item], type_) for item, type_ in fields.items()},
        filterable=frozenset(filterable),
        orderable=frozenset(names),
        addresses=addresses,
    )


def _brand_block(row: Json) -> None:
    row["brand_block"] = address_block({**row, "brand_addr3": None}, "brand")


_KEYS = frozenset({"external_key", "token"})
_BRAND_ADDRESS = ("addr1", "addr2", "city", "state", "postcode", "country")
_ADMIN = {
    "admin_id": ID,
    **dict.fromkeys(
        (
            "external_key",
            "token",
            "username",
            "name",
            "email",
            "first_name",
            "last_name",
            "initials",
            "timezone",
        ),
        TEXT,
    ),
    "login_count": INTEGER,
    **dict.fromkeys(("login_datetime", "write_datetime", "mod_datetime"), TIME),
}
_CATEGORY = {"item_category_id": ID, "name": TEXT, "external_key": TEXT, "token": TEXT}

SMALL = (
    _small("terms", "terms", {"terms_id": ID, "name": TEXT, "days": INTEGER}),
    _small(
        "currency",
        "currencies",
        {"currency_id": ID, "currency": TEXT, "iso4217": TEXT, "symbol": TEXT, "rounding": INTEGER},
    ),
    _small(
        "brand",
        "brands",
        {
            "brand_id": ID,
            "brand": TEXT,
            **{f"brand_{part}": TEXT for part in _BRAND_ADDRESS},
            **{f"custom_{index}": TEXT for index in range(1, 6)},
        },
        stored={f"brand_{part}": f"t.{part}" for part in _BRAND_ADDRESS},
        finish=_brand_block,
    ),
    _small("class", "classes", {"class_id": ID, "name": TEXT}),
    _small(
        "admin",
        "admins",
        _ADMIN,
        stored={
            "name": "trim(t.first_name || ' ' || t.last_name)",
            "login_datetime": "t.last_login_datetime",
        },
        filterable=_ADMIN,
        addresses=_KEYS,
    ),
    _small("language", "languages", {"language_id": ID, "language": TEXT, "iso639": TEXT}),
    _small(
        "country", "countries", {"country_id": ID, "name": TEXT, "iso2": TEXT, "iso3": TEXT, "cctld": TEXT}
    ),
    _small("campaign", "campaigns", {"campaign_id": ID, "campaign": TEXT}),
    _small("coupon", "coupons", {"coupon_id": ID, "coupon": TEXT, "name": TEXT}),
    _small("item_category", "item_categories", _CATEGORY, filterable=_CATEGORY, addresses=_KEYS),
    _small(
        "note",
        "notes",
        {
            "note_id": ID,
            "note": TEXT,
            "obj_type": TEXT,
            "obj_id": ID,
            "user_id": ID,
            "admin_id": ID,
            "note_datetime": TIME,
        },
        filterable=("obj_type", "obj_id"),
    ),
    _small(
        "usage",
        "usages",
        {
            "usage_id": ID,
            "line_item_id": ID,
            "usage_value": NUMBER,
            "type": TEXT,
            "from": TIME,
            "to": TIME,
            "external_key": TEXT,
            **dict.fromkeys(CUSTOM_20, TEXT),
        },
        filterable=("from",),
        addresses=frozenset({"external_key"}),
    ),
    _small("_resthook", "resthooks", {"id": ID, "target_url": TEXT, "event": TEXT}),
    _small("_log_system", "system_log", {"log_id": ID, "log_datetime": TIME, "msg": TEXT}),
    _small(
        "_chargeoverjs",
        "chargeoverjs_requests",
        {"chargeoverjs_id": ID, "action": TEXT, "payload": TEXT, "token": TEXT},
    ),
)
