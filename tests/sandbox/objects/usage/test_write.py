"""Metered usage."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.items import METERED


async def keys(live: Client, where: str) -> list[int]:
    return [row["usage_history_id"] for row in await live.rows("usage", where=where)]


async def line_of(live: Client, sent: dict[str, Any]) -> int:
    number = await live.made("usage", {"usage_value": 1, **sent})
    return int((await live.get(f"usage/{number}")).response["line_item_id"])


async def test_usage(live: Client) -> None:
    """The C# client sends ISO datetimes, the PHP client strings for numbers and the line's key."""
    number = await live.made(
        "usage",
        {"line_item_id": 3, "usage_value": 265.2, "from": "2013-10-16T00:00:00", "to": "2013-10-16T00:00:00"},
    )
    row = (await live.get(f"usage/{number}")).response
    assert (row["line_item_id"], row["usage_value"], row["type"]) == (3, 265.2, "add")
    assert (row["usage_history_id"], len(row["token"])) == (number, 12)
    assert row["from"] == row["to"] == "2013-10-16T00:00:00-04:00"
    second = await live.made(
        "usage",
        {"line_item_external_key": "line-4", "usage_value": "12", "type": "max", "external_key": "u2"},
    )
    assert (await live.get("usage/external_key:u2")).response["line_item_id"] == 4
    assert await keys(live, "from:GTE:2013-01-01") == [number]
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


async def test_filters(live: Client) -> None:
    """All that are documented (query-for-usage-metered-data)."""
    for line, day in ((3, 1), (4, 2), (4, 3)):
        sent = {"from": f"2026-03-0{day}", "to": f"2026-03-0{day + 1}", "external_key": f"u{day}"}
        await live.made("usage", {"line_item_id": line, "usage_value": 1, **sent})
    assert await keys(live, "line_item_id:EQUALS:4") == [2, 3]
    assert await keys(live, "external_key:EQUALS:u2") == [2]
    assert await keys(live, "from:GTE:2026-03-02,to:LT:2026-03-04") == [2]
    assert (await live.get("usage?where=package_id:EQUALS:4")).message == "You cannot filter by: package_id."
    assert [row["line_item_id"] for row in await live.rows("usage", order="line_item_id:DESC", limit=2)] == [
        4,
        4,
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {"customer.external_key": "Key-4", "line_item.item_external_key": "sku1"},
        {"customer.token": "cus000000004", "line_item.item_external_key": "sku1"},
        {"line_item.external_key": "line-4"},
        {"line_item.line_item_id": 4},
        {"customer": {"external_key": "Key-4"}, "line_item.item_external_key": "sku1"},
        {"customer_external_key": "Key-4", "item_external_key": "sku1"},
        {"package_external_key": "sub-1", "line_item_external_key": "line-1"},
        {"package_id": 4, "item_external_key": "sku1"},
    ],
)
async def test_keys_with_dots_and_without(live: Client, sent: dict[str, Any]) -> None:
    """bulk-usage-metered-data-upload writes `customer.external_key`; clients send objects and other names."""
    assert await line_of(live, sent) == (1 if "package_external_key" in sent else 4)
    answer = await live.post("usage/_action/bulk", [{"usage_value": 2, **sent}])
    assert (answer.status, answer.response) == (201, {"id": 2})


async def test_by_subscription(live: Client) -> None:
    """One client sends `package_id`: its only metered line is meant, and where there is none the reason is told."""
    item_id = await live.made("item", {**METERED, "external_key": "gb"})
    passed = await live.made(
        "item", {"name": "Parts", "type": "service", "pricemodel": {"pricemodel": "pas"}}
    )
    one, none, two = [
        await live.made(
            "package", {"customer_id": 3, "line_items": [{"item_id": number} for number in (1, *metered)]}
        )
        for metered in ((item_id,), (), (item_id, passed))
    ]
    (_, metered_line) = (await live.get(f"package/{one}")).response["line_items"]
    assert await line_of(live, {"package_id": one}) == metered_line["line_item_id"]
    assert await line_of(live, {"package_id": str(one), "customer_id": 3}) == metered_line["line_item_id"]
    for sent, reason in (
        ({"package_id": none}, f"package {none} has no metered line"),
        ({"package_id": two}, f"package {two} has 2 metered lines"),
        ({"package_id": one, "customer_id": 4}, f"package {one} is another customer's"),
        ({"package_id": 999}, "package_id"),
    ):
        answer = await live.post("usage", {"usage_value": 1, **sent})
        assert answer.status == 400
        assert reason in answer.message
