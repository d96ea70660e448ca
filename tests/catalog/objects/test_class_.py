"""Classes. No page is known of them: other objects have `class_id` and `class_name`."""

from __future__ import annotations

from cotui.catalog.objects.class_ import CLASS
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "class_id name"}


def test_where_it_is() -> None:
    assert where(CLASS) == ("/api/v3/class", "class_id", "class_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(CLASS.fields, FIELDS) == {}
    assert undocumented(CLASS.fields, FIELDS) == set()
    assert required(CLASS.fields) == ""
