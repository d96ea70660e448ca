"""Which day it is in an account, and who says so: seen from both sides of the date line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.desk.account_day import AccountDay
from tests.cli.accounts import Account, answer

#: the 31st of March in Auckland (+13:00), the 30th in Los Angeles (-07:00)
MOMENT = datetime(2026, 3, 30, 23, 30, tzinfo=UTC)
AUCKLAND, LOS_ANGELES = date(2026, 3, 31), date(2026, 3, 30)


def day(timezone: str = "", latest: str = "") -> AccountDay:
    return AccountDay(timezone, latest, now=lambda: MOMENT)


def rows(*times: object) -> list[Record]:
    return [Record({"customer_id": 1, "mod_datetime": time}, "customer_id") for time in times]


@pytest.fixture(params=["Pacific/Auckland", "America/Los_Angeles"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """This machine's day, for a machine elsewhere."""
    import time

    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield AUCKLAND if request.param.startswith("Pacific") else LOS_ANGELES
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Auckland", AUCKLAND),
        ("America/Los_Angeles", LOS_ANGELES),
        ("+13:00", AUCKLAND),
        ("-07", LOS_ANGELES),
    ],
)
def test_the_profile_says_it(machine: date, zone: str, expected: date) -> None:
    of_account = day(zone, "2026-03-30T00:00:00+00:00")
    assert not of_account.learn(object(), rows("2026-03-30T10:00:00-10:00"), CUSTOMER)
    assert (of_account.today(), of_account.source, of_account.timezone) == (expected, "profile", zone)
    assert of_account.words() == f"today is {expected} in {zone}, the profile's time zone"


@pytest.mark.parametrize(("offset", "expected"), [("+13:00", AUCKLAND), ("-07:00", LOS_ANGELES)])
def test_else_the_server_s_answers_do(machine: date, offset: str, expected: date) -> None:
    of_account = day()
    assert (of_account.today(), of_account.source) == (machine, "machine")
    assert "not known" in of_account.words()
    moved = of_account.learn(
        object(), rows(None, f"2026-03-01T10:00:00{offset}", "2026-03-01 10:00:00"), CUSTOMER
    )
    assert moved == (machine != expected)
    assert (of_account.today(), of_account.source) == (expected, "server")
    assert of_account.words() == f"today is {expected} at UTC{offset}, as the server's answers have it"
    assert day(latest=of_account.latest).today() == expected  # the next run knows it from its beginning


def test_the_latest_time_counts_for_clocks_are_changed_twice_a_year() -> None:
    of_account = day()
    of_account.learn(object(), rows("2026-01-02T10:00:00-08:00", "2026-03-20T10:00:00-07:00"), CUSTOMER)
    assert of_account.timezone == "UTC-07:00"
    of_account.learn(object(), rows("2026-02-01T10:00:00-08:00", "2026-11-20T10:00:00-08:00"), CUSTOMER)
    assert of_account.timezone == "UTC-07:00"  # neither what is older nor what has not come yet


def test_a_source_is_looked_at_once() -> None:
    of_account, source = day(), object()
    of_account.learn(source, rows("2026-03-01T10:00:00+13:00"), CUSTOMER)
    of_account.learn(source, rows("2026-03-02T10:00:00-07:00"), CUSTOMER)
    assert of_account.timezone == "UTC+13:00"


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "",
        "2026-03-01",
        "2026-03-01T10:00:00",
        "2026-13-01T10:00:00+01:00",
        "x" * 25,
        "2026-03-01T10:00:00+23:00",
    ],
)
def test_what_says_nothing_teaches_nothing(value: Any) -> None:
    of_account = day()
    assert not of_account.learn(object(), rows(value), CUSTOMER)
    assert of_account.source == "machine"


async def test_the_server_is_asked_once_and_for_one_customer() -> None:
    account = Account(3, mod_datetime="2026-03-29T10:00:00+13:00")
    api, of_account = Api(Connection("a", "acme", "k", "p"), transport=account()), day()
    await of_account.ask(api)
    await of_account.ask(api)
    await api.aclose()
    assert (of_account.today(), of_account.source) == (AUCKLAND, "server")
    assert [dict(request.url.params)["limit"] for request in account.requests] == ["1"]


async def test_a_server_without_customers_leaves_it_at_this_machine() -> None:
    transport = httpx.MockTransport(lambda _: answer([]))
    api, of_account = Api(Connection("a", "acme", "k", "p"), transport=transport), day()
    await of_account.ask(api)
    await api.aclose()
    assert of_account.source == "machine"
