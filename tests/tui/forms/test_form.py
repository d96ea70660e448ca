"""Forms as such: every kind of field, keys and mouse, hooks for widgets of one's own, forms that only ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.api import Outcome, Write
from cotui.catalog import RESOURCES
from cotui.catalog.choices import DELIVERY
from cotui.catalog.editing import editing
from cotui.catalog.field import Field, FieldType
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.base.action_target import read_target
from cotui.tui.forms.draft import FormProblem
from cotui.tui.forms.form import FormScreen, PayloadForm
from cotui.tui.shell.app import CotuiApp
from tests.tui.actions.test_records import about, form, notes
from tests.tui.flow import press, settle, text_of, type_text
from tests.tui.writing import Account, account, asked


def made(name: str, kind: FieldType, **more: Any) -> Field:
    return Field(name, kind, name.capitalize(), f"Meaning of {name}.", more.pop("group", "One"))._replace(
        **more
    )


FIELDS = (
    made("title", FieldType.TEXT),
    made("body", FieldType.MULTILINE),
    made("amount", FieldType.MONEY),
    made("day", FieldType.DATE, group="Two"),
    made("way", FieldType.ENUM, choices=DELIVERY, group="Two"),
    made("sure", FieldType.BOOLEAN, group="Two"),
    made("code", FieldType.TEXT, secret=True, group="Three"),
    made("lines", FieldType.OBJECTS, group="Three"),
)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=3) as opened:
        yield opened


class Asked:
    """A form that only asks, and what it gave back."""

    def __init__(self, **more: Any) -> None:
        self.form = PayloadForm("Ask [/]", FIELDS, **more)
        self.answers: list[dict[str, object] | None] = []

    async def open(self, pilot: Pilot[None]) -> None:
        await settle(pilot)
        pilot.app.push_screen(self.form, self.answers.append)
        await settle(pilot)


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


async def test_every_kind_of_field_gives_its_kind_of_value(own: Account) -> None:
    form = Asked(required=["title"], notes=["A note [b]"])
    async with own.app.run_test(size=(60, 16)) as pilot:
        await form.open(pilot)
        assert "Ask [/]" in text_of(own.app)
        assert "A note [b]" in text_of(own.app)
        assert "Title*" in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert "Title is needed" in about(own.app)
        await press(pilot, "H", "i", "enter")
        await press(pilot, "a", "enter", "b", "down", "1", "2", ".", "5", "0", "tab")
        await press(pilot, "+", "1", "d")
        assert "= 2026-03-17, Tuesday" in about(own.app)
        await press(pilot, "down")
        assert form.form.draft.text("day") == "2026-03-17"
        await press(pilot, "right", "right", "left", "down", "space", "down", "s", "3", "c")
        assert "s3c" not in text_of(own.app)
        assert "•••" in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == [
            {
                "title": "Hi",
                "body": "a\nb",
                "amount": 12.5,
                "day": "2026-03-17",
                "way": "email",
                "sure": True,
                "code": "s3c",
            }
        ]
        assert own.line.sent == []


async def test_values_given_beforehand_are_given_back_and_secrets_start_empty(own: Account) -> None:
    form = Asked(values={"title": "T", "code": "hidden", "body": "x\ny\nz\nw"})
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        assert "hidden" not in text_of(own.app)
        await press(pilot, "ctrl+s")
        assert form.answers == [{"title": "T", "body": "x\ny\nz\nw"}]


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


async def test_groups_and_ends(own: Account) -> None:
    form = Asked()
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        pane = form.form.pane
        seen = []
        for key in ("pagedown", "pagedown", "pageup", "pageup", "up", "down", "shift+tab"):
            await press(pilot, key)
            assert pane.field is not None
            seen.append(pane.field.name)
        assert seen == ["day", "code", "day", "title", "code", "title", "code"]


async def test_the_mouse_moves_and_ticks(own: Account) -> None:
    form = Asked()
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        pane = form.form.pane
        index = pane.rows.index("sure")
        assert index is not None
        await pilot.click("#fields", offset=(30, pane.rows.top(index)))
        await settle(pilot)
        assert form.form.draft.text("sure") == "yes"
        await pilot.click("#fields", offset=(2, 1))
        await settle(pilot)
        assert pane.field is not None
        assert pane.field.name == "title"
        assert isinstance(own.app.focused, Input)


async def test_what_is_left_empty_can_be_said(own: Account) -> None:
    form = Asked(placeholders={"title": "the standard [title]", "amount": "all of it"})
    async with own.app.run_test(size=(80, 24)) as pilot:
        await form.open(pilot)
        assert "the standard [title]" in text_of(own.app)
        await press(pilot, "down")
        assert "the standard [title]" in text_of(own.app)
        assert "all of it" in text_of(own.app)


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
