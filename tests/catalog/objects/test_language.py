"""Languages. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog.objects.language import LANGUAGE
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "language_id language iso639"}


def test_where_it_is() -> None:
    assert where(LANGUAGE) == ("/api/v3/language", "language_id", "language_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(LANGUAGE.fields, FIELDS) == {}
    assert undocumented(LANGUAGE.fields, FIELDS) == set()
    assert required(LANGUAGE.fields) == ""
