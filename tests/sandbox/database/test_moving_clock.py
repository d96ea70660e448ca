"""The account's clock is frozen and moved; statuses follow."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cotui.sandbox.database.moving_clock import MovingClock
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.controls import control

OVERDUE = "invoice/_count?where=invoice_status_str:EQUALS:open-overdue"


async def test_statuses_and_overdue_days_follow_the_clock(own: Client) -> None:
    before = (await own.get(OVERDUE)).response
    days = (await own.get("invoice/3")).response["days_overdue"]
    moved = await control(own, "PUT", "clock", {"days": 400})

    assert moved.response["frozen"] is False
    assert moved.response["offset"] == 400 * 86400
    assert (await own.get(OVERDUE)).response == 28 > before
    assert (await own.get("invoice/3")).response["days_overdue"] > days

    frozen = await control(own, "PUT", "clock", {"now": "2020-02-29 12:00:00"})
    assert frozen.response == {
        "now": "2020-02-29T12:00:00-05:00",
        "today": "2020-02-29",
        "timezone": "America/New_York",
        "frozen": True,
        "offset": frozen.response["offset"],
    }
    assert (await own.get(OVERDUE)).response == 0
    assert (await control(own, "PUT", "clock", {"days": 1})).response["today"] == "2020-03-01"
    assert (await control(own, "PUT", "clock", {"frozen": False})).response["today"] == "2020-03-01"

    assert (await control(own, "DELETE", "clock")).response["offset"] == 0
    assert (await own.get(OVERDUE)).response == before


@pytest.mark.parametrize("begin", ["2026-03-07T23:30:00", "2026-10-31T00:30:00", "2026-10-31T01:30:00"])
async def test_a_day_later_is_the_same_time_also_where_clocks_are_changed(own: Client, begin: str) -> None:
    await control(own, "PUT", "clock", {"now": begin})
    for later in range(1, 4):
        now = (await control(own, "PUT", "clock", {"days": 1})).response["now"]
        expected = datetime.fromisoformat(begin) + timedelta(days=later)
        assert now[:19] == expected.isoformat(), now


@pytest.mark.parametrize("zone", ["America/New_York", "America/Los_Angeles", "Pacific/Auckland", "UTC"])
@pytest.mark.parametrize(
    ("begin", "days", "end"),
    [
        # clocks go forward on 8 March in America and back on 5 April in New Zealand
        ("2026-03-01T23:30:00", 31, "2026-04-01T23:30:00"),
        ("2026-03-07T23:30:00", 1, "2026-03-08T23:30:00"),
        ("2026-04-04T23:30:00", 1, "2026-04-05T23:30:00"),
        ("2026-03-20T00:15:00", 31, "2026-04-20T00:15:00"),
        ("2026-10-20T23:59:59", 31, "2026-11-20T23:59:59"),
        ("2026-09-26T00:00:00", 1, "2026-09-27T00:00:00"),
        ("2026-03-31T12:00:00", -31, "2026-02-28T12:00:00"),
        ("2026-01-01T12:00:00", 365, "2027-01-01T12:00:00"),
    ],
)
@pytest.mark.parametrize("frozen", [True, False])
def test_days_are_those_of_the_calendar(
    live_store: Store, zone: str, begin: str, days: int, end: str, frozen: bool
) -> None:
    live_store.timezone = zone
    clock = MovingClock(live_store, account.now)
    clock.move({"now": begin, "frozen": frozen})
    clock.move({"days": days})

    assert clock.served()["now"][:19] == end
    assert clock.served()["frozen"] is frozen
    # and one at a time
    clock.move({"now": begin, "frozen": frozen})
    for _ in range(abs(days)):
        clock.move({"days": 1 if days > 0 else -1})
    assert clock.served()["now"][:19] == end


async def test_how_far_the_clock_is_ahead_is_a_whole_number_at_every_look(live_store: Store) -> None:
    """The machine's clock goes on while it is answered."""
    ticks = itertools.count()
    ticking = Client(
        create_app(
            live_store,
            credentials=CREDENTIALS,
            clock=lambda: account.NOW + timedelta(microseconds=next(ticks)),
        )
    )
    moved = await control(ticking, "PUT", "clock", {"seconds": 3600, "bill": False})
    assert moved.response["offset"] == 3600
    assert (await control(ticking, "DELETE", "clock")).response["offset"] == 0


async def test_writes_carry_the_moved_moment(own: Client) -> None:
    await control(own, "PUT", "clock", {"now": "2031-05-06T07:08:09-04:00"})
    made = await own.send("POST", "/api/v3/customer", body=b'{"company": "Later"}')
    row = (await own.get(f"customer/{made.response['id']}")).response

    assert row["write_datetime"] == "2031-05-06T07:08:09-04:00"


async def test_the_clock_outlives_a_restart(tmp_path: Path) -> None:
    store = Store(tmp_path / "account.db")
    account.fill(store)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now))
    await control(client, "PUT", "clock", {"days": 400})
    store.close()
    again = Store(tmp_path / "account.db")
    later = Client(create_app(again, credentials=CREDENTIALS, clock=lambda: account.NOW + timedelta(days=1)))

    assert (await control(later, "GET", "clock")).response["today"] == "2027-04-20"
    again.close()


@pytest.mark.parametrize(
    "value",
    [
        {"now": "yesterday"},
        {"now": "0001-01-01"},
        {"now": "9999-12-31"},
        {"days": 10**9},
        {"days": 10**30},
        {"seconds": "x"},
        {"frob": 1},
        [1],
    ],
)
async def test_clocks_that_make_no_sense(own: Client, value: Any) -> None:
    assert (await control(own, "PUT", "clock", value)).status == 400
    assert (await control(own, "GET", "clock")).response["offset"] == 0
