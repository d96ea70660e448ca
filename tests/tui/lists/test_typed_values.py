"""Amounts and days are found however people write them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cotui.catalog.types.money import amount
from cotui.tui.lists.typed_values import typed


@pytest.mark.parametrize(
    "text",
    [
        "2466.75", "2,466.75", "2.466,75", "€2.466,75", "2.466,75 €", "€ 2.466,75", "EUR 2.466,75", "2466,75 EUR",
        "$2,466.75", "CA$2,466.75", "2 466,75", "2'466.75", "2’466.75", "2\u202f466,75", "2,466", "2.466", "2466",
        "+2466.75", " 2466.7 ", "2,466.", "2.466,",
    ],
)  # fmt: skip
def test_an_amount_is_found_as_it_is_written(text: str) -> None:
    assert typed(text).in_cell("2,466.75", number=True)
    assert not typed(text).in_cell("2,476.15", number=True)


@pytest.mark.parametrize(
    "text",
    ["31.10.2026", "2026-10-31", "10/31/2026", "31/10/2026", "31.10.26", "31.10.", "10/31", "2026/10/31"],
)
def test_a_day_is_found_as_it_is_written(text: str) -> None:
    assert typed(text).in_cell("2026-10-31", number=False)
    assert typed(text).in_cell("2026-10-31 23:59", number=False)
    assert not typed(text).in_cell("2026-11-30", number=False)


def test_what_can_be_read_in_two_ways_is_found_in_both() -> None:
    assert typed("3/4/2026").days == ("2026-03-04", "2026-04-03")
    assert typed("1/1/2026").days == ("2026-01-01",)
    assert typed("1.250").amounts == ("1250", "1.250")
    assert typed("12,50").amounts == ("12.50",)
    assert typed("1,234,567").amounts == typed("1.234.567").amounts == ("1234567",)
    assert not typed("12,50").in_cell("1,250.00", number=True)


@pytest.mark.parametrize(
    "text",
    ["", "-", "€", "$ $1", "maple 24", "abc", "1.2.3,4,5", "32.10.2026", "31.02.2026", "13/13/2026",
     "2026-02-30", "٣١.١٠.٢٠٢٦", "12 EURO"],
)  # fmt: skip
def test_what_is_neither_is_a_text(text: str) -> None:
    assert not typed(text).amounts
    assert not typed(text).days


def test_a_sign_is_part_of_an_amount() -> None:
    assert typed("-12.50").in_cell("-12.50", number=True)
    assert typed("\u221212.50").in_cell("-12.50", number=True)
    assert typed("-€12,50").in_cell("-12.50", number=True)
    assert not typed("-12.50").in_cell("12.50", number=True)


def test_decimals_that_a_currency_does_not_have_change_nothing() -> None:
    assert typed("2,466.00").in_cell("2,466", number=True)
    assert typed("2466,5").in_cell("2,466.50", number=True)
    assert not typed("2,466.50").in_cell("2,466", number=True)


def test_amounts_are_found_in_numbers_only() -> None:
    assert not typed("2466.75").in_cell("INV 2,466.75", number=False)
    assert typed("INV 2").in_cell("inv 2466", number=False)


def test_every_amount_is_found_in_every_way_of_writing_it() -> None:
    for minor in (*range(0, 3000, 7), 123_456, 99_999_999, 100_000, 246_675):
        shown = amount(float(Decimal(minor) / 100), "USD")
        european = shown.translate(str.maketrans(",.", ".,"))
        for text in (
            shown,
            european,
            shown.replace(",", ""),
            f"€{european}",
            f"{european} EUR",
            european.replace(".", " "),
        ):
            assert typed(text).in_cell(shown, number=True), text


def test_every_day_is_found_in_every_way_of_writing_it() -> None:
    for number in range(0, 1500, 13):
        day = date(2024, 1, 1) + timedelta(number)
        for text in (
            f"{day:%d.%m.%Y}",
            f"{day.day}.{day.month}.{day.year}",
            f"{day:%m/%d/%Y}",
            f"{day.month}/{day.day}/{day:%y}",
        ):
            assert day.isoformat() in typed(text).days
