"""Payment terms. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.objects.terms import TERMS
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "terms_id name days"}


def test_where_it_is() -> None:
    assert where(TERMS) == ("/api/v3/terms", "terms_id", "terms_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(TERMS.fields, FIELDS) == {}
    assert undocumented(TERMS.fields, FIELDS) == set()
    assert required(TERMS.fields) == ""


def test_days_are_a_number() -> None:
    assert TERMS.field("days").type is FieldType.INTEGER
