"""What an invoice amounts to."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from tests.sandbox import account
from tests.sandbox.client import Client
from tests.sandbox.invoices import apply, invoice, made


async def test_an_invoice_over_nothing_is_paid(live: Client) -> None:
    found = await made(live, {"item_id": 1, "line_rate": 5}, {"item_id": 1, "line_rate": -5})

    assert (found["total"], found["is_paid"], found["invoice_status_str"]) == (0, True, "closed-paid")
    assert found["paid_date"] == "2026-03-15"


async def test_credits_and_writeoffs_are_told_apart(live: Client, live_store: Store) -> None:
    number = (await made(live, {"item_id": 1, "line_rate": 500}))["invoice_id"]
    apply(live_store, number, 4250, "cre")
    apply(live_store, number, 750, "wri")

    found = await invoice(live, number)
    assert (found["credits"], found["writeoffs"], found["payments"]) == (42.5, 7.5, 0)
    assert (found["applied"], found["balance"], found["invoice_status_state"]) == (50, 450, "o")


async def test_a_schedule_shrinks_with_the_balance(live: Client, live_store: Store) -> None:
    before = await made(live, {"item_id": 1, "line_rate": 30})
    number, line = before["invoice_id"], before["line_items"][0]["line_item_id"]
    with live_store.write() as connection:
        for index, day in enumerate(("2026-04-01", "2026-05-01", "2026-06-01")):
            account.put(
                connection,
                "invoice_schedule",
                invoice_id=number,
                token=f"plan{index}",
                date=day,
                due_date=day,
                amount=1000,
                balance=1000,
            )
    await live.put(f"invoice/{number}", {"line_items": [{"line_item_id": line, "line_rate": 14}]})

    schedule = (await invoice(live, number))["schedule"]
    assert [(part["date"], part["amount"]) for part in schedule] == [("2026-04-01", 10), ("2026-05-01", 4)]
