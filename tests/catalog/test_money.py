"""Amounts survive the way to minor units and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.money import from_minor, minor_units, quotient, rounded, to_minor

currencies = st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF", "XXX"])


@pytest.mark.parametrize(
    ("iso", "decimals"), [("USD", 2), ("jpy", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("", 2), ("???", 2)]
)
def test_decimals_of_currencies(iso: str, decimals: int) -> None:
    assert minor_units(iso) == decimals


@pytest.mark.parametrize(
    ("amount", "iso", "units"),
    [
        (10.95, "USD", 1095),
        (0.1 + 0.2, "USD", 30),
        (1.005, "USD", 101),
        (-1.005, "USD", -101),
        ("42.50", "USD", 4250),
        (" 7 ", "USD", 700),
        (500, "JPY", 500),
        (1.2345, "KWD", 1235),
        (Decimal("0.00005"), "CLF", 1),
        (1e16, "USD", 10**18),
    ],
)
def test_amounts_become_whole_minor_units(amount: float | str | Decimal, iso: str, units: int) -> None:
    assert to_minor(amount, iso) == units


@pytest.mark.parametrize("amount", ["", "ten", "1,5", float("nan"), float("inf"), True, "1e999999999"])
def test_what_is_no_amount_is_refused(amount: float | str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        to_minor(amount, "USD")


@given(st.integers(min_value=-(10**30), max_value=10**30), currencies)
def test_minor_units_survive_as_decimals(units: int, iso: str) -> None:
    assert to_minor(from_minor(units, iso), iso) == units


@pytest.mark.parametrize(
    ("exact", "units"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("2.4999", 2), ("0", 0)],
)
def test_half_a_unit_goes_away_from_zero(exact: str, units: int) -> None:
    assert rounded(Decimal(exact)) == rounded(Fraction(exact)) == units


@given(amount=st.integers(), divisor=st.integers(1, 10**12))
def test_what_is_taken_back_cancels_what_was_charged(amount: int, divisor: int) -> None:
    assert quotient(-amount, divisor) == -quotient(amount, divisor)
    assert abs(quotient(amount, divisor) * divisor - amount) * 2 <= divisor
