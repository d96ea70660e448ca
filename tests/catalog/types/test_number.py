"""Numbers: neither rounded nor written otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.calls import encode
from cotui.catalog import FieldType
from cotui.catalog.types.number import json_number, read_decimal
from cotui.tui.forms.draft import to_text
from tests.catalog.types.support import made, same, shown, typed


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (2.5, "2.5"), (1e300, "1e+300"), ("0.000000", "0.000000")]
)
def test_on_one_line(value: Any, text: str) -> None:
    assert shown(FieldType.NUMBER, value) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_numbers_are_neither_rounded_nor_written_otherwise(number: Decimal) -> None:
    for kind in (FieldType.MONEY, FieldType.NUMBER):
        text = f"{number:f}"
        value = typed(kind, text)
        assert Decimal(encode(value).decode()) == number
        assert Decimal(to_text(made(kind), value)) == number
        assert same(kind, value, text)


def test_decimals_keep_their_digits() -> None:
    assert read_decimal(" 0.10 ") == Decimal("0.10")
    assert json_number(Decimal("12.00")) == 12
    assert isinstance(json_number(Decimal("12.00")), int)
    assert json_number(Decimal("0.1")) == 0.1
    assert to_text(made(FieldType.NUMBER), 1e-05) == "0.00001"
    assert to_text(made(FieldType.MONEY), 1e15) == "1000000000000000"
