"""Amounts are exact, per currency, and "at least" where something is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cotui.desk.amounts import Amount, amount_in, currency_of, number_in, spoken, sums

_USD = Amount("USD", Decimal("0.1"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount("USD", Decimal("1913.56")), "1,913.56 USD"),
        (Amount("USD", Decimal("-5")), "-5.00 USD"),
        (Amount("JPY", Decimal("217635")), "217,635 JPY"),
        (Amount("KWD", Decimal("146.445")), "146.445 KWD"),
        (Amount("USD", Decimal("12.5"), at_least=True), "at least 12.50 USD"),
        (Amount("", Decimal("12.5")), "12.50"),
        (Amount("USD", Decimal("0.0035")), "0.0035 USD"),
    ],
)
def test_words(amount: Amount, text: str) -> None:
    assert amount.text == text
    assert amount.number in text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        ("42.50", Decimal("42.50")),
        (0, Decimal(0)),
        (-3.5, Decimal("-3.5")),
        (None, None),
        ("", None),
        ("n/a", None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        ("1e400", None),
        ("1e-400", None),
        ([], None),
    ],
)
def test_what_is_no_number_is_not_nothing(value: object, number: Decimal | None) -> None:
    assert number_in(value) == number
    found = amount_in({"total": value, "currency_iso4217": "eur"}, "total")
    assert found == (None if number is None else Amount("EUR", number))


def test_codes_are_harmless() -> None:
    assert currency_of({"currency_iso4217": " usd "}) == "USD"
    assert currency_of({"currency_iso4217": None}) == ""
    assert "\x1b" not in currency_of({"currency_iso4217": "\x1b[31mXXXXXXXXXX"})
    assert len(currency_of({"currency_iso4217": "X" * 10_000})) < 10


def test_sums_are_exact_and_apart() -> None:
    ten = [_USD] * 10
    assert sums([*ten, Amount("EUR", Decimal(2))]) == (Amount("EUR", Decimal(2)), Amount("USD", Decimal(1)))
    assert sums([]) == ()
    large = Amount("USD", Decimal("9" * 19 + ".99"))
    assert sums([large] * 3)[0].amount == Decimal("2" + "9" * 19 + ".97")
    assert large.less(_USD).amount == Decimal("9" * 19 + ".89")


def test_what_is_missing_is_said() -> None:
    assert sums([_USD, None])[0].at_least
    assert sums([_USD], at_least=True)[0].at_least
    mixed = sums([_USD, Amount("EUR", Decimal(1), at_least=True)])
    assert [one.at_least for one in mixed] == [True, False]
    assert spoken(mixed) == "at least 1.00 EUR, 0.10 USD"
    assert mixed[0].but(at_least=False) == Amount("EUR", Decimal(1))
