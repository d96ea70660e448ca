"""Calls below /_sandbox as tests send them."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.client import Answer, Client


async def control(client: Client, method: str, name: str, value: Any = None, **options: Any) -> Answer:
    body = b"" if value is None else json.dumps(value).encode()
    return await client.send(method, f"/_sandbox/{name}", body=body, **options)


async def requests(client: Client) -> list[dict[str, Any]]:
    return list((await control(client, "GET", "requests")).response)
