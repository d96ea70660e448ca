"""What acting looks like: menus, questions, forms and answers. The docstrings say what the picture has to show.

Nothing is written: what would change the account is answered by the test. Look at the report before taking a
new picture: `pytest tests/tui/test_action_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from cotui.sandbox.database.store import Store
from cotui.tui.actions.link_dialog import LinkDialog
from cotui.tui.actions.qr_dialog import QrScreen
from cotui.tui.base.session import Session
from tests.tui.conftest import Wire
from tests.tui.pictures import Camera, Compare, Step, picture_api, typing

SIZES = [
    pytest.param((80, 24), id="80x24"),
    pytest.param((120, 40), id="120x40", marks=pytest.mark.long),
]
LINK = "https://example.chargeover.com/r/trans/login/4f0c9d1b7a3e5f8812c6?go=paymethods"

pytestmark = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
async def camera(session: Session, wire: Wire, snap_compare: Compare) -> Camera:
    assert session.api is not None
    await session.api.aclose()
    session.api = picture_api(wire)
    wire.instead = _unless_it_reads(200, True)
    return Camera(session, snap_compare)


def _unless_it_reads(code: int, response: object, message: str = "") -> Any:
    """Requests that would change something get this answer; the others go on to the sandbox."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET":
            return None
        status = "OK" if code < 300 else "Error"
        envelope = {"code": code, "status": status, "message": message, "response": response}
        return httpx.Response(code, text=json.dumps(envelope))

    return answer


def _one(store: Store, sql: str) -> str:
    with store.read() as reader:
        return f"id = {reader.connection.execute(sql).fetchone()[0]}"


@pytest.fixture
def open_invoice(store: Store) -> str:
    """A filter for an invoice of several lines that is not paid, of a customer with a stored card."""
    return _one(
        store,
        "SELECT i.invoice_id FROM invoices i JOIN creditcards c USING (customer_id)"
        " WHERE i.balance > 0 AND i.void_datetime IS NULL"
        " AND (SELECT COUNT(*) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id) > 1 ORDER BY 1 LIMIT 1",
    )


def filtered(tab: str, text: str) -> tuple[Step, ...]:
    """To a list, narrowed to what a filter matches."""
    return (tab, "slash", typing(text), "enter")


def chosen(name: str) -> tuple[Step, ...]:
    """An action of the menu, by its name."""
    return ("a", typing(name), "enter")


def pushed(screen: Screen[Any]) -> Step:
    """Show this dialog, as its flow would."""

    async def step(pilot: Pilot[Any]) -> None:
        await pilot.app.push_screen(screen)

    return step


# -- menus ----------------------------------------------------------------------------------------


def test_menu_of_a_customer(camera: Camera, size: tuple[int, int]) -> None:
    """Everything that can be done to a customer and its main contact; what can't be undone is marked."""
    assert camera.takes("a", size=size)


@pytest.mark.long
def test_menu_of_a_user(camera: Camera, size: tuple[int, int]) -> None:
    """Keys of the frequent actions stand beside them."""
    assert camera.takes("2", "a", size=size)


@pytest.mark.long
def test_menu_of_an_invoice(camera: Camera, size: tuple[int, int]) -> None:
    """Narrowed by what is typed."""
    assert camera.takes("3", "a", typing("pay"), size=size)


# -- questions and answers ----------------------------------------------------------------------------


def test_question(camera: Camera, size: tuple[int, int]) -> None:
    """Who, what, which e-mail to whom, the request; the answer is no unless given."""
    assert camera.takes("2", "p", size=size)


@pytest.mark.long
def test_question_without_emails_on_behalf(camera: Camera, size: tuple[int, int]) -> None:
    """No e-mail goes out, and on whose behalf it is done can be said."""
    assert camera.takes("2", "p", "m", "b", typing("192.0.2.7"), size=size)


@pytest.mark.long
def test_question_before_destroying(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """The invoice's number has to be typed."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("void"), size=size)


@pytest.mark.long
def test_wrong_name_before_destroying(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """Another number than the invoice's sends nothing."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("void"), typing("12 or so"), "enter", size=size)


@pytest.mark.long
def test_refused(camera: Camera, wire: Wire, size: tuple[int, int]) -> None:
    """The server's words, cleaned, and that nothing was changed."""
    wire.instead = _unless_it_reads(400, False, "This user has no \x1b[31mportal access.")
    assert camera.takes("2", "p", "y", size=size)


def test_unknown(camera: Camera, wire: Wire, size: tuple[int, int]) -> None:
    """A lost answer: not known, and what the server says now."""
    wire.instead = _unless_it_reads(500, False, "Something broke.")
    assert camera.takes(*chosen("set inactive"), "y", size=size)


def test_done(camera: Camera, size: tuple[int, int]) -> None:
    """Back in the list, which keeps its place; the last line says what was done."""
    assert camera.takes("2", "down", "down", "p", "y", size=size)


# -- users ------------------------------------------------------------------------------------------


def test_password(camera: Camera, size: tuple[int, int]) -> None:
    """Typed, and hidden."""
    assert camera.takes("2", *chosen("set password"), *"correct", size=size)


@pytest.mark.long
def test_destinations(camera: Camera, size: tuple[int, int]) -> None:
    """Where a login link leads, in words."""
    assert camera.takes("2", "L", "down", "down", size=size)


def test_link_hidden(camera: Camera, size: tuple[int, int]) -> None:
    """The link is a password: it is there, and not shown."""
    dialog = LinkDialog("Login link of Amelia Whitaker", LINK, secret=True, clock=lambda: 0.0)
    assert camera.takes("2", pushed(dialog), size=size)


@pytest.mark.long
def test_link_shown(camera: Camera, size: tuple[int, int]) -> None:
    """Shown on a key, all of it."""
    dialog = LinkDialog("Login link of Amelia Whitaker", LINK, secret=True, clock=lambda: 0.0)
    assert camera.takes("2", pushed(dialog), "s", size=size)


@pytest.mark.long
def test_link_as_qr(camera: Camera, size: tuple[int, int]) -> None:
    """A code that a telephone reads from the screen, or how large the screen has to be for it."""
    assert camera.takes("2", pushed(QrScreen(LINK, lambda: "made 0 s ago")), size=size)


# -- customers ----------------------------------------------------------------------------------------


@pytest.mark.long
def test_contacts(camera: Camera, size: tuple[int, int]) -> None:
    """The customer's contacts, to pick the main one."""
    assert camera.takes(*chosen("set main contact"), size=size)


@pytest.mark.long
def test_pay_method(camera: Camera, store: Store, size: tuple[int, int]) -> None:
    """Stored cards and accounts, masked, and whether existing subscriptions follow."""
    customer = _one(store, "SELECT customer_id FROM creditcards ORDER BY 1 LIMIT 1")
    assert camera.takes(*filtered("1", customer), *chosen("pay method"), size=size)


# -- forms ---------------------------------------------------------------------------------------------


def test_edit_customer(camera: Camera, size: tuple[int, int]) -> None:
    """The fields with their values; the meaning of the one under the cursor in the last line."""
    assert camera.takes("e", "down", "down", size=size)


def test_new_customer(camera: Camera, size: tuple[int, int]) -> None:
    """Nothing given yet, and what is needed marked."""
    assert camera.takes("n", "ctrl+s", size=size)


@pytest.mark.long
def test_edit_user(camera: Camera, size: tuple[int, int]) -> None:
    """A contact's fields."""
    assert camera.takes("2", "e", size=size)


def test_leaving_with_changes(camera: Camera, size: tuple[int, int]) -> None:
    """What was typed is not thrown away without asking."""
    assert camera.takes("n", typing("Test & Co"), "escape", size=size)


@pytest.mark.long
def test_edit_invoice(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """The lines with quantity, rate and live subtotal, one of them removed."""
    assert camera.takes(*filtered("3", open_invoice), "e", "f4", "down", "d", size=size)


@pytest.mark.long
def test_invoice_line(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """One line under edit."""
    assert camera.takes(*filtered("3", open_invoice), "e", "f4", "enter", size=size)


@pytest.mark.long
def test_email_invoice(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """Recipients, subject and text; what is left empty is the template's."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("send by e-mail"), size=size)


@pytest.mark.long
def test_schedule(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """Payments beside the balance."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("schedule"), size=size)


def test_pay_with_stored_method(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """How much would be taken, and from which card."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("pay with stored"), size=size)


@pytest.mark.long
def test_no_card_numbers(camera: Camera, size: tuple[int, int], open_invoice: str) -> None:
    """Why no card number is typed here, and the link to pay by."""
    assert camera.takes(*filtered("3", open_invoice), *chosen("pay with a new card"), size=size)


# -- many --------------------------------------------------------------------------------------------


def test_marks(camera: Camera, size: tuple[int, int]) -> None:
    """Marked rows have a sign, and their number is said."""
    assert camera.takes("space", "down", "space", "space", size=size)


@pytest.mark.long
def test_menu_for_many(camera: Camera, size: tuple[int, int]) -> None:
    """Only what can be done to many."""
    assert camera.takes("space", "space", "space", "a", size=size)


@pytest.mark.long
def test_question_for_many(camera: Camera, size: tuple[int, int]) -> None:
    """The number, a sample, an example of the requests; the number has to be typed."""
    assert camera.takes(*["space"] * 12, *chosen("set inactive"), size=size)


def test_summary_of_many(camera: Camera, wire: Wire, size: tuple[int, int]) -> None:
    """What became of each: done, refused with the reason."""
    done = {"code": 200, "status": "OK", "message": "", "response": True}
    refused = {"code": 400, "status": "Error", "message": "Still has invoices.", "response": False}
    wire.instead = _unless_it_reads(200, {"_bulk": [done, refused, done]})
    assert camera.takes(*["space"] * 3, *chosen("set inactive"), typing("3"), "enter", size=size)


@pytest.mark.long
def test_export_of_many(
    camera: Camera, wire: Wire, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the summary is written to; nothing is written here."""
    monkeypatch.chdir("/")  # the dialog names the directory
    done = {"code": 200, "status": "OK", "message": "", "response": True}
    wire.instead = _unless_it_reads(200, {"_bulk": [done, done]})
    assert camera.takes(*["space"] * 2, *chosen("set inactive"), typing("2"), "enter", "x", size=size)


# -- changed by two ------------------------------------------------------------------------------------


@pytest.mark.long
def test_conflict(camera: Camera, wire: Wire, size: tuple[int, int]) -> None:
    """Somebody else changed the same field meanwhile: as it was, as it is, as it was typed."""

    async def elsewhere(_pilot: Pilot[Any]) -> None:
        def answer(request: httpx.Request) -> httpx.Response | None:
            if request.method != "GET" or not request.url.path.endswith("/customer/1"):
                return None
            record = {"customer_id": 1, "company": "Northwind Analytics Holding", "superuser_id": 1}
            envelope = {"code": 200, "status": "OK", "message": "", "response": record}
            return httpx.Response(200, text=json.dumps(envelope))

        wire.instead = answer

    assert camera.takes("e", typing(" and Sons"), elsewhere, "ctrl+s", size=size)


# -- made anew ----------------------------------------------------------------------------------------


@pytest.mark.long
def test_new_user(camera: Camera, size: tuple[int, int]) -> None:
    """A contact of the customer whose users are listed."""
    assert camera.takes("u", "n", size=size)


@pytest.mark.long
def test_new_invoice(camera: Camera, size: tuple[int, int]) -> None:
    """For the customer it was asked for, with no line yet."""
    assert camera.takes(*chosen("new invoice"), size=size)


@pytest.mark.long
def test_item_is_picked(camera: Camera, size: tuple[int, int]) -> None:
    """Items by name, narrowed while a part of it is typed."""
    assert camera.takes(*chosen("new invoice"), "f4", "n", size=size)


def test_email_customer(camera: Camera, size: tuple[int, int]) -> None:
    """The template, or the welcome message when none is named."""
    assert camera.takes(*chosen("send an e-mail"), size=size)
