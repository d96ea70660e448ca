"""E-mail addresses."""

from __future__ import annotations

import re

import pytest

from cotui.catalog import FieldType
from tests.catalog.types.support import in_full, typed


def test_several_addresses_take_a_line_each() -> None:
    lines = in_full(FieldType.EMAIL, "a@example.com, b@example.com,,c@example.com")
    assert lines == ["a@example.com", "b@example.com", "c@example.com"]


@pytest.mark.parametrize("text", ["jane", "jane@example.com,"])
def test_what_is_no_address_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="an e-mail address"):
        typed(FieldType.EMAIL, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("jane@example.com;", "“jane@example.com;” has a semicolon"),
        ("jane@example.com; bob@example.com", "has a semicolon"),
        ("jane@example.com,", "a comma has none"),
        ("Jane <jane@example.com>", "has a blank before its @"),
        ("<jane@example.com>", "has “<” before its @"),
        ("jane.example.com", "has no @"),
        ("@example.com", "nothing before its @"),
        ("jane@", "no host's name"),
        ("jane@example..com", "no host's name"),
        ("jane@example.com.", "no host's name"),
        ("jane@exa mple.com", "no host's name"),
    ],
)
def test_what_can_not_be_meant_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        typed(FieldType.EMAIL, text)


@pytest.mark.parametrize(
    "text", ["o'neil+x@sub.example.co", "jörg@bücher.example", "a@localhost", "a@b-c.d, e@f"]
)
def test_addresses_that_can_be_meant_are_taken(text: str) -> None:
    assert typed(FieldType.EMAIL, text) == text
