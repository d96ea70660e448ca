"""Customers as tests make them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client


async def customer(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"customer/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def user(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"user/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    return await customer(live, await live.made("customer", {"company": "New", **values}))
