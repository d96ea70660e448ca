"""Small lists of the account that clients only read: one folder for all, as each is but a few lines."""

from __future__ import annotations

from cotui.sandbox.database.object_model import Json, names
from cotui.sandbox.database.served_values import address_block
from cotui.sandbox.objects.endpoint import Endpoint
from cotui.sandbox.objects.plain_list import ID, INTEGER, TEXT, TIME, plain_list


def _brand_block(row: Json) -> None:
    row["brand_block"] = address_block({**row, "brand_addr3": None}, "brand")


_BRAND_ADDRESS = ("addr1", "addr2", "city", "state", "postcode", "country")
_ADMIN = {
    "admin_id": ID,
    **dict.fromkeys(
        names(
            "external_key token username name email first_name last_name initials nickname timezone twitter "
            "facebook linkedin"
        ),
        TEXT,
    ),
    "login_count": INTEGER,
    **dict.fromkeys(("login_datetime", "write_datetime", "mod_datetime"), TIME),
}
_CATEGORY = {"item_category_id": ID, "name": TEXT, "external_key": TEXT, "token": TEXT}

_LISTS = (
    plain_list("terms", "terms", {"terms_id": ID, "name": TEXT, "days": INTEGER}),
    plain_list(
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
    plain_list("class", "classes", {"class_id": ID, "name": TEXT}),
    plain_list(
        "admin",
        "admins",
        _ADMIN,
        stored={
            "name": "trim(t.first_name || ' ' || t.last_name)",
            "login_datetime": "t.last_login_datetime",
            # no worker of the sandbox has these
            **dict.fromkeys(("nickname", "twitter", "facebook", "linkedin"), "NULL"),
        },
        filterable=_ADMIN,
        addresses=("token",),
    ),
    plain_list("language", "languages", {"language_id": ID, "language": TEXT, "iso639": TEXT}),
    plain_list(
        "country", "countries", {"country_id": ID, "name": TEXT, "iso2": TEXT, "iso3": TEXT, "cctld": TEXT}
    ),
    plain_list("campaign", "campaigns", {"campaign_id": ID, "campaign": TEXT}),
    plain_list("coupon", "coupons", {"coupon_id": ID, "coupon": TEXT, "name": TEXT}),
    plain_list("item_category", "item_categories", _CATEGORY, filterable=_CATEGORY, addresses=("token",)),
    plain_list("_log_system", "system_log", {"log_id": ID, "log_datetime": TIME, "msg": TEXT}),
)

ENDPOINTS = tuple(Endpoint(each.name, each) for each in _LISTS)
