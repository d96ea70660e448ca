"""E-mails to customers: who gets what is said before it goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.forms.form import FormScreen
from cotui.tui.lists.browse import BrowseScreen
from tests.tui.flow import press, settle, status, type_text
from tests.tui.secrecy import act, flat, yes
from tests.tui.writing import Account, account, asked


async def _contact(own: Account) -> str:
    """Whom invoice 1 goes to by default."""
    invoice = (await own.api.get(INVOICE, 1)).raw
    email = (await own.api.get(CUSTOMER, invoice["customer_id"])).raw["superuser_email"]
    assert isinstance(email, str)
    return email


async def test_an_invoice_with_nothing_filled_in_goes_to_the_contact(tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        contact = await _contact(own)
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, "email", 1)
            assert isinstance(own.app.screen, FormScreen)
            assert contact in flat(own.app)
            await press(pilot, "ctrl+s")
            await asked(pilot)
            assert f", to {contact}" in flat(own.app)
            await yes(pilot)
            assert isinstance(own.app.screen, BrowseScreen)
            assert "done: Send by e-mail" in status(own.app)
            assert own.line.sent[0].url.path == "/api/v3/invoice/1/_action/email"
            assert own.line.sent[0].content in (b"", b"{}")


@pytest.mark.long
async def test_every_receiver_is_named(tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        async with own.app.run_test(size=(80, 40)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, "email", 1)
            for text in ("to@example.com", "cc@example.com", "bcc@example.com", "Your [invoice]"):
                await type_text(pilot, text)
                await press(pilot, "down")
            await press(pilot, "ctrl+s")
            await asked(pilot)
            for words in (
                ", to to@example.com",
                "copy to cc@example.com",
                "hidden copy to bcc@example.com",
            ):
                assert words in flat(own.app)
            await yes(pilot)
            assert json.loads(own.line.sent[0].content) == {
                "email": "to@example.com",
                "cc": "cc@example.com",
                "bcc": "bcc@example.com",
                "subject": "Your [invoice]",
            }


async def test_what_is_no_address_is_not_sent(tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, "email", 1)
            await type_text(pilot, "nobody at all")
            await press(pilot, "ctrl+s")
            assert isinstance(own.app.screen, FormScreen)
            assert "address" in flat(own.app)
            assert own.line.sent == []


@pytest.mark.parametrize("fault", ["400", "dropped after"])
async def test_after_a_failure_the_form_is_still_there(fault: str, tmp_path: Path) -> None:
    with account(tmp_path, screen="invoices") as own:
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, INVOICE, "email", 1)
            await type_text(pilot, "to@example.com")
            own.line.fault = fault
            await press(pilot, "ctrl+s")
            await yes(pilot)
            assert isinstance(own.app.screen, ConfirmDialog)
            await press(pilot, "enter")
            assert isinstance(own.app.screen, FormScreen)
            assert "to@example.com" in flat(own.app)
            assert len(own.line.sent) == 1


@pytest.mark.parametrize(
    ("typed", "said", "body"),
    [("", "The welcome message, to", None), ("7", "message template 7, to", {"message_id": 7})],
)
async def test_a_template_to_a_customer(typed: str, said: str, body: object, tmp_path: Path) -> None:
    with account(tmp_path, screen="customers") as own:
        contact = (await own.api.get(CUSTOMER, 1)).raw["superuser_email"]
        async with own.app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await act(pilot, CUSTOMER, "email", 1)
            assert "documentation describes this call without its name" in flat(own.app)
            await type_text(pilot, typed)
            await press(pilot, "ctrl+s")
            await asked(pilot)
            assert f"{said} {contact}" in flat(own.app)
            await yes(pilot)
            assert "done: Send an e-mail" in status(own.app)
            sent = own.line.sent[0].content
            assert (json.loads(sent) if sent else None) == body
