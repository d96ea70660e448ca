"""One write: its rows, its moment, all or nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from cotui.sandbox.database.store import Store
from tests.sandbox.client import Client


def state(store: Store) -> str:
    """A hash of everything in the database."""
    with store.read() as reader:
        return hashlib.sha256("\n".join(reader.connection.iterdump()).encode()).hexdigest()


async def test_ids_are_never_given_twice(live: Client) -> None:
    first = await live.made("customer", {"company": "A", "superuser_email": "a@example.com"})
    await live.delete(f"customer/{first}")
    second = await live.made("customer", {"company": "B", "superuser_email": "b@example.com"})

    assert second > first
    user = (await live.get(f"customer/{second}")).response["superuser_id"]
    assert user == 16  # 15 was the first one's contact


async def test_a_failed_write_takes_everything_back(live: Client, live_store: Store) -> None:
    """The second line is wrong; by then invoice and first line are written."""
    before = state(live_store)
    line: dict[str, Any] = {"item_id": 1, "line_rate": 1}
    answer = await live.post("invoice", {"customer_id": 1, "line_items": [line, {"item_id": 999}]})

    assert answer.status == 400
    assert state(live_store) == before


async def test_the_moment_and_the_address_of_a_write_are_kept(live: Client) -> None:
    number = await live.made("customer", {"company": "Timed"})
    customer = (await live.get(f"customer/{number}")).response

    assert customer["write_datetime"] == customer["mod_datetime"] == "2026-03-15T10:00:00-04:00"
    assert customer["write_ipaddr"] == customer["mod_ipaddr"] == "127.0.0.1"
    await live.put("customer/1", {"bill_city": "Hamden"})
    changed = (await live.get("customer/1")).response
    assert changed["mod_datetime"] == "2026-03-15T10:00:00-04:00"
    assert changed["write_datetime"] != changed["mod_datetime"]
