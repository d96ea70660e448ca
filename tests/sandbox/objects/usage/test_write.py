"""Metered usage."""

from __future__ import annotations

from tests.sandbox.client import Client


async def test_usage(live: Client) -> None:
    """The C# client sends ISO datetimes, the PHP client strings for numbers and the line's key."""
    number = await live.made(
        "usage",
        {"line_item_id": 3, "usage_value": 265.2, "from": "2013-10-16T00:00:00", "to": "2013-10-16T00:00:00"},
    )
    row = (await live.get(f"usage/{number}")).response
    assert (row["line_item_id"], row["usage_value"], row["type"]) == (3, 265.2, "add")
    assert row["from"] == row["to"] == "2013-10-16T00:00:00-04:00"
    second = await live.made(
        "usage",
        {"line_item_external_key": "line-4", "usage_value": "12", "type": "max", "external_key": "u2"},
    )
    assert (await live.get("usage/external_key:u2")).response["line_item_id"] == 4
    assert [row["usage_id"] for row in await live.rows("usage", where="from:GTE:2013-01-01")] == [number]
    third = {
        "customer": {"external_key": "Key-4"},
        "line_item": {"item_external_key": "sku1"},
        "usage_value": 0,
        "custom_7": "c",
    }
    assert (await live.get(f"usage/{await live.made('usage', third)}")).response["line_item_id"] == 4
    assert second == number + 1
    for wrong in (
        {"line_item_id": 3},
        {"usage_value": 1},
        {"line_item_id": 99, "usage_value": 1},
        {"line_item_id": 3, "usage_value": "many"},
        {"line_item_id": 3, "usage_value": 1, "type": "sum"},
        {"line_item_id": 3, "usage_value": 1, "external_key": "U2"},
        {"line_item_id": 3, "usage_value": 1, "from": "yesterday"},
        {"line_item_id": 3, "line_item_external_key": "line-4", "usage_value": 1},
        {"item_external_key": "sku1", "usage_value": 1},
    ):
        assert (await live.post("usage", wrong)).status == 400, wrong
