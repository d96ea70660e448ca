"""What all forms have in common: what is typed stays, and what is told about a field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Input

from cotui.api import Outcome, Write
from cotui.catalog import RESOURCES
from cotui.catalog.editing import editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.base.action_target import read_target
from cotui.tui.forms.draft import FormProblem
from cotui.tui.forms.form import FormScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.asking import Asked
from tests.tui.flow import press, settle, text_of, type_text
from tests.tui.writing import Account, about, asked, form, notes


async def test_resizing_keeps_everything(own: Account) -> None:
    async with own.app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "down")
        await type_text(pilot, "k9")
        for size in ((60, 16), (30, 8), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            await type_text(pilot, "!")
        assert form(own.app).draft.text("external_key").endswith("k9!!!")
        assert "k9!!!" in text_of(own.app)


async def test_the_keys_of_lists_do_not_leave_a_form(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form(own.app).pane.go("invoice_delivery")
        await press(pilot, "1", "2", "q", "n", "right")
        assert form(own.app).draft.text("invoice_delivery") == "On paper"
        await pilot.click("TopBar", offset=(40, 0))
        await settle(pilot)
        assert form(own.app).draft.edited


async def test_the_keys_of_a_form_are_told(own: Account) -> None:
    async with own.app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "f1")
        for words in ("Fields of the form", "Next group", "More fields", "Save"):
            assert words in text_of(own.app)
        await press(pilot, "escape")
        assert form(own.app).pane.active


async def test_hidden_fields_are_a_key_away(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        assert "Custom 1" not in text_of(own.app)
        await press(pilot, "f3")
        assert "Custom 1" in text_of(own.app)
        await type_text(pilot, "mine")
        assert form(own.app).draft.text("custom_1") == "mine"


async def test_over_midnight_a_form_means_the_day_that_it_says(own: Account) -> None:
    days = [own.app.session.today()]
    own.app.session.today = lambda: days[-1]
    form = Asked()
    async with own.app.run_test(size=(60, 16)) as pilot:
        await form.open(pilot)
        assert not form.form.draft.edited
        days.append(days[0] + timedelta(days=1))
        await press(pilot, "down", "down", "down", *"today")
        said = about(own.app)
        assert f"= {form.form.draft.value('day')}," in said


async def test_a_problem_is_told_when_the_field_is_left_and_gone_when_it_is_mended(own: Account) -> None:
    form = Asked()
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        form.form.pane.go("amount")
        await type_text(pilot, "12,50")
        await press(pilot, "down")
        assert "✗ Amount" in text_of(own.app)
        await press(pilot, "up")
        assert "behind a point" in about(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == []
        form.form.pane.show_text("amount", "12.50")
        await pilot.pause()
        assert "✗" not in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == [{"amount": 12.5}]


class WithExtra(FormScreen):
    """A form with a line of its own below the fields."""

    fresh: list[Any] = []  # noqa: RUF012 - looked at by the test below

    def compose_extra(self) -> ComposeResult:
        yield Input(id="extra", compact=True)

    def extra_payload(self) -> dict[str, object]:
        text = self.query_one("#extra", Input).value
        if text == "bad":
            raise FormProblem("extra", "That is bad.")
        return {"bill_addr1": text} if text else {}

    def extra_changed(self) -> bool:
        return bool(self.query_one("#extra", Input).value)


async def with_extra(own: Account, app: CotuiApp) -> WithExtra:
    action = editing(CUSTOMER)
    assert action is not None
    target = await read_target(own.api, RESOURCES["customer"], 1)

    def make(payload: dict[str, object]) -> Write:
        return Write(CUSTOMER, action, 1, payload, target=target.words)

    fields = [item for item in action.payload if item.name in ("company", "bill_city")]
    return WithExtra("Extra", fields, values=target.record.raw, make=make, changed_only=True, target=target)


async def test_widgets_below_the_fields_take_part(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await with_extra(own, own.app)
        ended: list[Outcome | None] = []
        own.app.push_screen(screen, ended.append)
        await settle(pilot)
        await press(pilot, "down", "down")
        assert own.app.focused is screen.query_one("#extra")
        assert about(own.app) == ""
        await press(pilot, "shift+tab")
        assert screen.pane.field is not None
        assert screen.pane.field.name == "bill_city"
        assert screen.pane.active
        await press(pilot, "tab")
        await type_text(pilot, "bad")
        await press(pilot, "escape", "escape")
        await press(pilot, "ctrl+s")
        assert "That is bad." in notes(own.app)
        assert own.app.focused is screen.query_one("#extra")
        screen.query_one("#extra", Input).value = "1 Main St"
        await press(pilot, "ctrl+s")
        await asked(pilot)
        await press(pilot, "y")
        assert [outcome.done for outcome in ended if outcome is not None] == [True]
        record = await own.api.get(CUSTOMER, 1)
        assert record.raw["bill_addr1"] == "1 Main St"


async def test_ctrl_s_pressed_twice_asks_once(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form(own.app).pane.show_text("company", "Twice")
        await pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await settle(pilot)
        await asked(pilot)
        await press(pilot, "escape")
        assert form(own.app).draft.text("company") == "Twice"
        assert own.line.sent == []
