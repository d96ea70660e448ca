"""Prices of items as they are served."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.items import item, made


async def test_a_set_of_prices_in_numbers_and_in_words(client: Client) -> None:
    (prices,) = (await item(client, 1))["tiersets"]
    assert (prices["tierset_id"], prices["base"], prices["setup"]) == (1, 10.95, 0)
    assert (prices["base_formatted"], prices["setup_formatted"]) == ("$ 10.95", "$ 0.00")
    assert (prices["currency_iso4217"], prices["currency_symbol"]) == ("USD", "$")
    assert prices["pricemodel_desc"] == "Flat Pricing (e.g. $X dollars per month)"
    assert prices["write_datetime"] == "2025-01-02T03:30:00-05:00"
    assert prices["tiers"] == []


async def test_tiers_stand_in_their_set(client: Client) -> None:
    (prices,) = (await item(client, 2))["tiersets"]
    assert prices["tiers"] == [{"tier_id": 1, "unit_from": 1, "unit_to": 10, "amount": 0.5}]
    assert prices["pricemodel_desc"].startswith("Tiered Pricing")


async def test_lists_have_each_item_s_own(client: Client) -> None:
    rows = await client.rows("item")
    assert [[prices["tierset_id"] for prices in row["tiersets"]] for row in rows] == [[1], [2]]


async def test_amounts_have_the_decimals_of_their_currency(live: Client) -> None:
    for currency, shown in ((2, "¥ 1,234"), (3, "KD 1,234.000")):
        row = await made(live, pricemodel={"base": 1234, "currency_id": currency, "pricemodel": "fla"})
        assert row["tiersets"][0]["base_formatted"] == shown
