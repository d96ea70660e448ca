"""Recurring revenue."""

from __future__ import annotations

from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done


async def test_recurring_revenue_follows(live: Client) -> None:
    async def mrr() -> float:
        return float((await live.get("customer/6")).response["mrr"])

    await live.post("package/6?action=cancel")
    assert await mrr() == 0
    number = await live.made(
        "package", {"customer_id": 6, "paycycle": "yrl", "line_items": [{"item_id": 1, "line_quantity": 3}]}
    )
    assert await mrr() == 10.95
    prices = {"base": 120, "pricemodel": "uni", "paycycle": "yrl"}
    new = {"item_id": 1, "line_quantity": 2, "tierset": prices}
    await done(live, number, "upgrade", {"line_items": [new]})
    assert await mrr() == 10.95 + 20
    await done(live, number, "suspend")
    assert await mrr() == 0
    await done(live, number, "unsuspend")
    assert (await live.get("customer/6")).response["arr"] == 12 * (10.95 + 20)
