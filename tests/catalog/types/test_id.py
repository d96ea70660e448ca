"""Keys: numbers of records, of which 0 is none."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import FieldType
from tests.catalog.types.support import same, shown, typed


@pytest.mark.parametrize(("value", "text"), [(44, "44"), ("2688", "2688"), (0, ""), ("0", "")])
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.ID, value) == text


def test_zero_is_unset_in_keys_only() -> None:
    assert FieldType.ID.is_unset(0)
    assert not FieldType.MONEY.is_unset(0)
    assert not FieldType.TEXT.is_unset("null")


def test_keys_are_the_same_as_texts_and_zero_as_null() -> None:
    assert same(FieldType.ID, 0, None)
    assert same(FieldType.ID, "44", 44)


@pytest.mark.parametrize("text", ["0", "-4"])
def test_what_is_no_key_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="the number of a record"):
        typed(FieldType.ID, text)
