"""Categories of items."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Relation
from cotui.catalog.build import Section, small_list

TEXT = FieldType.TEXT

_category = Section("Item category")
ITEM_CATEGORY = small_list(
    "item_category",
    "Item category",
    "Item categories",
    "the category",
    _category("name", TEXT, "Name", "Name of the category.", "LG"),
    _category("external_key", TEXT, "External key", "The key your own systems know it by.", "LG", "key"),
    _category("token", TEXT, "Token", "Random unique key of the category.", "LG"),
    title="name",
    names=("categories", "product categories"),
    relations=(
        Relation(
            "invoices",
            "Invoices with an item of it",
            "invoice",
            "item_category_id",
            "line_items.item.categories.item_category_id",
            key="i",
        ),
    ),
    columns=(Column("name", "Category", 28, grows=True), Column("external_key", "External key", 16, drop=2)),
)
