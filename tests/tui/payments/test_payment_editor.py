"""The payments of an invoice: added, changed, removed, split, and what they come to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cotui.sandbox.database.store import Store
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.forms.form import PayloadForm
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import text_of
from tests.tui.invoicing import OPEN, choose, fill, found, keys, open_invoice, record, said, sent
from tests.tui.payments.test_schedule_form import form

OF_SUBSCRIPTION = (
    "SELECT invoice_id FROM invoices WHERE stage > 1 AND package_id IS NOT NULL AND balance = total"
)


@pytest.mark.sample("size0")
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_a_balance_is_split_into_months_to_the_cent(
    app: CotuiApp, wire: Wire, store: Store, size: tuple[int, int]
) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=size) as pilot:
        await open_invoice(pilot, ref)
        balance = Decimal(str((await record(app, "invoice", ref))["balance"]))
        await choose(pilot, "Schedule")
        assert "no payments yet" in text_of(app)
        await keys(pilot, "s")
        assert isinstance(app.screen, PayloadForm)
        await fill(pilot, "3")
        await keys(pilot, "ctrl+s")
        assert "all of it" in said(app, ".sum")
        assert [item.date for item in form(app).editor.payments] == [
            TODAY,
            date(2026, 4, 16),
            date(2026, 5, 16),
        ]
        await keys(pilot, "ctrl+s")
        assert isinstance(app.screen, ConfirmDialog)
        assert sent(wire) == []
        await keys(pilot, "y")
        [(method, path, body)] = sent(wire)
        assert (method, path) == ("POST", f"/invoice/{ref}/_action/schedule")
        assert [entry["paymethod"] for entry in body["schedule"]] == ["any"] * 3
        assert sum(Decimal(str(entry["amount"])) for entry in body["schedule"]) == balance
        assert isinstance(app.screen, RecordScreen)
        planned = (await record(app, "invoice", ref))["schedule"]
        assert [entry["amount"] for entry in planned] == [entry["amount"] for entry in body["schedule"]]


async def test_a_payment_is_added_changed_charged_to_a_stored_method_and_removed(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        customer = (await record(app, "invoice", ref))["customer_id"]
        ach = found(store, f"SELECT ach_id FROM ach_accounts WHERE customer_id = {customer}")
        await choose(pilot, "Schedule")
        await keys(pilot, "n")
        await fill(pilot, "+1m")
        await keys(pilot, "down")
        await fill(pilot, "10.05")
        await keys(pilot, "down", "right", "ctrl+s", "n", "ctrl+s")
        assert [str(item.amount) for item in form(app).editor.payments][1] == "10.05"
        assert form(app).editor.rest == 0
        before = list(form(app).editor.payments)
        await keys(pilot, "d", "d", "z", "z", "z")  # a letter too many is taken back
        assert form(app).editor.payments == before
        await keys(pilot, "home", "d", "enter", "down")
        await fill(pilot, "20.10")
        await keys(pilot, "ctrl+s")
        assert "left" in said(app, ".sum")
        await keys(pilot, "ctrl+s")
        assert "stays unplanned" in text_of(app)
        await keys(pilot, "y")
        [(_, _, body)] = sent(wire)
        assert body == {
            "schedule": [{"date": "2026-04-16", "amount": 20.1, "paymethod": "ach", "ach_id": ach}]
        }
        [planned] = (await record(app, "invoice", ref))["schedule"]
        assert (planned["ach_id"], planned["amount"], planned["date"]) == (ach, 20.1, "2026-04-16")


@pytest.mark.long
async def test_a_subscription_decides_itself_what_is_charged(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = found(store, OF_SUBSCRIPTION)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        assert "subscription's own method" in text_of(app)
        while form(app).editor.payments:
            await keys(pilot, "d")
        await keys(pilot, "n")
        assert "Charged to" not in text_of(app)
        await keys(pilot, "ctrl+s", "ctrl+s", "y")
        [(_, _, body)] = sent(wire)
        assert [entry.keys() for entry in body["schedule"]] == [{"date", "amount"}]
