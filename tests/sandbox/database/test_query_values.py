"""Values of conditions, as they arrive and as SQLite compares with them."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.query_values import minor_units, number, whole_number
from cotui.sandbox.errors import BadRequestError


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), (" -7.0 ", -7), (".5", 0.5), ("9" * 30, float("9" * 30)), ("+1", 1)]
)
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value
    assert type(number(text)) is type(value)


def test_amounts_finer_than_their_currency_are_kept() -> None:
    assert minor_units("10.95", 2) == 1095
    assert minor_units("10.955", 2) == 1095.5


@pytest.mark.parametrize("text", ["1e5", "1" * 401])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        number(text)


@pytest.mark.parametrize(("text", "number"), [("", 10), (" ", 10), ("0", 0), (" 7 ", 7), ("9" * 40, 10**18)])
def test_counts(text: str, number: int) -> None:
    assert whole_number({"limit": text}, "limit", 10) == number


@pytest.mark.parametrize("text", ["-1", "1.5", "x", "١"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadRequestError):
        whole_number({"limit": text}, "limit", 10)
