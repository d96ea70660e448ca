"""Planning the payments of an invoice with the keyboard."""

from __future__ import annotations

import httpx
import pytest
from textual.widgets import Input

from cotui.sandbox.database.store import Store
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.payments.schedule_form import ScheduleForm
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import status, text_of
from tests.tui.invoicing import OPEN, choose, fill, found, keys, open_invoice, said, sent


def form(app: CotuiApp) -> ScheduleForm:
    assert isinstance(app.screen, ScheduleForm)
    return app.screen


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
