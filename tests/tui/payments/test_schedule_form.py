"""Planning the payments of an invoice with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import httpx
import pytest
from textual.widgets import Input

from cotui.sandbox.database.store import Store
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.line import TextLine
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.forms.form import PayloadForm
from cotui.tui.payments.schedule_form import ScheduleForm
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.stores import demo
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import status, text_of
from tests.tui.invoicing import OPEN, choose, fill, found, keys, open_invoice, record, sent

OF_SUBSCRIPTION = (
    "SELECT invoice_id FROM invoices WHERE stage > 1 AND package_id IS NOT NULL AND balance = total"
)


@pytest.fixture
def store() -> Iterator[Store]:
    """Data of its own for every test: they change it."""
    store = demo(20, 1, TODAY)
    yield store
    store.close()


def form(app: CotuiApp) -> ScheduleForm:
    assert isinstance(app.screen, ScheduleForm)
    return app.screen


def said(app: CotuiApp, where: str) -> str:
    return app.screen.query_one(where, TextLine).text


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
async def test_more_than_the_balance_is_not_sent(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        await keys(pilot, "n", "ctrl+s", "n", "down")
        await fill(pilot, "0.01")
        await keys(pilot, "ctrl+s")
        assert "0.01 too much" in said(app, ".sum")
        await keys(pilot, "ctrl+s")
        assert "0.01 more than the balance" in said(app, ".keys")
        assert sent(wire) == []
        await keys(pilot, "s")
        assert "come to the balance already" in said(app, ".keys")
        await keys(pilot, "escape")
        assert isinstance(app.screen, DiscardDialog)
        await keys(pilot, "y")
        assert isinstance(app.screen, RecordScreen)


@pytest.mark.long
async def test_what_was_planned_is_shown_and_nothing_new_is_not_sent(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    with store.write() as connection:
        connection.execute(
            "INSERT INTO invoice_schedule (invoice_id, token, paymethod, date, due_date, amount, balance)"
            " VALUES (?, 't', 'any', '2026-03-01', '2026-03-01', 500, 500)",
            (ref,),
        )
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        assert "2026-03-01" in text_of(app)
        assert "day has passed" in text_of(app)
        await keys(pilot, "ctrl+s")
        assert "Nothing was changed" in text_of(app)
        await keys(pilot, "d", "ctrl+s")
        assert "at least one payment" in said(app, ".keys")
        await keys(pilot, "n", "ctrl+s", "ctrl+s")
        assert "take the place of 1 payment planned before" in text_of(app)
        assert sent(wire) == []


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


async def test_an_invoice_that_nothing_is_due_of_is_not_planned(app: CotuiApp, store: Store) -> None:
    ref = found(store, "SELECT invoice_id FROM invoices WHERE stage = 0")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        assert isinstance(app.screen, RecordScreen)
        assert "nothing is due" in status(app)


@pytest.mark.long
async def test_a_refusal_stands_at_the_payments_and_nothing_is_lost(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    refusal = {"code": 400, "status": "Error", "message": "[/no] such amount", "response": False}
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        await keys(pilot, "n", "ctrl+s", "ctrl+s")
        wire.instead = lambda request: httpx.Response(400, json=refusal) if request.method == "POST" else None
        await keys(pilot, "y", "enter")
        assert said(app, ".keys") == "[/no] such amount"
        assert len(form(app).editor.payments) == 1


@pytest.mark.long
async def test_a_lost_answer_is_sent_once_and_leaves_the_payments(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)

    def lost(request: httpx.Request) -> httpx.Response | None:
        if request.method == "POST":
            raise httpx.ReadTimeout("lost", request=request)
        return None

    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Schedule")
        await keys(pilot, "n", "ctrl+s", "ctrl+s")
        wire.instead = lost
        await keys(pilot, "y", "y", "enter")
        assert "not known whether this was done" in text_of(app)
        assert len(form(app).editor.payments) == 1
        assert len(sent(wire)) == 1


@pytest.mark.long
async def test_methods_that_cannot_be_read_leave_any(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = found(store, OPEN)
    refusal = {"code": 403, "status": "Error", "message": "no", "response": False}
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        wire.instead = lambda request: (
            httpx.Response(403, json=refusal) if request.url.path.endswith("/tokenized") else None
        )
        await choose(pilot, "Schedule")
        assert "could not be read" in text_of(app)
        await keys(pilot, "n")
        assert "Any stored method" in text_of(app)
        assert isinstance(app.focused, Input)
