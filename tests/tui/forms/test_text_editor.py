"""Texts of several lines: pastes are made visible, and the arrows leave at the ends."""

from __future__ import annotations

from textual import events, on
from textual.pilot import Pilot

from cotui.tui.forms.text_editor import TextEditor
from tests.tui.support import OneWidget


class Form(OneWidget):
    """Notes the way in which the text was left, and what was typed."""

    def __init__(self) -> None:
        super().__init__(TextEditor())
        self.left: list[int] = []
        self.changes = 0

    @on(TextEditor.Left)
    def _left(self, event: TextEditor.Left) -> None:
        self.left.append(event.step)

    @on(TextEditor.Changed)
    def _changed(self) -> None:
        self.changes += 1


async def opened(pilot: Pilot[None], text: str) -> TextEditor:
    editor = pilot.app.query_one(TextEditor)
    editor.open_text(text)
    editor.focus()
    await pilot.pause()
    return editor


async def test_the_arrows_leave_at_the_first_and_the_last_line_only() -> None:
    app = Form()
    async with app.run_test(size=(30, 6)) as pilot:
        editor = await opened(pilot, "one\ntwo")
        await pilot.press("down")
        assert (app.left, editor.cursor_location[0]) == ([], 1)
        await pilot.press("down", "shift+down")
        assert app.left == [1], "marking stays in the text"
        await pilot.press("up", "up")
        assert app.left == [1, -1]
        await opened(pilot, "")
        await pilot.press("up", "down")
        assert app.left == [1, -1, -1, 1]


async def test_opening_a_text_is_no_typing() -> None:
    app = Form()
    async with app.run_test(size=(30, 6)) as pilot:
        editor = await opened(pilot, "stored")
        assert (editor.text, app.changes) == ("stored", 0)
        await pilot.press("x")
        await pilot.pause()
        assert app.changes == 1


async def test_a_paste_keeps_its_lines_and_nothing_that_acts_on_a_terminal() -> None:
    app = Form()
    async with app.run_test(size=(30, 6)) as pilot:
        editor = await opened(pilot, "")
        app.post_message(events.Paste("a\r\nb\x1b[2J\u202ec\n"))
        await pilot.pause()
        assert editor.text.rstrip("\n") == "a\nb[2Jc"
