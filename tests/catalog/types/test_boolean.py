"""Yes and no, however answers spell them."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog import FieldType
from cotui.catalog.types.boolean import flag
from tests.catalog.types.support import same, shown, typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (False, "no"),
        (0, "no"),
        ("1", "yes"),
        ("0", "no"),
        ("perhaps", "perhaps"),
        ([1], "[1]"),
    ],
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.BOOLEAN, value) == text


def test_null_is_no() -> None:
    assert same(FieldType.BOOLEAN, "0", False)
    assert same(FieldType.BOOLEAN, None, False)
    assert not same(FieldType.BOOLEAN, 1, False)


def test_what_is_neither_is_told_in_words() -> None:
    with pytest.raises(ValueError, match="yes or no"):
        typed(FieldType.BOOLEAN, "perhaps")


def test_of_conditions() -> None:
    assert [flag(text) for text in ("1", "True", " no ", "0")] == [1, 1, 0, 0]
    with pytest.raises(ValueError, match=r".+"):
        flag("maybe")
