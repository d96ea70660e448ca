"""Brands under which the account bills."""

from __future__ import annotations

from cotui.catalog import Column, FieldType, Relation
from cotui.catalog.build import Section, custom_fields, small_list

TEXT = FieldType.TEXT

_brand = Section("Brand")
_BRAND_CUSTOM = custom_fields("LG", count=5)
BRAND = small_list(
    "brand",
    "Brand",
    "Brands",
    "the brand",
    _brand("brand", TEXT, "Name", "Name customers see.", "LG", "name"),
    _brand("brand_addr1", TEXT, "Address line 1", "First line of the brand's address.", "LG"),
    _brand("brand_addr2", TEXT, "Address line 2", "Second line of the brand's address.", "LG"),
    _brand("brand_city", TEXT, "City", "City of the brand's address.", "LG"),
    _brand("brand_state", TEXT, "State", "State or province of the brand's address.", "LG"),
    _brand("brand_postcode", TEXT, "Postal code", "Postal code of the brand's address.", "LG"),
    _brand("brand_country", TEXT, "Country", "Country of the brand's address.", "LG"),
    _brand("brand_block", FieldType.MULTILINE, "Address", "Address printed on invoices.", "LG"),
    *_BRAND_CUSTOM,
    title="brand",
    followed=True,
    relations=(Relation("packages", "Subscriptions", "package", "brand_id", "brand_id", key="S"),),
    columns=(Column("brand", "Brand", 28, grows=True),),
)
