"""Coupons: codes for discounts."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT = FieldType.TEXT

_coupon = Section("Coupon")
COUPON = small_list(
    "coupon",
    "Coupon",
    "Coupons",
    "the coupon",
    _coupon("coupon", TEXT, "Code", "What customers enter.", "LG", "code"),
    _coupon("name", TEXT, "Name", "What the coupon is for.", "LG"),
    title="coupon",
    names=("coupon codes", "promotions"),
    columns=(Column("coupon", "Code", 16), Column("name", "Coupon", 28, grows=True)),
)
