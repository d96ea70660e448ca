"""A dialog says how long is waited, forgets its secrets, and takes no more room than there is."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import ComposeResult

from cotui.tui.base.dialog import Dialog, ScrollingDialog
from cotui.tui.base.line import TextBlock, TextLine
from cotui.tui.engine.frame_batching import BatchedApp


class Sized(ScrollingDialog[None]):
    """Lines that stay around a middle of some lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.middle = TextBlock("\n".join("x" * lines), id="middle")

    def compose(self) -> ComposeResult:
        with self.box:
            yield TextLine("above")
            yield self.middle
            yield TextLine("below")


class Shows(BatchedApp[None]):
    """An app for dialogs that notes when copies are forgotten."""

    forgotten = 0

    def forget_copies(self) -> None:
        self.forgotten += 1


async def test_it_fills_the_screen_only_where_its_text_needs_that() -> None:
    app = Shows()
    async with app.run_test(size=(40, 12)) as pilot:
        for lines, full in ((1, False), (8, False), (9, True), (200, True)):
            dialog = Sized(lines)
            await app.push_screen(dialog)
            await pilot.pause()
            assert dialog.has_class("full") is full
            assert all(line.region in dialog.box.region for line in dialog.query(TextLine))
            await pilot.resize_terminal(40, 6)
            await pilot.pause()
            assert dialog.has_class("full") is (lines > 1)
            assert all(line.region in dialog.box.region for line in dialog.query(TextLine))
            assert dialog.box.region.bottom <= 6
            await pilot.resize_terminal(40, 12)
            dialog.dismiss(None)


async def test_a_wait_is_said_on_a_line_of_its_own_while_it_lasts() -> None:
    app = Shows()
    async with app.run_test(size=(40, 12)) as pilot:
        dialog = Dialog[None]()
        dialog.show_wait("too early")
        await app.push_screen(dialog)
        dialog.show_wait("")
        assert not dialog.query("#waiting")
        dialog.show_wait("waiting 3 s [/]")
        await pilot.pause()
        line = dialog.query_one("#waiting", TextLine)
        assert (line.text, line.region.y) == ("waiting 3 s [/]", 11)
        dialog.show_wait("")
        assert not line.display
        dialog.dismiss(None)
        dialog.show_wait("too late")
        assert line.text == ""


@pytest.mark.parametrize("secret", [False, True])
async def test_only_a_dialog_with_a_secret_takes_its_copies_along(secret: bool) -> None:
    app = Shows()
    async with app.run_test() as pilot:
        app._clipboard = "before"
        dialog = Dialog[Any]()
        dialog.holds_secret = secret
        await app.push_screen(dialog)
        app._clipboard = "s3cret"
        await pilot.press("escape")
        await pilot.pause()
        assert (app.clipboard, app.forgotten) == (("before", 1) if secret else ("s3cret", 0))
