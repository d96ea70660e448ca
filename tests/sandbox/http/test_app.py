"""The application around the answers: its clock, its latency, requests side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

OVERDUE = "invoice/_count?where=invoice_status_str:EQUALS:open-overdue"


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "account.db")
    account.fill(store)
    yield store
    store.close()


async def test_statuses_follow_the_clock(store: Store) -> None:
    moment = account.NOW
    client = Client(create_app(store, credentials=CREDENTIALS, clock=lambda: moment))
    counts = []
    for days in (-400, 0, 400):
        moment = account.NOW + timedelta(days=days)
        counts.append((await client.get(OVERDUE)).response)
        rows = await client.rows("invoice", limit=100)
        assert sum(row["invoice_status_str"] == "open-overdue" for row in rows) == counts[-1]
        late = await client.rows("customer", where="customer_status_str:EQUALS:active-overdue", limit=100)
        assert all(row["customer_status_name"] == "Over Due" for row in late)
        assert bool(late) is (counts[-1] > 0)

    assert counts[0] == 0
    assert counts[0] < counts[1] < counts[2] == 28


async def test_the_day_begins_in_the_accounts_time_zone(store: Store) -> None:
    async def days_overdue(hour: int) -> int:
        moment = datetime(2026, 4, 20, hour, tzinfo=UTC)
        client = Client(create_app(store, credentials=CREDENTIALS, clock=lambda: moment))
        return int((await client.get("invoice/3")).response["days_overdue"])

    # four in the morning in London is midnight in New York
    assert await days_overdue(3) + 1 == await days_overdue(4)


async def test_a_frozen_clock_wins(own_store: Store) -> None:
    frozen = account.NOW + timedelta(days=400)
    with own_store.write() as connection:
        account.put(connection, "meta", key="frozen_clock", value=str(int(frozen.timestamp())))
    client = Client(create_app(own_store, credentials=CREDENTIALS, clock=account.now))

    assert (await client.get(OVERDUE)).response == 28


async def test_latency(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    client = Client(create_app(store, credentials=CREDENTIALS, latency=0.04))
    await client.get("terms")
    await client.get("nonsense")

    assert waits == [0.04, 0.04]


async def test_requests_side_by_side_while_data_changes(own_store: Store) -> None:
    client = Client(create_app(own_store, credentials=CREDENTIALS, clock=account.now))

    async def read(number: int) -> int:
        if number % 5 == 0:
            with own_store.write() as connection:
                account.put(connection, "classes", class_id=100 + number, name="New")
        rows = await client.rows("class", limit=100)
        count = (await client.get("class/_count")).response
        assert len(rows) <= count
        return int(count)

    await asyncio.gather(*(read(number) for number in range(40)))

    assert (await client.get("class/_count")).response == 9


async def test_page_size_can_be_larger(store: Store) -> None:
    client = Client(
        create_app(store, credentials=CREDENTIALS, clock=account.now, service=Service(max_page_size=500))
    )

    assert len(await client.rows("invoice", limit=500)) == 70
