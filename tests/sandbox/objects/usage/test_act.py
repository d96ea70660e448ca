"""Metered usage, many records at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client


@pytest.mark.parametrize("url", ["usage/_action/bulk", "usage?action=bulk"])
async def test_usage_in_bulk(live: Client, url: str) -> None:
    """Documented with 201 and an id; at most a thousand records, all of them or none."""
    records = [{"line_item_id": 1 + index % 14, "usage_value": index} for index in range(1000)]
    answer = await live.post(url, records)

    assert (answer.status, answer.response) == (201, {"id": 1000})
    assert (await live.get("usage/_count")).response == 1000
    refused_bodies: tuple[Any, ...] = (
        [*records, records[0]],
        [records[0], {"usage_value": 1}],
        [7],
        {},
        [],
        "x",
        5,
    )
    for wrong in refused_bodies:
        refused = await live.post(url, wrong)
        assert (refused.status, refused.response) == (400, False)
    assert (await live.get("usage/_count")).response == 1000
    for form in ({"usage": records[:2]}, {"0": records[0], "1": records[1]}):
        assert (await live.post(url, form)).status == 201
    assert (await live.get("usage/_count")).response == 1004
