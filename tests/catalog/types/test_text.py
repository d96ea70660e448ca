"""Texts of one line; anything else that stands in their place as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import FieldType
from cotui.safety.text import clean
from tests.catalog.types.support import same, shown, there_and_back, typed

WORDS = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("null", "null"),
        (None, ""),
        ("", ""),
        (56, "56"),
        ({"a": [1, None]}, '{"a":[1,null]}'),
        (True, "true"),
    ],
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.TEXT, value) == text


@given(WORDS.filter(lambda text: clean(text) == text))
def test_texts_come_back_as_they_were_typed(text: str) -> None:
    for kind in (FieldType.TEXT, FieldType.PHONE):
        assert there_and_back(kind, text) == text
    assert there_and_back(FieldType.MULTILINE, f"{text}\n{text}") == f"{text}\n{text}"


def test_null_is_an_empty_text_and_the_word_is_not() -> None:
    assert same(FieldType.TEXT, None, "")
    assert not same(FieldType.TEXT, "null", None)


@pytest.mark.parametrize("text", ["a\x1bb", "a\x00b"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="without control characters"):
        typed(FieldType.TEXT, text)


def test_values_nested_beyond_reason_do_not_fail() -> None:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    assert shown(FieldType.TEXT, value).startswith("[")
