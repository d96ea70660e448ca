"""The line that is edited in a form takes any text whole, and leaves the keys of the form alone."""

from __future__ import annotations

import pytest
from textual import events, on
from textual.widgets import Input

from cotui.tui.forms.form import FormScreen
from cotui.tui.forms.line_input import LONGEST, LineInput
from tests.tui.flow import FAMILY, press, settle, status, type_signs, until
from tests.tui.support import OneWidget
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


class Typed(OneWidget):
    """Counts what counts as typed."""

    changes = 0

    @on(Input.Changed)
    def _changed(self) -> None:
        self.changes += 1


async def test_what_is_stored_is_never_cut_and_opening_it_is_no_typing() -> None:
    line = LineInput()
    app = Typed(line)
    async with app.run_test() as pilot:
        line.open_text("x" * 10_000, secret=False)
        assert (len(line.value), line.max_length) == (10_000, 10_000)
        line.open_text("s3cret", secret=True)
        assert (line.value, line.password, line.max_length) == ("s3cret", True, LONGEST)
        line.open_text("", secret=False)
        assert (line.value, line.password, line.cursor_position) == ("", False, 0)
        await pilot.pause()
        assert app.changes == 0
        await pilot.press("x")
        await pilot.pause()
        assert app.changes == 1


@pytest.mark.parametrize("action", ["scroll_up", "scroll_down", "page_up", "page_down"])
def test_keys_of_the_form_are_left_to_it(action: str) -> None:
    assert not LineInput().check_action(action, ())
    assert LineInput().check_action("cursor_left", ())
