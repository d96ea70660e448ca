"""Suspensions, by hand and between two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.subscriptions import done, made, package


async def test_suspend(live: Client) -> None:
    row = await made(live)
    number = row["package_id"]
    # the C# client does that to one that was never suspended, and wants true
    assert (await done(live, number, "unsuspend", ""))["package_status_str"] == "active-current"
    after = await done(live, number, "suspend", "")
    assert (after["package_status_str"], after["package_status_state"]) == ("suspended-suspended", "s")
    assert after["suspendfrom_datetime"] == "2026-03-15T10:00:00-04:00"
    assert after["suspendto_datetime"] is None
    assert (await live.post(f"package/{number}?action=invoice")).status == 400

    after = await done(live, number, "unsuspend")
    assert after["package_status_str"] == "active-current"
    assert after["suspendfrom_datetime"] is after["suspendto_datetime"] is None
    later_on = {"suspendfrom_datetime": "2026-04-06 00:00:00", "suspendto_datetime": "2026-06-05 00:00:00"}
    assert (await done(live, number, "suspend", later_on))["package_status_str"] == "active-current"
    backwards = {"suspendfrom_datetime": "2026-04-06", "suspendto_datetime": "2026-04-05"}
    assert (await live.post(f"package/{number}?action=suspend", backwards)).status == 400
    await live.post(f"package/{number}?action=cancel")
    assert (await live.post(f"package/{number}?action=suspend")).status == 400


class Moving:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = account.NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def timed(clock: Moving) -> Iterator[Client]:
    """A client of an account whose clock moves."""
    store = account.build(4)
    yield Client(create_app(store, credentials=CREDENTIALS, clock=clock))
    store.close()


async def test_a_suspension_begins_and_ends_with_its_days(timed: Client, clock: Moving) -> None:
    row = await made(timed)
    number = row["package_id"]
    await done(
        timed, number, "suspend", {"suspendfrom_datetime": "2026-04-06", "suspendto_datetime": "2026-06-05"}
    )
    seen = []
    for day in (date(2026, 4, 5), date(2026, 4, 6), date(2026, 6, 4), date(2026, 6, 5)):
        clock.moment = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
        status = (await package(timed, number))["package_status_str"]
        seen.append(status.split("-")[0])
        where = f"package_id:EQUALS:{number},package_status_state:EQUALS:{status[0]}"
        assert len(await timed.rows("package", where=where)) == 1
        where = f"package_id:EQUALS:{number},package_status_str:EQUALS:{status}"
        assert len(await timed.rows("package", where=where)) == 1
    assert seen == ["active", "suspended", "suspended", "active"]
    invoice = await timed.post(f"package/{number}?action=invoice")
    assert invoice.status == 200
    clock.moment -= timedelta(days=30)
    assert (await timed.post(f"package/{number}?action=invoice")).status == 400
