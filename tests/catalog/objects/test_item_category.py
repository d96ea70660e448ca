"""Categories of items. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog.objects.item_category import ITEM_CATEGORY
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "item_category_id name external_key token"}


def test_where_it_is() -> None:
    assert where(ITEM_CATEGORY) == ("/api/v3/item_category", "item_category_id", "item_category_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(ITEM_CATEGORY.fields, FIELDS) == {}
    assert undocumented(ITEM_CATEGORY.fields, FIELDS) == set()
    assert required(ITEM_CATEGORY.fields) == ""
