"""Cancellations: at once, and planned for a day to come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Client
from tests.sandbox.controls import control
from tests.sandbox.portal.visits import Watch
from tests.sandbox.subscriptions import done, invoiced, made, package

PRICES = {"base": 10, "pricemodel": "fla", "paycycle": "evy"}
LINES = [{"item_id": 1, "tierset": PRICES}]


async def dates(live: Client, number: int) -> list[str]:
    return [row["date"] for row in await live.rows("invoice", where=f"package_id:EQUALS:{number}", limit=100)]


async def test_until_its_day_comes_it_runs(live: Client) -> None:
    row = await made(live, line_items=LINES)
    number = row["package_id"]
    after = await done(live, number, "cancel", {"cancel_date": "2026-05-15", "cancel_reason_id": 7})

    assert {**after, "mod_datetime": None} == {**row, "mod_datetime": None}
    assert (await invoiced(live, number))["date"] == "2026-03-15"
    answer = await control(live, "PUT", "clock", {"now": "2026-06-20"})
    assert answer.response["billing"]["invoices"] >= 1
    # monthly from the 15th on, but none on the day that it ends on
    assert await dates(live, number) == ["2026-03-15", "2026-04-15"]
    ended = await package(live, number)
    assert (ended["package_status_str"], ended["package_status_state"]) == ("canceled-manual", "c")
    assert (ended["cancel_datetime"], ended["next_invoice_datetime"]) == ("2026-05-15T00:00:00-04:00", "")
    assert (ended["mrr"], ended["arr"]) == (0, 0)


async def test_its_day_comes_without_a_run_too(watched: Client, watch: Watch) -> None:
    """Served, filtered and ordered by as canceled from midnight on, whether anybody moves the clock or not."""
    number = (await made(watched, line_items=LINES))["package_id"]
    await done(watched, number, "cancel", {"cancel_date": "2026-03-17"})
    active = f"package_id:EQUALS:{number},package_status_state:EQUALS:a"
    canceled = f"package_id:EQUALS:{number},package_status_str:EQUALS:canceled-manual"
    assert (await package(watched, number))["mrr"] == 10
    assert [len(await watched.rows("package", where=where)) for where in (active, canceled)] == [1, 0]
    watch.wind(2 * 86_400)
    ended = await package(watched, number)
    assert (ended["package_status_name"], ended["next_invoice_datetime"]) == ("Canceled manually", "")
    assert (ended["cancel_datetime"], ended["mrr"]) == ("2026-03-17T00:00:00-04:00", 0)
    assert [len(await watched.rows("package", where=where)) for where in (active, canceled)] == [0, 1]
    day = f"package_id:EQUALS:{number},cancel_datetime:GTE:2026-03-17,cancel_datetime:LT:2026-03-18"
    assert len(await watched.rows("package", where=day)) == 1
    last = (await watched.rows("package", order="cancel_datetime:DESC", limit=1))[0]
    assert last["package_id"] == number
    refused = await watched.post(f"package/{number}?action=invoice")
    assert refused.message == "This package cannot be invoiced: it is not active."


async def test_taking_it_back(live: Client) -> None:
    row = await made(live, line_items=LINES)
    number = row["package_id"]
    await done(live, number, "cancel", {"cancel_date": "2026-05-15"})
    assert {**await done(live, number, "uncancel"), "mod_datetime": None} == {**row, "mod_datetime": None}
    await control(live, "PUT", "clock", {"now": "2026-05-20"})
    assert (await package(live, number))["package_status_state"] == "a"
    assert len(await dates(live, number)) == 3


async def test_no_invoice_from_that_day_on(live: Client) -> None:
    number = (await made(live, line_items=LINES))["package_id"]
    await done(live, number, "cancel", {"cancel_date": "2026-04-01"})
    answer = await live.post(f"package/{number}?action=invoice", {"date": "2026-04-01"})
    assert (answer.status, answer.message) == (
        400,
        "This package cannot be invoiced: it is canceled by then.",
    )
    assert (await invoiced(live, number, {"date": "2026-03-31"}))["date"] == "2026-03-31"
    # the next one would come too late
    assert (await package(live, number))["next_invoice_datetime"] is None


async def test_what_expires_before_is_not_canceled(live: Client) -> None:
    once = {"item_id": await live.made("item", {"name": "Once", "expire_recurs": 1}), "tierset": PRICES}
    number = (await made(live, line_items=[once]))["package_id"]
    await done(live, number, "cancel", {"cancel_date": "2026-06-15"})
    await control(live, "PUT", "clock", {"now": "2026-07-20"})
    ended = await package(live, number)
    assert (ended["package_status_str"], ended["cancel_datetime"]) == ("expired-expired", None)
    assert await dates(live, number) == ["2026-03-15"]


@pytest.mark.parametrize("sent", [None, "", {}, {"cancel_date": ""}, {"cancel_date": "2026-03-15"}])
async def test_at_once(live: Client, sent: Any) -> None:
    number = (await made(live, line_items=LINES))["package_id"]
    await done(live, number, "cancel", {"cancel_date": "2026-05-15"})
    after = await done(live, number, "cancel", sent)
    assert (after["package_status_str"], after["cancel_datetime"]) == (
        "canceled-manual",
        "2026-03-15T10:00:00-04:00",
    )
    again = await done(live, number, "uncancel")
    assert (again["package_status_state"], again["cancel_datetime"]) == ("a", None)


@pytest.mark.parametrize(
    "sent",
    [
        {"cancel_date": "2026-03-14"},
        {"cancel_date": "soon"},
        {"cancel_date": 20260401},
        {"cancel_reason_id": "because"},
        ["2026-04-01"],
    ],
)
async def test_what_is_refused(live: Client, sent: Any) -> None:
    answer = await live.post("package/1/_action/cancel", sent)
    assert (answer.status, answer.response) == (400, False)
    assert (await package(live, 1))["package_status_state"] == "a"
