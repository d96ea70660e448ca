"""Batches as tests send them."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.client import Answer, Client


def item(method: str, uri: str, payload: Any = None, id: str | None = None) -> dict[str, Any]:
    return {"request_method": method, "uri": f"/api/v3/{uri}", "payload": payload, "id": id}


async def send(client: Client, value: Any) -> Answer:
    return await client.send("POST", "/api/v3/_bulk", body=json.dumps(value).encode())


async def bulk(client: Client, *items: Any) -> list[dict[str, Any]]:
    answer = await send(client, items)
    assert answer.status == 200, answer.envelope
    return list(answer.response["_bulk"])


async def codes(client: Client, *items: Any) -> list[int]:
    return [found["code"] for found in await bulk(client, *items)]
