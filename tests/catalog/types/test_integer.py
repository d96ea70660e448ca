"""Whole numbers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import FieldType
from tests.catalog.types.support import shown, there_and_back, typed


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (12, "12")])
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.INTEGER, value) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers(number: int) -> None:
    assert typed(FieldType.INTEGER, str(number)) == number
    assert there_and_back(FieldType.INTEGER, str(number)) == str(number)


def test_a_fraction_is_refused() -> None:
    with pytest.raises(ValueError, match="a whole number"):
        typed(FieldType.INTEGER, "1.5")
