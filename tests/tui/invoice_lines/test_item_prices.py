"""The price that a line begins with: of the invoice's currency, of the first unit, and nothing made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cotui.api import Record
from cotui.tui.invoice_lines.item_prices import name_and_description, price_of


def item(*sets: Any, **more: Any) -> Record:
    return Record({"item_id": 1, "tiersets": list(sets), **more}, "item_id")


def prices(currency: object, base: object, *tiers: Any, model: str = "fla") -> dict[str, Any]:
    return {"currency_id": currency, "base": base, "pricemodel": model, "tiers": list(tiers)}


def test_the_price_is_that_of_the_currency() -> None:
    two = item(prices(1, "10.50"), prices("2", 9))
    assert price_of(two, "1", "USD") == (Decimal("10.50"), "")
    assert price_of(two, 2, "CAD") == (Decimal(9), "")


@pytest.mark.parametrize("currency", [None, 3, "x"])
def test_another_currency_has_no_price(currency: int | str | None) -> None:
    rate, note = price_of(item(prices(1, "10.50"), prices(None, 9)), currency, "EUR")
    assert rate is None
    assert note == "this item has no price in EUR: type the rate"
    assert price_of(item(), currency, "").note == "this item has no price: type the rate"


def test_where_it_depends_on_the_quantity_the_first_unit_counts_and_it_is_said() -> None:
    second, first = {"unit_from": 11, "amount": "1.00"}, {"unit_from": "1", "amount": "2.25"}
    rate, note = price_of(item(prices(1, "5", second, first, model="vol")), 1, "USD")
    assert rate == Decimal("7.25")
    assert "depends on the quantity" in note
    assert note.endswith("check the rate")
    assert "(tiers)" in price_of(item(prices(1, "5", first, model="?")), 1, "USD").note


@pytest.mark.parametrize("sets", [None, 5, "x", {}, [None, 5, "x", []], [{"currency_id": {}}]])
def test_what_is_no_set_of_prices_is_none(sets: object) -> None:
    assert price_of(Record({"tiersets": sets}, "item_id"), 1, "USD").rate is None


@pytest.mark.parametrize("tiers", [None, 5, "x", {}, [None, "x"]])
def test_tiers_that_are_none_leave_the_base(tiers: object) -> None:
    assert price_of(item({**prices(1, "3"), "tiers": tiers}), 1, "USD") == (Decimal(3), "")


def test_numbers_that_are_none_count_as_nothing() -> None:
    assert price_of(item(prices(1, "NaN", {"unit_from": None, "amount": "1e999999"})), 1, "USD").rate == 0


def test_a_line_is_described_by_the_item_or_its_name() -> None:
    assert name_and_description(item(name="Hosting", description=" Of servers ")) == ("Hosting", "Of servers")
    assert name_and_description(item(name="Hosting", description=" \n")) == ("Hosting", "Hosting")
    assert name_and_description(item(name=None, description=["x"])) == ("", "")
