"""Making and changing invoices with the keyboard: what is shown, what is sent, and what is refused."""

from __future__ import annotations

import httpx
import pytest
from textual.widgets import Input

from cotui.sandbox.database.store import Store
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from cotui.tui.invoice_lines.lines import LineState
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import front_of, record_page, settle, text_of, type_text
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

# -- making -------------------------------------------------------------------------------------------


@pytest.mark.sample("size0")
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_an_invoice_is_made_with_the_keyboard_and_opened(
    app: CotuiApp, wire: Wire, store: Store, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await keys(pilot, "n", "enter")
        await type_text(pilot, "Cascade")
        await keys(pilot, "enter", "f4", "n")
        assert isinstance(app.screen, RecordPicker)
        await type_text(pilot, "On-site")
        await keys(pilot, "enter")
        assert said(app, "#item") == "On-site Visit"
        assert app.screen.query_one("#rate", Input).value == "180"
        await keys(pilot, "tab")
        await fill(pilot, "2.5")
        assert said(app, "#subtotal") == "450.00 USD before taxes"
        await keys(pilot, "enter")
        assert "450.00" in front_of(app)
        await keys(pilot, "ctrl+s")
        assert "Cascade Robotics, customer 17. Lines: 1 new; 450.00 USD" in " ".join(
            front_of(app).replace("│", " ").split()
        )
        assert sent(wire) == []
        await keys(pilot, "y")
        [(method, path, body)] = sent(wire)
        assert (method, path) == ("POST", "/invoice")
        assert body == {
            "customer_id": 17,
            "date": TODAY.isoformat(),
            "line_items": [
                {"item_id": 15, "descrip": "On-site Visit", "line_rate": 180, "line_quantity": 2.5}
            ],
        }
        page = record_page(app)
        assert page.resource.id == "invoice"
        assert page.record is not None
        made = await record(app, "invoice", page.record.id or 0)
        assert (made["customer_id"], made["subtotal"]) == (17, 450)
        assert made["invoice_id"] == found(store, "SELECT max(invoice_id) FROM invoices")


@pytest.mark.long
async def test_from_the_invoices_of_a_customer_the_new_one_is_theirs(app: CotuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.open_record("customer", 13, tab="customers")
        await settle(pilot)
        await keys(pilot, "i", "n")
        assert form(app).draft.text("customer_id") == "13"
        assert form(app).customer_name == "Redwood Legal Partners"
        assert form(app).editor.blocked == ""
        await keys(pilot, "f4", "n")
        assert isinstance(app.screen, RecordPicker)


async def test_an_invoice_without_lines_is_not_sent(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "n", "enter")
        await type_text(pilot, "Cascade")
        await keys(pilot, "enter", "ctrl+s")
        assert "at least one line" in said(app, ".keys")
        assert app.focused is form(app).editor.table
        assert sent(wire) == []


async def test_the_customer_that_cannot_be_read_is_said_at_the_lines(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "n", "enter")
        await type_text(pilot, "Cascade")
        await settle(pilot)
        wire.instead = lambda request: (
            httpx.Response(403, json={"code": 403, "status": "Error", "message": "no", "response": False})
            if request.url.path.endswith("/customer/17")
            else None
        )
        await keys(pilot, "enter", "f4", "n")
        assert isinstance(app.screen, InvoiceForm)
        assert "currency could not be read" in said(app, ".keys")


# -- changing -----------------------------------------------------------------------------------------


@pytest.mark.long
async def test_only_what_changed_is_sent_and_other_lines_are_kept(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        before = await record(app, "invoice", ref)
        numbers = [line["line_item_id"] for line in before["line_items"]]
        await choose(pilot, "Edit")
        await fill(pilot, "A-1")
        await keys(pilot, "f4", "down", "enter")
        await fill(pilot, "80.05")
        await keys(pilot, "enter", "down", "d", "ctrl+s")
        assert "Lines: " in text_of(app)
        assert "→ 80.05" in text_of(app)
        assert "line_rate" not in text_of(app)
        await keys(pilot, "y")
        kept = [{"line_item_id": number} for number in numbers]
        kept[1]["line_rate"] = 80.05
        assert sent(wire) == [
            ("PUT", f"/invoice/{ref}", {"refnumber": "A-1", "line_items": [*kept[:2], *kept[3:]]})
        ]
        assert isinstance(app.screen, RecordScreen)
        after = await record(app, "invoice", ref)
        assert after["refnumber"] == "A-1"
        assert [line["line_item_id"] for line in after["line_items"]] == [*numbers[:2], *numbers[3:]]
        assert after["line_items"][1]["line_rate"] == 80.05


@pytest.mark.long
async def test_a_field_alone_sends_no_lines(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await fill(pilot, "A-2")
        await keys(pilot, "ctrl+s", "y")
        assert sent(wire) == [("PUT", f"/invoice/{ref}", {"refnumber": "A-2"})]


async def test_leaving_asks_before_edited_lines_are_thrown_away(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "d", "escape")
        assert isinstance(app.screen, DiscardDialog)
        await keys(pilot, "escape")
        assert states(app)[0] is LineState.REMOVED
        await keys(pilot, "escape", "y")
        assert isinstance(app.screen, RecordScreen)
        assert sent(wire) == []


@pytest.mark.long
async def test_lines_that_others_changed_are_shown_before_anything_is_sent(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        numbers = [line["line_item_id"] for line in (await record(app, "invoice", ref))["line_items"]]
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "d")
        with store.write() as connection:
            connection.execute(
                "INSERT INTO invoice_lines (invoice_id, item_id, item_name, line_rate, line_quantity, line_total)"
                " VALUES (?, 8, 'Domain Name', 15000000, 1, 1500)",
                (ref,),
            )
        await keys(pilot, "ctrl+s")
        assert "changed the lines meanwhile" in said(app, ".keys")
        assert "Domain Name" in text_of(app)
        assert sent(wire) == []
        await keys(pilot, "ctrl+s", "y")
        [(_, _, body)] = sent(wire)
        kept = [entry["line_item_id"] for entry in body["line_items"]]
        assert kept[:-1] == numbers[1:]
        assert kept[-1] not in numbers


# -- refusals and faults --------------------------------------------------------------------------------


@pytest.mark.long
async def test_the_lines_of_a_void_invoice_are_refused_at_their_place(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, "SELECT invoice_id FROM invoices WHERE stage = 1")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        assert "This invoice is void" in text_of(app)
        await keys(pilot, "f4", "enter")
        await fill(pilot, "1")
        await keys(pilot, "enter", "ctrl+s", "y")
        assert isinstance(app.screen, ConfirmDialog)
        await keys(pilot, "enter")
        assert said(app, ".keys") == "The line items of a void invoice cannot be changed."
        assert states(app)[0] is LineState.CHANGED
        assert len(sent(wire)) == 1


@pytest.mark.long
async def test_less_than_what_was_paid_is_refused_at_the_lines(app: CotuiApp, store: Store) -> None:
    ref = found(
        store, "SELECT invoice_id FROM invoices WHERE stage = 0 AND total > 1000 AND payments = total"
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        assert "This invoice is paid" in text_of(app)
        await keys(pilot, "f4", "enter")
        await fill(pilot, "0.01")
        await keys(pilot, "enter", "ctrl+s", "y", "enter")
        assert "cannot be less than what is applied" in said(app, ".keys")


@pytest.mark.long
async def test_an_item_that_is_gone_is_refused_at_the_lines_and_another_can_be_chosen(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)
    refusal = {
        "code": 400,
        "status": "Error",
        "message": "Missing or invalid parameter: item_id",
        "response": False,
    }
    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "n")
        await type_text(pilot, "Domain")
        await keys(pilot, "enter", "enter")
        wire.instead = lambda request: httpx.Response(400, json=refusal) if request.method == "PUT" else None
        await keys(pilot, "ctrl+s", "y", "enter")
        assert said(app, ".keys") == refusal["message"]
        wire.instead = None
        await keys(pilot, "enter", "ctrl+t")
        await type_text(pilot, "On-site")
        await keys(pilot, "enter", "ctrl+s", "ctrl+s", "y")
        assert isinstance(app.screen, RecordScreen)
        assert (await record(app, "invoice", ref))["line_items"][-1]["item_name"] == "On-site Visit"


async def test_a_lost_answer_leaves_everything_typed_and_is_sent_once(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)

    def lost(request: httpx.Request) -> httpx.Response | None:
        if request.method == "PUT":
            raise httpx.ReadTimeout("lost", request=request)
        return None

    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "d", "ctrl+s")
        wire.instead = lost
        await keys(pilot, "y", "y", "enter")
        assert "not known whether this was done" in text_of(app)
        assert states(app)[0] is LineState.REMOVED
        assert len(sent(wire)) == 1


@pytest.mark.long
async def test_a_dropped_connection_before_the_form_says_so_and_sends_nothing(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = found(store, OPEN)

    def unreachable(request: httpx.Request) -> httpx.Response | None:
        raise httpx.ConnectError("down", request=request)

    async with app.run_test(size=(80, 24)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, "Edit")
        await keys(pilot, "f4", "d")
        wire.instead = unreachable
        await keys(pilot, "ctrl+s")
        assert "nothing was sent" in text_of(app)
        assert states(app)[0] is LineState.REMOVED
        assert sent(wire) == []
