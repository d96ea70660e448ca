"""Currencies and the rates between them. No newer page is known of them: both actions are those of official clients."""

from __future__ import annotations

from cotui.catalog import Effect
from cotui.catalog.objects.currency import CURRENCY
from tests.catalog.objects.facts import otherwise, required, undocumented, where

FIELDS = {"LG": "currency_id currency iso4217 symbol rounding"}


def test_where_it_is() -> None:
    assert where(CURRENCY) == ("/api/v3/currency", "currency_id", "currency_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(CURRENCY.fields, FIELDS) == {}
    assert undocumented(CURRENCY.fields, FIELDS) == set()


def test_a_rate_is_read_and_set_by_codes() -> None:
    reading, setting = CURRENCY.action("getExchangeRate"), CURRENCY.action("setExchangeRate")
    assert (reading.method, reading.effect, required(reading.payload)) == ("POST", Effect.READS, "from to")
    assert (setting.method, setting.effect) == ("POST", Effect.WRITES)
    assert required(setting.payload) == "from to exchange"
