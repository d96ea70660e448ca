"""Subscriptions as they are served."""

from __future__ import annotations

import pytest

from cotui.catalog.choices import PAY_CYCLE
from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done, made, package


async def test_recurring_revenue(live: Client) -> None:
    """The month is rounded to whole cents, and the year is twelve of them."""
    yearly = {"item_id": 1, "tierset": {"base": 400, "pricemodel": "fla", "paycycle": "yrl"}}
    row = await made(live, paycycle="yrl", line_items=[yearly])
    assert (row["mrr"], row["arr"]) == (33.33, 399.96)
    before = (await live.get("customer/3")).response["mrr"]
    (listed,) = await live.rows("package", where=f"package_id:EQUALS:{row['package_id']}")
    assert (listed["mrr"], listed["arr"]) == (33.33, 399.96)
    by_revenue = await live.rows("package", order="arr:DESC", limit=1)
    assert by_revenue[0]["package_id"] == row["package_id"]
    ended = await done(live, row["package_id"], "suspend")
    assert (ended["mrr"], ended["arr"]) == (0, 0)
    assert (await live.get("customer/3")).response["mrr"] == pytest.approx(before - 33.33)


async def test_what_is_unset(live: Client) -> None:
    """As recorded: two names and the license are "", the rest is null."""
    row = await made(live)
    (line,) = row["line_items"]
    assert (row["nickname"], line["nickname"], line["license"]) == ("", "", "")
    for name in ("external_key", "creditcard_id", "ach_id", "cancel_datetime", "holduntil_datetime"):
        assert row[name] is None, name
    for name in (
        "external_key",
        "cancel_datetime",
        "subscribe_prorate_from_datetime",
        "subscribe_prorate_to_datetime",
    ):
        assert line[name] is None, name
    assert line["tierset"]["percent"] == "0.000000"


async def test_prorating_is_taken_and_served(live: Client) -> None:
    row = await made(live)
    number = row["line_items"][0]["line_item_id"]
    part = {
        "subscribe_prorate_from_datetime": "2026-03-10 00:00:00",
        "subscribe_prorate_to_datetime": "2026-03-31",
    }
    sent = {"subscribe_prorate": True, "cancel_prorate": True, "subscribe_prorate_cycle": "next", **part}
    after = await done(live, row["package_id"], "upgrade", {"line_items": [{"line_item_id": number, **sent}]})
    (line,) = after["line_items"]
    assert {name: line[name] for name in part} == {
        "subscribe_prorate_from_datetime": "2026-03-10T00:00:00-04:00",
        "subscribe_prorate_to_datetime": "2026-03-31T00:00:00-04:00",
    }
    assert not line.keys() & {"subscribe_prorate", "cancel_prorate", "subscribe_prorate_cycle"}


@pytest.mark.parametrize("cycle", [choice.value for choice in PAY_CYCLE])
async def test_every_cycle(live: Client, cycle: str) -> None:
    row = await made(live, paycycle=cycle)
    (name,) = [choice.label for choice in PAY_CYCLE if choice.value == cycle]
    assert (row["paycycle"], row["paycycle_name"]) == (cycle, name)
    number = row["package_id"]
    assert (await done(live, number, "paycycle", {"paycycle": "mon"}))["paycycle_name"] == "Monthly"
    assert (await done(live, number, "paycycle", {"paycycle": cycle}))["paycycle"] == cycle
    answer = await live.post(f"package/{number}/_action/invoice")
    invoice = (await live.get(f"invoice/{answer.response['id']}")).response
    assert (invoice["paycycle"], invoice["line_items"][0]["paycycle"]) == (cycle, cycle)
    assert (await package(live, number))["next_invoice_datetime"] > "2026-03-15"


async def test_lines_are_added_to_lists(live: Client) -> None:
    """`expand` takes several names, and passes over those it does not know."""
    one = (await live.get("package/3")).response
    for expand in ("line_items", "customer, line_items", "line_items,invoice_items,customer"):
        (row,) = await live.rows("package", where="package_id:EQUALS:3", expand=expand, fields="id,name")
        assert row == one
    (row,) = await live.rows("package", where="package_id:EQUALS:3", expand="customer_external")
    assert "line_items" not in row
