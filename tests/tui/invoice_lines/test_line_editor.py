"""The lines of an invoice in its form: what becomes of each, and when one can be added."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.store import Store
from cotui.tui.invoice_lines.lines import LineState
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import text_of, type_text
from tests.tui.invoicing import OPEN, choose, fill, form, found, keys, open_invoice, said, states


async def test_lines_wait_for_the_customer_whose_currency_decides_the_price(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "n", "f4", "n")
        assert "choose the customer first" in said(app, ".keys")
        await keys(pilot, "ctrl+s")
        assert "Customer is needed" in text_of(app)
        assert form(app).pane.active
        await keys(pilot, "enter")
        await type_text(pilot, "Twin")
        await keys(pilot, "enter", "f4", "n")
        await type_text(pilot, "On-site")
        await keys(pilot, "enter")
        assert said(app, "#subtotal").endswith("CAD before taxes")


@pytest.mark.long
async def test_each_line_says_what_becomes_of_it(app: CotuiApp, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(100, 40)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "d")
        assert states(app)[:2] == [LineState.REMOVED, LineState.KEPT]
        await keys(pilot, "d")
        assert states(app)[0] is LineState.KEPT
        await keys(pilot, "enter")
        await fill(pilot, "1")
        await keys(pilot, "enter")
        assert states(app)[0] is LineState.CHANGED
        assert "1 changed" in said(app, ".sum")
        await keys(pilot, "n")
        await type_text(pilot, "Domain")
        await keys(pilot, "enter", "enter")
        assert states(app)[-1] is LineState.NEW
        shown = text_of(app)
        assert all(f" {word} " in shown for word in ("kept", "changed", "new"))
        await keys(pilot, "home", "z")
        assert states(app)[0] is LineState.KEPT
