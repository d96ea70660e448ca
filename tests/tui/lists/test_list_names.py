"""Names of customers in lists: asked for by the rows that are seen, after they are seen."""

from __future__ import annotations

import json

import httpx

from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status, text_of

SIZE = (120, 40)


def asked(wire: Wire) -> list[list[str]]:
    """What each `_bulk` asked for."""
    batches = [request for request in wire.requests if request.url.path.endswith("/_bulk")]
    return [[item["uri"] for item in json.loads(request.content)] for request in batches]


async def test_a_screenful_of_strangers_takes_two_requests_and_none_again(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.requests.clear()
        # nobody has seen a customer
        app.customer_names._names.clear()
        await press(pilot, "3")
        table = browse(app).table
        strangers = {table.rows.row(index).raw["customer_id"] for index in range(*table.visible_range)}  # type: ignore[union-attr]
        batches = asked(wire)
        assert sum(map(len, batches)) == len(strangers) == len({uri for batch in batches for uri in batch})
        assert len(batches) == -(-len(strangers) // 25)
        assert "(customer" not in text_of(app)
        before = len(wire.requests)
        await press(pilot, "1", "3", "down", "down")
        assert not asked(wire)[len(batches) :]
        assert len(wire.requests) == before
