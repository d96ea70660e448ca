"""The log of what was written."""

from __future__ import annotations

from tests.sandbox.client import Client


async def test_the_log_tells_what_was_written(live: Client) -> None:
    await live.made("customer", {"company": "Logged, Inc."})
    await live.post("customer", {"company": ""})
    await live.post("customer/15?action=setInactive")
    await live.delete("customer/15")
    rows = await live.rows("_log_system")

    assert [row["msg"] for row in rows] == [
        "create(customer, 15)",
        "setInactive(customer, 15)",
        "delete(customer, 15)",
    ]
    assert rows[0]["log_datetime"] == "2026-03-15T10:00:00-04:00"
