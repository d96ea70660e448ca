"""Lines of subscriptions: their prices, and what replaces them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done, invoiced, made, package


async def test_prices_of_a_line_of_its_own(live: Client) -> None:
    tiers = [{"unit_from": 1, "unit_to": 9999, "amount": 60}]
    prices = {"setup": "10", "base": 135, "pricemodel": "uni", "tiers": tiers}
    row = await made(live, line_items=[{"item_id": 1, "tierset": prices, "line_quantity": 2}])
    (line,) = row["line_items"]

    assert line["tierset_id"] > 2
    assert (line["tierset"]["base"], line["tierset"]["setup"], line["tierset"]["paycycle"]) == (
        135,
        10,
        "mon",
    )
    assert [tier["amount"] for tier in line["tierset"]["tiers"]] == [60]
    assert len((await live.get("item/1")).response["tiersets"]) == 1, "the item does not offer them"
    invoice = await invoiced(live, row["package_id"])
    setup, base = invoice["line_items"]
    assert (setup["is_setup"], setup["line_total"], base["line_total"]) == (True, 10, 135 + 2 * 60)
    assert (base["is_base"], base["is_recurring"], base["package_line_id"]) == (
        True,
        True,
        line["line_item_id"],
    )
    again = await invoiced(live, row["package_id"])
    assert [line["is_setup"] for line in again["line_items"]] == [False]


async def test_upgrade_replaces_the_line(live: Client) -> None:
    """Recorded: new line_item_id, new subscribe_datetime, a tierset with a new number; the description stays."""
    row = await made(live, line_items=[{"item_id": 1, "descrip": "Plan"}, {"item_id": 2}])
    old, other = row["line_items"]
    sent = {
        "line_items": [
            {
                "line_item_id": str(old["line_item_id"]),
                "item_id": 2,
                "tierset": {"base": "200", "pricemodel": "fla", "paycycle": "mon"},
                "subscribe_prorate": True,
            }
        ]
    }
    after = await done(live, row["package_id"], "upgrade", sent)

    new, kept = after["line_items"]
    assert kept == other
    assert new["line_item_id"] not in (old["line_item_id"], other["line_item_id"])
    assert (new["item_id"], new["descrip"], new["tierset"]["base"]) == (2, "Plan", 200)
    assert new["tierset_id"] not in (1, 2)
    assert new["subscribe_datetime"] == "2026-03-15T10:00:00-04:00"
    gone = await live.post(f"package/{row['package_id']}?action=upgrade", sent)
    assert gone.status == 400, "the old line is no longer there"


async def test_upgrade_adds_and_cancels_lines(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "external_key": "main"}])
    number = row["package_id"]
    after = await done(live, number, "upgrade", {"line_items": {"0": {"item_external_key": "sku2"}}})
    assert [line["item_id"] for line in after["line_items"]] == [1, 2]

    after = await done(
        live, number, "upgrade", {"line_items": [{"line_item_external_key": "main", "cancel": True}]}
    )
    first, second = after["line_items"]
    assert first["cancel_datetime"] == "2026-03-15T10:00:00-04:00"
    assert second["cancel_datetime"] is None
    assert [line["item_id"] for line in (await invoiced(live, number))["line_items"]] == [2]


async def test_upgrade_of_the_quantity_keeps_the_prices(live: Client) -> None:
    row = await made(live, line_items=[{"item_id": 1, "tierset": {"base": 5, "pricemodel": "uni"}}])
    (old,) = row["line_items"]
    sent = {"line_item_id": old["line_item_id"], "line_quantity": "4", "descrip": None}
    (new,) = (await done(live, row["package_id"], "upgrade", {"line_items": [sent]}))["line_items"]
    assert (new["line_quantity"], new["tierset_id"]) == (4, old["tierset_id"])

    # a fetched line that comes back with another price gets that price
    changed = {**new, "tierset": {**new["tierset"], "base": 6}}
    (newer,) = (await done(live, row["package_id"], "upgrade", {"line_items": [changed]}))["line_items"]
    assert (newer["tierset"]["base"], newer["line_quantity"]) == (6, 4)
    assert newer["tierset_id"] != new["tierset_id"]
    (newest,) = (await done(live, row["package_id"], "upgrade", {"line_items": [newer]}))["line_items"]
    assert newest["tierset_id"] == newer["tierset_id"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {"line_items": []},
        {"line_items": [{}]},
        {"line_items": [{"item_id": 99}]},
        {"line_items": [{"line_item_id": 2, "item_id": 1}]},
        {"line_items": [{"item_id": 1, "item_external_key": "sku2"}]},
        {"line_items": [{"item_id": 1, "tierset": {"base": "a"}}]},
        {"line_items": [{"cancel": True}]},
        {"line_items": [{"line_item_id": 1, "cancel": "perhaps"}]},
        {"line_items": "all"},
        {"line_items": [{"item_id": 1}] * 1001},
    ],
)
async def test_upgrades_that_are_refused(live: Client, sent: Any) -> None:
    before = await package(live, 1)
    answer = await live.post("package/1/_action/upgrade", sent)

    assert (answer.status, answer.response) == (400, False)
    assert await package(live, 1) == before
