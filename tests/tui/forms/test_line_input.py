"""The line that is edited in a form takes any text whole, and leaves the keys of the form alone."""

from __future__ import annotations

from textual import events

from cotui.tui.forms.form import FormScreen
from cotui.tui.forms.line_input import LineInput
from tests.tui.flow import FAMILY, press, settle, status, type_signs, until
from tests.tui.writing import Account

SIZE = (100, 30)


async def test_joined_emoji_are_typed_whole_into_forms(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form = own.app.screen
        assert isinstance(form, FormScreen)
        assert isinstance(own.app.focused, LineInput)
        before = form.draft.text("company")
        await type_signs(pilot, FAMILY)
        assert form.draft.text("company") == before + FAMILY


async def test_a_paste_that_a_form_s_line_has_no_room_for_is_told(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form = own.app.screen
        assert isinstance(form, FormScreen)
        before = form.draft.text("company")
        own.app.post_message(events.Paste("x" * 10_000))
        await until(lambda: len(form.draft.text("company")) == 4_000)
        assert form.draft.text("company").startswith(f"{before}x")
        told = "10,000 characters were pasted: this line takes 4,000, the rest was left out"
        await until(lambda: told in status(own.app))
