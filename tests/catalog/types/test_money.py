"""Amounts have separators, the currency's decimals, and in full their currency."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog import FieldType
from cotui.catalog.types.money import amount
from tests.catalog.types.support import in_full, same, shown, typed


@pytest.mark.parametrize(
    ("value", "iso", "expected"),
    [
        (500, "USD", "500.00"),
        (100.99, "USD", "100.99"),
        (1234567.5, "USD", "1,234,567.50"),
        (-1234.5, "EUR", "-1,234.50"),
        (1234, "JPY", "1,234"),
        (1234.0, "JPY", "1,234"),
        (1.5, "KWD", "1.500"),
        ("42.50", "USD", "42.50"),
        (0, "USD", "0.00"),
        (-0.0, "USD", "0.00"),
        (-0.001, "USD", "-0.001"),
        (0.1 + 0.2, "USD", "0.30"),
        (0.0035, "USD", "0.0035"),
        (12.345678, "USD", "12.345678"),
        (0.0000004, "USD", "0.0000004"),
        (-1234.00000125, "USD", "-1,234.00000125"),
        (10 / 3, "USD", "3.333333"),
        (5e-324, "USD", "0.00"),
        (5, "", "5.00"),
        (10**30, "USD", f"{10**30:,}.00"),
    ],
)
def test_money_has_separators_and_the_currency_s_decimals(value: Any, iso: str, expected: str) -> None:
    assert amount(value, iso) == expected
    assert shown(FieldType.MONEY, value, currency_iso4217=iso) == expected


@pytest.mark.parametrize(
    "value", [True, None, "", "$ 50.00", "nan", "inf", float("nan"), float("inf"), [], {}]
)
def test_money_that_is_no_number_is_no_amount(value: Any) -> None:
    assert amount(value, "USD") == ""


@given(st.integers(-(10**14), 10**14), st.sampled_from(["USD", "JPY", "KWD", "XXX", ""]))
def test_an_amount_in_minor_units_is_shown_exactly(units: int, iso: str) -> None:
    places = {"JPY": 0, "KWD": 3}.get(iso, 2)
    text = amount(units / 10**places, iso)
    assert int(text.replace(",", "").replace(".", "") or 0) == units


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"currency_symbol": "$", "currency_iso4217": "USD"}, "$1,234.50 USD"),
        ({"currency_symbol": "CAD", "currency_iso4217": "CAD"}, "1,234.50 CAD"),
        ({"currency_symbol": "kr", "currency_iso4217": "SEK"}, "kr 1,234.50 SEK"),
        ({"currency_iso4217": "EUR"}, "1,234.50 EUR"),
        ({"currency_symbol": 3, "currency_iso4217": None}, "1,234.50"),
        ({}, "1,234.50"),
    ],
)
def test_money_in_full_names_its_currency(others: dict[str, Any], expected: str) -> None:
    assert in_full(FieldType.MONEY, 1234.5, **others) == [expected]
    assert in_full(FieldType.MONEY, -1234.5, **others) == [f"-{expected}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("1,50", "behind a point"), ("$5", "a number such as 12"), ("0.12345678901234567", "at most 15 digits")],
)
def test_what_is_no_amount_is_told_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        typed(FieldType.MONEY, text)


def test_amounts_are_the_same_however_they_are_written() -> None:
    assert same(FieldType.MONEY, 100, "100.00")
