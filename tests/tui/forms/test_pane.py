"""The fields of a form: moving between them by key and mouse, and what stands in empty ones."""

from __future__ import annotations

from textual.widgets import Input

from tests.tui.asking import Asked
from tests.tui.flow import press, settle, text_of
from tests.tui.writing import Account


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
