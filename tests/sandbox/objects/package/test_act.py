"""Subscriptions: creating and changing them, and every action, with the state changes that were recorded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.subscriptions import done, invoiced, made, package


async def test_cancel(live: Client) -> None:
    """Recorded: 5, "Canceled manually", canceled-manual, c; cancel_datetime; next_invoice_datetime ""."""
    row = await made(live)
    after = await done(live, row["package_id"], "cancel")

    assert (after["package_status_id"], after["package_status_name"]) == (5, "Canceled manually")
    assert (after["package_status_str"], after["package_status_state"]) == ("canceled-manual", "c")
    assert after["cancel_datetime"] == "2026-03-15T10:00:00-04:00"
    assert after["next_invoice_datetime"] == ""
    assert await done(live, row["package_id"], "cancel", "") == after
    refused = await live.post(f"package/{row['package_id']}?action=invoice")
    assert refused.status == 400

    back = await done(live, row["package_id"], "uncancel")
    assert (back["package_status_str"], back["cancel_datetime"]) == ("active-current", None)
    assert back["next_invoice_datetime"] == "2026-04-15T00:00:01-04:00"


async def test_hold_of_a_canceled_subscription_too(live: Client) -> None:
    """Recorded: holduntil_datetime = next_invoice_datetime = midnight of the day."""
    row = await made(live)
    for _ in range(2):
        after = await done(live, row["package_id"], "hold", {"holduntil_datetime": "2026-03-26"})
        assert after["holduntil_datetime"] == after["next_invoice_datetime"] == "2026-03-26T00:00:00-04:00"
        await live.post(f"package/{row['package_id']}/_action/cancel")
    for sent in (None, {}, {"holduntil_datetime": "soon"}, {"holduntil_datetime": None}):
        assert (await live.post(f"package/{row['package_id']}?action=hold", sent)).status == 400


@pytest.mark.parametrize("name", ["paymethod", "setPayMethod", "PAYMETHOD"])
async def test_pay_method(live: Client, name: str) -> None:
    card = await live.made(
        "creditcard", {"customer_id": 3, "number": "4111111111111111", "expdate": "2030-05-01"}
    )
    row = await made(live)
    after = await done(live, row["package_id"], name, {"paymethod": "crd", "creditcard_id": str(card)})
    assert (after["paymethod"], after["creditcard_id"]) == ("crd", card)
    assert (after["paymethod_name"], after["paymethod_detail"]) == ("Credit card", "x1111")

    after = await done(live, row["package_id"], name, {"paymethod": "inv"})
    assert (after["paymethod"], after["creditcard_id"]) == ("inv", None)
    others = await live.made(
        "creditcard", {"customer_id": 4, "number": "4111111111111111", "expdate": "05/30"}
    )
    for sent in (
        None,
        {"paymethod": "cash"},
        {"paymethod": 7},
        {"paymethod": "crd", "creditcard_id": others},
        {"paymethod": "crd", "creditcard_id": 99},
        {"paymethod": "ach"},
    ):
        assert (await live.post(f"package/{row['package_id']}?action={name}", sent)).status == 400, sent


async def test_pay_cycle_moves_the_next_invoice(live: Client) -> None:
    row = await made(live, paycycle="qtr")
    await invoiced(live, row["package_id"])
    before = await package(live, row["package_id"])
    assert before["next_invoice_datetime"] == "2026-06-15T00:00:01-04:00"
    after = await done(live, row["package_id"], "paycycle", {"paycycle": "mon"})

    assert (after["paycycle"], after["next_invoice_datetime"]) == ("mon", "2026-04-15T00:00:01-04:00")
    weekly = await done(live, row["package_id"], "paycycle", {"paycycle": "1WK"})
    assert weekly["next_invoice_datetime"] == "2026-03-22T00:00:01-04:00"
    for sent in (None, {"paycycle": "evy"}, {"paycycle": "now"}, {"paycycle": 3}):
        assert (await live.post(f"package/{row['package_id']}?action=paycycle", sent)).status == 400


@pytest.mark.parametrize("spelling", ["?action={}", "/_action/{}", "/?action={}"])
@pytest.mark.parametrize("ref", ["1", "external_key:sub-1", "token:pkg000000001"])
@pytest.mark.parametrize("alias", ["package", "billing_package", "/package"])
async def test_spellings(live: Client, spelling: str, ref: str, alias: str) -> None:
    answer = await live.post(f"{alias}/{ref}{spelling.format('Cancel')}")
    assert (answer.status, answer.response) == (200, True)
    assert (await package(live, 1))["package_status_state"] == "c"


@pytest.mark.parametrize(
    "sent",
    [
        {"customer_id": 99},
        {"customer_id": 3, "customer_token": "cus000000004"},
        {"customer_id": None},
        {"line_items": [{"item_id": 99}]},
        {"line_items": [7]},
        {"line_items": [{"descrip": "no item"}]},
        {"paycycle": "evy"},
        {"paymethod": "cash"},
        {"creditcard_id": 5},
        {"external_key": "SUB-1"},
        {"holduntil_datetime": "2026-13-01"},
        {"terms_id": 99},
    ],
)
async def test_what_is_refused_changes_nothing(live: Client, sent: dict[str, Any]) -> None:
    answer = await live.post("package", {"customer_id": 3, "line_items": [{"item_id": 1}], **sent})

    assert (answer.status, answer.response) == (400, False)
    assert (await live.get("package/_count")).response == 14


async def test_actions_need_a_subscription(live: Client) -> None:
    assert (await live.post("package/99?action=cancel")).status == 404
    assert (await live.post("package?action=cancel")).status == 400
    unknown = await live.post("package/1?action=explode")
    assert unknown.message == "The command requested is not supported: explode(package, 1)"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31 23:59:59", "9999-12-31T23:59:59-12:00"]
)
async def test_moments_at_the_ends_of_the_calendar(live: Client, moment: str) -> None:
    answer = await live.post("package/1?action=hold", {"holduntil_datetime": moment})
    assert answer.status in (200, 400)
    assert (await live.get("package/1")).status == 200
    answer = await live.post("package/1?action=invoice", {"date": "NEXT_SCHEDULED_INVOICE"})
    assert answer.status in (200, 400)
    assert (await live.get("package/1")).status == 200


async def test_amounts_that_are_too_large(live: Client) -> None:
    prices = {"base": 10**10, "pricemodel": "uni"}
    sent = {"customer_id": 3, "line_items": [{"item_id": 1, "line_quantity": 10**10, "tierset": prices}]}
    assert (await live.post("package", sent)).status == 400
    row = await made(live, line_items=[{"item_id": 1, "line_quantity": 10**6, "tierset": prices}])
    assert (await live.post(f"package/{row['package_id']}?action=invoice")).status == 400
    assert (await live.get(f"package/{row['package_id']}")).status == 200
