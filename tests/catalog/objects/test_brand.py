"""Brands. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.objects.brand import BRAND
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {
    "LG": "brand_id brand brand_addr1 brand_addr2 brand_city "
    "brand_state brand_postcode brand_country brand_block custom_1 custom_2 custom_3 custom_4 custom_5"
}


def test_where_it_is() -> None:
    assert where(BRAND) == ("/api/v3/brand", "brand_id", "brand_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(BRAND.fields, FIELDS) == {}
    assert undocumented(BRAND.fields, FIELDS) == set()
    assert required(BRAND.fields) == ""


def test_an_address_printed_over_several_lines_is_shown_so() -> None:
    assert BRAND.field("brand_block").type is FieldType.MULTILINE
