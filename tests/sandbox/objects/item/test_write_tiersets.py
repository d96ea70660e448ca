"""Prices of items."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.items import made


async def test_tiers_and_several_currencies(live: Client) -> None:
    tiers = [
        {"unit_from": "1", "unit_to": 10, "amount": "0.5"},
        {"unit_from": 11, "unit_to": 0, "amount": 0.0125},
    ]
    row = await made(
        live,
        pricemodel=[
            {"base": "10", "setup": 35.95, "pricemodel": "tie", "paycycle": "qtr", "tiers": tiers},
            {"base": 1500, "currency_id": 2},
        ],
        service_data={"is_usage": True, "trial_units": 5},
    )

    first, second = row["tiersets"]
    assert (first["pricemodel"], first["paycycle"], first["setup"]) == ("tie", "qtr", 35.95)
    assert [(tier["unit_from"], tier["unit_to"], tier["amount"]) for tier in first["tiers"]] == [
        (1, 10, 0.5),
        (11, 0, 0.0125),
    ]
    assert (second["currency_iso4217"], second["base_formatted"]) == ("JPY", "¥ 1,500")
    assert row["tierset_id"] == first["tierset_id"]
    assert row["service_data"] == {"trial_days": 0, "trial_units": 5, "is_usage": True}
