"""One line of an invoice: its item, its price, and what is wrong with it."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from cotui.sandbox.database.store import Store
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from cotui.tui.invoice_lines.line_dialog import LineDialog
from cotui.tui.invoice_lines.lines import LineState
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import text_of, type_text
from tests.tui.invoicing import (
    OPEN,
    choose,
    fill,
    form,
    found,
    keys,
    open_invoice,
    record,
    said,
    sent,
    states,
)


async def test_a_line_says_what_makes_no_sense_where_it_stands(app: CotuiApp, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(60, 16)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "enter")
        await fill(pilot, "1,5")
        await keys(pilot, "enter")
        assert "Rate takes a number such as 12" in said(app, "#problem")
        assert said(app, "#subtotal") == "–"
        assert app.focused is not None
        assert app.focused.id == "rate"
        await fill(pilot, "-1.5")
        await keys(pilot, "tab")
        await fill(pilot, "0")
        await keys(pilot, "enter")
        assert "Quantity takes a number above 0" in said(app, "#problem")
        assert app.focused.id == "quantity"
        await keys(pilot, "escape")
        assert isinstance(app.screen, DiscardDialog)
        await keys(pilot, "escape")
        assert app.screen.query_one("#rate", Input).value == "-1.5"
        await keys(pilot, "escape", "y")
        assert states(app)[0] is LineState.KEPT


@pytest.mark.long
async def test_another_item_never_writes_over_what_was_typed(app: CotuiApp, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "n")
        await type_text(pilot, "Domain")
        await keys(pilot, "enter")
        await fill(pilot, "12.34")
        await keys(pilot, "ctrl+t")
        await type_text(pilot, "On-site")
        await keys(pilot, "enter")
        assert said(app, "#item") == "On-site Visit"
        assert app.screen.query_one("#rate", Input).value == "12.34"
        assert said(app, "#note") == "kept as typed: rate"
        await keys(pilot, "enter")
        line = form(app).lines.lines[-1].values
        assert (line.item_id, line.descrip, str(line.rate)) == (15, "On-site Visit", "12.34")


@pytest.mark.long
async def test_without_a_price_in_the_currency_the_rate_is_asked_for(app: CotuiApp, store: Store) -> None:
    ref = found(store, OPEN)
    with store.write() as connection:
        connection.execute("DELETE FROM tiersets WHERE item_id = 8")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "n")
        await type_text(pilot, "Domain")
        await keys(pilot, "enter")
        assert "has no price in USD" in said(app, "#note")
        await keys(pilot, "enter")
        assert isinstance(app.screen, LineDialog)
        assert "Rate takes a number" in said(app, "#problem")


async def test_leaving_the_choice_of_the_item_adds_no_line(app: CotuiApp, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "n", "escape")
        assert isinstance(app.screen, InvoiceForm)
        assert LineState.NEW not in states(app)


@pytest.mark.long
async def test_texts_of_the_server_are_shown_as_they_are_and_kept(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    nasty = "[/x] [@click=app.quit]go[/] \x1b]0;title\x07 a\nb"
    with store.write() as connection:
        connection.execute(
            "UPDATE invoice_lines SET descrip = ?, item_name = ? WHERE invoice_id = ?", (nasty, nasty, ref)
        )
    async with app.run_test(size=(120, 40)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4")
        assert "[/x] [@click=app.quit]go[/]" in text_of(app)
        assert "\x1b" not in text_of(app)
        await keys(pilot, "enter")
        assert "\x1b" not in text_of(app)
        await fill(pilot, "1")
        await keys(pilot, "enter", "ctrl+s", "y")
        [(_, _, body)] = sent(wire)
        assert body["line_items"][0].keys() == {"line_item_id", "line_rate"}
        assert (await record(app, "invoice", ref))["line_items"][0]["descrip"] == nasty
