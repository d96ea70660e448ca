"""Subscriptions as tests make them."""

from __future__ import annotations

from typing import Any

from tests.sandbox.client import Client


async def package(live: Client, number: int) -> dict[str, Any]:
    answer = await live.get(f"package/{number}")
    assert answer.status == 200
    return dict(answer.response)


async def made(live: Client, **values: Any) -> dict[str, Any]:
    number = await live.made("package", {"customer_id": 3, "line_items": [{"item_id": 1}], **values})
    return await package(live, number)


async def done(live: Client, number: int, action: str, value: Any = None) -> dict[str, Any]:
    """The subscription after an action that answers true."""
    answer = await live.post(f"package/{number}?action={action}", value)
    assert (answer.status, answer.response, answer.message) == (200, True, ""), answer.envelope
    return await package(live, number)


async def invoiced(live: Client, number: int, value: Any = None) -> dict[str, Any]:
    """The invoice that "invoice now" makes."""
    answer = await live.post(f"package/{number}/_action/invoice", value)
    assert answer.status == 200, answer.envelope
    return dict((await live.get(f"invoice/{answer.response['id']}")).response)
