"""What a line costs, by its price model."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done, invoiced, made


@pytest.mark.parametrize(
    ("model", "total"),
    [
        ({"pricemodel": "fla", "base": 7}, 7),
        ({"pricemodel": "uni", "base": 7}, 12 * 7),
        ({"pricemodel": "vol"}, 12 * 3),
        ({"pricemodel": "vol", "base": 1}, 12 * 3 + 1),
        ({"pricemodel": "tie"}, 10 * 5 + 2 * 3),
        ({"pricemodel": "pas"}, 12),
        ({"pricemodel": "pas", "base": 1}, 12 + 1),
    ],
)
async def test_price_models_of_metered_lines(live: Client, model: Any, total: float) -> None:
    tiers = [{"unit_from": 1, "unit_to": 10, "amount": 5}, {"unit_from": 11, "unit_to": 0, "amount": 3}]
    if model["pricemodel"] in ("vol", "tie"):
        model = {**model, "tiers": tiers}
    item = await live.made("item", {"name": "GB", "pricemodel": model, "service_data": {"is_usage": True}})
    row = await made(live, paycycle="yrl", line_items=[{"item_id": item}])
    line = row["line_items"][0]["line_item_id"]
    usage = {"line_item_id": line, "from": "2026-03-01 00:00:00", "to": "2026-03-14 23:59:59"}
    for value in (10, "3", -1):
        await live.made("usage", {**usage, "usage_value": value})
    invoice = await invoiced(live, row["package_id"])

    assert invoice["total"] == invoice["sum_usage"] == total
    (billed,) = invoice["line_items"]
    assert (billed["is_usage"], billed["line_usage"]) == (True, 12)
    assert (billed["usage_from"], billed["usage_to"]) == ("2026-03-01", "2026-03-14")
    nothing_more = await invoiced(live, row["package_id"])
    assert nothing_more["line_items"][0]["line_usage"] == 0


async def test_a_pass_through_price_is_what_was_used(live: Client) -> None:
    """Even where the item does not say that it is metered: such a line has no other price."""
    prices = {"pricemodel": "pas"}
    item = await live.made("item", {"name": "Parts", "pricemodel": prices})
    row = await made(live, line_items=[{"item_id": item}])
    assert row["line_items"][0]["tierset"]["pricemodel"] == "pas"
    assert row["mrr"] == 0
    for value in (19.99, 0.5):
        line = row["line_items"][0]["line_item_id"]
        await live.made("usage", {"line_item_id": line, "usage_value": value, "type": "pas"})
    invoice = await invoiced(live, row["package_id"])
    assert (invoice["total"], invoice["sum_usage"]) == (20.49, 20.49)


async def test_usage_of_a_replaced_line_is_billed_at_its_old_price(live: Client) -> None:
    prices = {"base": 1, "pricemodel": "uni"}
    item = await live.made("item", {"name": "GB", "pricemodel": prices, "service_data": {"is_usage": True}})
    row = await made(live, line_items=[{"item_id": item}])
    line = row["line_items"][0]["line_item_id"]
    await live.made("usage", {"line_item_id": line, "usage_value": 5})
    new = {"line_item_id": line, "item_id": item, "tierset": {**prices, "base": 100}}
    await done(live, row["package_id"], "upgrade", {"line_items": [new]})
    refused = await live.post("usage", {"line_item_id": line, "usage_value": 1})

    assert refused.status == 400
    assert (await invoiced(live, row["package_id"]))["total"] == 5
    assert (await invoiced(live, row["package_id"]))["total"] == 0


@pytest.mark.parametrize(
    ("price", "units", "total"),
    [(0.0000004, 10_000_000, 4), ("0.00000001", 10**8, 1), (0.00000125, 4_000, 0.01), (0.00000125, 3_999, 0)],
)
async def test_prices_far_below_the_smallest_coin(live: Client, price: Any, units: int, total: float) -> None:
    line = {"item_id": 1, "line_rate": price, "line_quantity": units}
    number = await live.made("invoice", {"customer_id": 3, "line_items": [line]})
    by_hand = (await live.get(f"invoice/{number}")).response
    prices = {"base": price, "pricemodel": "uni"}
    item = await live.made(
        "item", {"name": "Token", "pricemodel": prices, "service_data": {"is_usage": True}}
    )
    row = await made(live, line_items=[{"item_id": item}])
    await live.made("usage", {"line_item_id": row["line_items"][0]["line_item_id"], "usage_value": units})
    by_cycle = await invoiced(live, row["package_id"])

    assert by_hand["subtotal"] == by_cycle["subtotal"] == total
    assert by_hand["line_items"][0]["line_rate"] == by_cycle["line_items"][0]["line_rate"] == float(price)
    assert (await live.get(f"item/{item}")).response["tiersets"][0]["base"] == float(price)


@pytest.mark.parametrize("price", [0.000000004, "1.000000001", 1e-300, 1e-9 / 3])
async def test_prices_that_are_finer_than_they_are_kept(live: Client, price: Any) -> None:
    lines = [{"item_id": 1, "line_rate": price}]
    refused = await live.post("invoice", {"customer_id": 3, "line_items": lines})
    item = await live.post("item", {"name": "Token", "pricemodel": {"base": price}})

    assert (refused.status, item.status) == (400, 400)
    assert "line_rate (" in refused.message
    assert "base (" in item.message
    assert "finer than prices are kept" in refused.message


@pytest.mark.parametrize(
    ("price", "text"),
    [(0.0000004, "$ 0.0000004"), (49, "$ 49.00"), (500, "$ 500.00"), (12.5, "$ 12.50"), (0, "$ 0.00")],
)
async def test_prices_are_printed_with_all_their_decimals(live: Client, price: Any, text: str) -> None:
    item = await live.made("item", {"name": "Token", "pricemodel": {"base": price}})

    assert (await live.get(f"item/{item}")).response["tiersets"][0]["base_formatted"] == text


async def test_a_price_that_a_client_has_divided_is_rounded(live: Client) -> None:
    line = {"item_id": 1, "line_rate": 10 / 3, "line_quantity": 3}
    number = await live.made("invoice", {"customer_id": 3, "line_items": [line]})
    found = (await live.get(f"invoice/{number}")).response

    assert found["total"] == 10
    assert found["line_items"][0]["line_rate"] == 3.33333333
