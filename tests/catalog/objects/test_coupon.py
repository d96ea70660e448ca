"""Coupons. Only the key is known; a code and a name are what connectors tell of them in words."""

from __future__ import annotations

from cotui.catalog.objects.coupon import COUPON
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "coupon_id coupon name"}


def test_where_it_is() -> None:
    assert where(COUPON) == ("/api/v3/coupon", "coupon_id", "coupon_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(COUPON.fields, FIELDS) == {}
    assert undocumented(COUPON.fields, FIELDS) == set()
    assert required(COUPON.fields) == ""
