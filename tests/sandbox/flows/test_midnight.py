"""Midnight passes while a request is answered: all of the answer is of one day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cotui.sandbox.database.clock import DEFAULT_TIMEZONE
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client

ZONE = ZoneInfo(DEFAULT_TIMEZONE)
STATUSES = {
    "invoice": ("open-overdue", "open-unpaid"),
    "customer": ("active-overdue", "active-current"),
}
NEXT = account.TODAY + timedelta(days=1)


def midnight_after(looks: int) -> Callable[[], datetime]:
    """A machine's clock that strikes twelve after so many looks at it."""
    seen = 0

    def now() -> datetime:
        nonlocal seen
        seen += 1
        tick = timedelta(microseconds=-1 if seen <= looks else 0)
        return datetime.combine(NEXT, time(), ZONE).astimezone(UTC) + tick

    return now


@pytest.mark.parametrize("looks", range(6))
@pytest.mark.parametrize("kind", ["invoice", "customer"])
async def test_what_is_found_by_its_status_has_it(looks: int, kind: str) -> None:
    store = account.build()
    due_today(store)
    found = []
    for status in STATUSES[kind]:
        client = Client(create_app(store, credentials=CREDENTIALS, clock=midnight_after(looks)))
        rows = await client.rows(kind, where=f"{kind}_status_str:EQUALS:{status}", limit=100)
        assert {row[f"{kind}_status_str"] for row in rows} <= {status}
        found += rows
    assert found
    store.close()


@pytest.mark.parametrize("looks", range(6))
async def test_what_is_made_is_of_one_day(looks: int) -> None:
    store = account.build()
    client = Client(create_app(store, credentials=CREDENTIALS, clock=midnight_after(looks)))
    number = await client.made("invoice", {"customer_id": 3, "line_items": [{"item_id": 1}]})
    row: dict[str, Any] = (await client.get(f"invoice/{number}")).response
    assert row["write_datetime"][:10] == row["date"]
    store.close()


def due_today(store: Store) -> None:
    """Some open invoices fall due on the day that ends, and are all that their customers owe."""
    with store.write() as connection:
        connection.execute("UPDATE invoices SET due_date = ? WHERE stage = 3", (account.TODAY.isoformat(),))
        connection.execute(
            "UPDATE customers SET oldest_due_date = ? WHERE oldest_due_date IS NOT NULL",
            (account.TODAY.isoformat(),),
        )
