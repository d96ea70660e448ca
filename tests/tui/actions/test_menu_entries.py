"""What the menu of a record and the palette offer by name: the same, for the record that is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cotui.api import Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.actions.menu_entries import commands, entries, entry_named
from cotui.tui.base.action_target import ChosenRecords
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.bulk.bulk_confirm import BulkConfirm
from cotui.tui.forms.form import FormScreen
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from tests.tui.flow import press, record_page, settle, status, text_of, type_text
from tests.tui.writing import Account, account, asked


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers") as made:
        yield made


def titles(own: Account) -> list[str]:
    """Names of the palette's commands, where it would be opened now."""
    return [command.title for command in own.app.get_system_commands(own.app.screen)]


async def take(pilot: Pilot[None], own: Account, title: str) -> None:
    """Run a command of the palette."""
    (command,) = [item for item in own.app.get_system_commands(own.app.screen) if item.title == title]
    command.callback()
    await pilot.pause()
    await settle(pilot)


@pytest.mark.sample("False-new invoice-InvoiceForm", "True-new user-FormScreen")
@pytest.mark.parametrize(("words", "form"), [("new user", FormScreen), ("new invoice", InvoiceForm)])
@pytest.mark.parametrize("from_page", [False, True])
async def test_the_menu_of_a_customer_makes_users_and_invoices_of_it(
    own: Account, words: str, form: type[FormScreen], from_page: bool
) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down")
        if from_page:
            await press(pilot, "enter")
        await press(pilot, "a")
        assert isinstance(own.app.screen, ActionMenu)
        await type_text(pilot, words)
        await press(pilot, "enter")
        screen = own.app.screen
        assert isinstance(screen, form)
        assert screen.draft.text("customer_id") == "2"
        assert own.line.sent == []


async def test_every_action_on_a_record_is_in_the_palette_by_name(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for number, resource in enumerate((CUSTOMER, USER, INVOICE), 1):
            await press(pilot, str(number))
            expected = {f"{resource.label}: {entry.shown.label}" for entry in entries(resource)}
            names = {f"{resource.label}: {action.label}" for action in resource.actions}
            assert names < expected
            for _ in range(2):  # the list, and the page of a record
                found = titles(own)
                assert expected <= set(found)
                assert len(found) == len(set(found))
                assert not {"Edit", "Password", "Login link"} & set(found)
                await press(pilot, "enter")
        assert "Customer of this record" in titles(own)


async def test_the_palette_acts_on_what_was_under_the_cursor_when_it_was_opened(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "down")
        (command,) = [
            item for item in own.app.get_system_commands(own.app.screen) if item.title == "Invoice: Void"
        ]
        row = own.app.screen.acted_on()  # type: ignore[attr-defined]
        await press(pilot, "down")
        command.callback()
        await pilot.pause()
        dialog = await asked(pilot)
        assert (dialog.write.action.name, dialog.write.ref) == ("void", row.refs[0])


@pytest.mark.long
async def test_with_the_keyboard(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "colon")
        for key in "contact: send pass":
            await pilot.press({" ": "space", ":": "colon"}.get(key, key))
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        dialog = await asked(pilot)
        assert dialog.write.resource is USER
        assert dialog.write.action.name == "password"


@pytest.mark.long
async def test_what_is_marked_is_acted_on_together(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "space")
        found = titles(own)
        assert "Customers: Set inactive (2 marked)" in found
        assert not [title for title in found if "Main contact:" in title]
        await take(pilot, own, "Customers: Set inactive (2 marked)")
        assert isinstance(own.app.screen, BulkConfirm)
        await press(pilot, "escape", "U", "home", "space")
        # the cursor is a row further by now
        await take(pilot, own, "Customer: Set inactive (1 marked)")
        assert isinstance(own.app.screen, ConfirmDialog)
        assert own.app.screen.write.ref == 1


async def test_a_customer_without_a_main_contact(own: Account) -> None:
    alone = Record({"customer_id": 1, "superuser_id": None}, "customer_id")
    assert all(entry.relation is None for entry in entries(CUSTOMER, alone))
    assert any(entry.relation is not None for entry in entries(CUSTOMER))
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        with own.store.write() as connection:
            connection.execute("UPDATE customers SET superuser_id = NULL WHERE customer_id = 1")
        screen = own.app.screen
        assert isinstance(screen, FrameScreen)
        own.app.act(screen, CUSTOMER, "contact.password", [1])
        await settle(pilot)
        assert own.app.screen is screen
        assert "has no main contact" in status(own.app)


async def test_a_user_leads_to_the_record_of_its_customer(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "enter")
        last = text_of(own.app).splitlines()[-1]
        assert "a actions" in last
        assert "c customer" in last
        await press(pilot, "c")
        assert record_page(own.app).resource is CUSTOMER


def test_names_are_unique_and_known() -> None:
    for resource in (CUSTOMER, USER, INVOICE):
        found = [entry.name for entry in entries(resource)]
        assert len(found) == len(set(found))
        assert all(entry_named(resource, name).name == name for name in found)
        assert [item.name for item in commands(ChosenRecords(resource, [1]))] == found
    with pytest.raises(KeyError):
        entry_named(USER, "void")


@pytest.mark.long
async def test_paying_many_tells_their_sum(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "3", "slash")
        await type_text(pilot, "status = open")
        await press(pilot, "enter", "space", "space", "space")
        screen = own.app.screen
        refs = screen.acted_on().refs  # type: ignore[attr-defined]
        rows = [(await own.api.get(INVOICE, ref)).raw for ref in refs]
        await take(pilot, own, "Invoices: Pay with stored method (3 marked)")
        shown = " ".join(text_of(own.app).replace("│", " ").split())
        for iso in {row["currency_iso4217"] for row in rows}:
            due = sum(Decimal(str(row["balance"])) for row in rows if row["currency_iso4217"] == iso)
            assert due > 0
            assert f"{due:,.2f} {iso}" in shown
        assert own.line.sent == []
