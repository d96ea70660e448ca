"""Headers that every answer has."""

from __future__ import annotations

from starlette.responses import Response

from cotui.sandbox.http.security_headers import HEADERS, hardened
from tests.sandbox.client import Client


def test_what_an_answer_sets_itself_stays() -> None:
    response = hardened(Response(headers={"Cache-Control": "private"}))

    assert response.headers["cache-control"] == "private"
    assert response.headers["x-frame-options"] == "DENY"


async def test_every_answer_has_them(client: Client) -> None:
    for target in ("/api/v3/customer", "/r/login", "/_sandbox/clock", "/nothing"):
        headers = (await client.send("GET", target)).headers
        assert headers.keys() >= {name.lower() for name in HEADERS}, target
