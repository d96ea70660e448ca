"""Values of a field that are chosen from a list."""

from __future__ import annotations

from tests.tui.flow import press, settle, text_of, type_text
from tests.tui.writing import Account, form


async def test_values_are_chosen_with_the_keyboard(own: Account) -> None:
    async with own.app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        shown = form(own.app)
        shown.pane.go("no_taxes")
        await press(pilot, "space")
        assert shown.draft.text("no_taxes") == "yes"
        assert "[x]" in text_of(own.app)
        await press(pilot, "up", "enter")
        await press(pilot, "down", "enter")
        assert shown.draft.text("dunning_delivery") == "On paper"
        shown.pane.go("bill_country")
        await press(pilot, "f2")
        await type_text(pilot, "Ireland")
        await press(pilot, "enter")
        assert shown.draft.text("bill_country") == "Ireland"
        shown.pane.go("class_id")
        await press(pilot, "f2", "enter")
        assert shown.draft.text("class_id")
        await press(pilot, "delete")
        assert shown.draft.text("class_id") == ""


async def test_the_main_contact_is_picked_from_the_customers_own_users(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form(own.app).pane.go("superuser_id")
        await press(pilot, "enter")
        from cotui.tui.forms.picker import RecordPicker

        assert isinstance(own.app.screen, RecordPicker)
        users = own.app.screen.rows
        assert users
        assert all(row.raw["customer_id"] in (1, "1") for row in users)


async def test_the_type_of_a_user_is_offered_from_what_others_have(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        form(own.app).pane.go("user_type_id")
        await press(pilot, "f2")
        assert "Billing (no. 1)" in text_of(own.app)
        await press(pilot, "escape")
        assert not form(own.app).draft.edited
