"""Requests of ChargeOver.js: page `get-a-list-of-pending-requests`."""

from __future__ import annotations

from cotui.catalog.objects.chargeoverjs import CHARGEOVERJS
from tests.catalog.objects.facts import otherwise, where

FIELDS = {"LG": "chargeoverjs_id payload token"}


def test_where_it_is() -> None:
    assert where(CHARGEOVERJS)[:2] == ("/api/v3/_chargeoverjs", "chargeoverjs_id")


def test_pending_ones_are_only_read() -> None:
    assert otherwise(CHARGEOVERJS.fields, FIELDS) == {}
    assert not any(field.creatable or field.filterable for field in CHARGEOVERJS.fields)
