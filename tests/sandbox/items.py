"""Items as tests make them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client

#: an item that is billed by what was used
METERED = {"name": "GB", "pricemodel": {"base": 1, "pricemodel": "uni"}, "service_data": {"is_usage": True}}


async def item(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"item/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await item(live, await live.made("item", {"name": "Thing", **values}))
