"""Items: pages `querying-for-items`, `get-a-specific-item` and `create-an-item`."""

from __future__ import annotations

from cotui.catalog.objects.item import ITEM, PRICEMODEL, TIERSETS
from tests.catalog.objects.facts import numbered, otherwise, values, where

FIELDS = {
    "LGF": "item_id",
    "LGCUF": "external_key accounting_sku " + numbered(1, 3),
    "LGCURF": "name",
    "LGCF": "item_type",
    "LGCU": "description enabled accounting_account_income units expire_recurs trial_recurs service_dates_type "
    "service_dates_visibility " + numbered(4, 20),
    "LG": "token tierset_id write_datetime mod_datetime tiersets",
    "C": "pricemodel",
    "G": "categories service_data",
}


def test_where_it_is() -> None:
    assert where(ITEM) == ("/api/v3/item", "item_id", "item_id:ASC")


def test_fields_are_read_written_and_filtered_by_as_documented() -> None:
    assert otherwise(ITEM.fields, FIELDS) == {}
    assert not ITEM.actions


def test_kinds() -> None:
    assert set(values(ITEM, "item_type").split()) == {"service", "product", "discount"}
    assert {"fla", "vol", "tie", "uni"} <= {
        choice.value for part in TIERSETS if part.name == "pricemodel" for choice in part.choices
    }
    assert values(ITEM, "service_dates_type").split() == [
        "none",
        "starts_on_invoice_date",
        "starts_on_first_of_this_month",
        "starts_on_first_of_next_month",
        "ends_before_invoice_date",
    ]
    assert values(ITEM, "service_dates_visibility") == "visible_to_merchant visible_to_merchant_and_customers"


def test_prices() -> None:
    names = (
        "tierset_id currency_id currency_symbol currency_iso4217 setup base percent paycycle pricemodel tiers"
    )
    more = "write_datetime mod_datetime setup_formatted base_formatted percent_formatted pricemodel_desc"
    assert {part.name for part in TIERSETS} == {*names.split(), *more.split()}
    assert {"base", "paycycle", "pricemodel", "setup"} <= {part.name for part in PRICEMODEL}
