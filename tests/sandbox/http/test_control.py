"""Routes below /_sandbox: reset, requests, clock; and credentials that may only read."""

from __future__ import annotations

from cotui.sandbox.http.auth import signature
from tests.sandbox import account
from tests.sandbox.client import HOST, Client
from tests.sandbox.controls import control


async def test_what_there_is(own: Client) -> None:
    assert set((await control(own, "GET", "")).response) >= {
        "/_sandbox/faults",
        "/_sandbox/clock",
        "/_sandbox/requests",
        "/_sandbox/reset",
    }
    assert (await control(own, "GET", "frob")).status == 404
    assert (await control(own, "GET", "reset")).status == 400
    assert (await control(own, "PUT", "clock", authorization=None)).status == 401


async def test_signatures_follow_the_machines_clock(own: Client) -> None:
    await control(own, "PUT", "clock", {"days": 400})
    moment = str(int(account.NOW.timestamp()))
    made = signature(b"pub", b"priv", f"http://{HOST}/api/v3/terms".encode(), "n", moment, b"")
    header = f'ChargeOver co_public_key="pub" co_nonce="n" co_timestamp="{moment}" co_signature="{made}"'

    assert (await own.get("terms", authorization=header)).status == 200
