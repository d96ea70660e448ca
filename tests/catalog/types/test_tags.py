"""Lists of words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import FieldType
from cotui.safety.text import clean
from cotui.tui.forms.draft import to_text
from tests.catalog.types.support import made, same, shown, typed

WORDS = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=20)

#: what needs no quotation marks
PLAIN_WORDS = WORDS.filter(lambda word: "," not in word and word[0] != '"' and clean(word) == word)


@pytest.mark.parametrize(
    ("value", "text"),
    [(["a", "b c"], "a, b c"), ([], ""), ("a", "a"), ([1, None], "1, null"), (["big", "a,b"], 'big, "a,b"')],
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.TAGS, value) == text


@given(st.lists(PLAIN_WORDS, unique=True, max_size=6))
def test_tags_come_back(tags: list[str]) -> None:
    value = typed(FieldType.TAGS, ", ".join(tags))
    assert value == tags
    assert typed(FieldType.TAGS, to_text(made(FieldType.TAGS), value)) == tags


def test_null_is_no_tags() -> None:
    assert same(FieldType.TAGS, None, [])
