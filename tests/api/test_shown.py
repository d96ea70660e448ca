"""A record's values as they may be put on a screen."""

from __future__ import annotations

import pytest

from cotui.api import Record
from cotui.api.shown import MAX_FIELDS, Shown


def test_what_is_shown_is_clean_and_made_once_and_raw_is_kept() -> None:
    hostile = "\x1b[2J\u202eevil"
    record = Record({"company": hostile, "tags": [hostile], "balance": 5}, "customer_id")
    assert record.shown is record.shown
    assert record.shown["balance"] == 5
    for shown in (record.shown["company"], record.shown["tags"][0]):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert record.raw["company"] == hostile


def test_names_that_are_equal_after_cleaning_are_all_there() -> None:
    shown = Shown({"a\x1b": 1, "a\x9b": 2, "a␛": 3})
    assert len(shown) == len(set(shown)) == 3
    assert shown["a␛"] == 3, "one that needs no cleaning keeps its own"
    assert sorted(shown.values()) == [1, 2, 3]
    assert {shown.name_of(name) for name in shown} == {"a\x1b", "a\x9b", "a␛"}


def test_a_name_that_is_not_there_is_said() -> None:
    shown = Shown({"a": None, "b\x1b": 1})
    assert shown.get("a", 5) is None
    assert shown.get("c", 5) == 5
    assert "a" in shown
    assert "b\x1b" not in shown
    assert 7 not in shown
    for name in ("c", "b\x1b"):
        with pytest.raises(KeyError):
            shown[name]


def test_very_many_fields_are_not_gone_through_but_found_by_their_names() -> None:
    shown = Shown({f"f{number}": number for number in range(MAX_FIELDS + 5)})
    assert (len(list(shown)), shown.left_out) == (MAX_FIELDS, 5)
    assert shown[f"f{MAX_FIELDS + 4}"] == MAX_FIELDS + 4


def test_a_value_is_cleaned_once() -> None:
    shown = Shown({"a": ["\x1b"]})
    assert shown["a"] is shown["a"]
