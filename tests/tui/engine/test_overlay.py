"""What lies below a dialog is seen around it, stands still, and takes neither keys nor the mouse."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from cotui.tui.base.dialog import Dialog
from cotui.tui.base.line import TextLine
from cotui.tui.engine.frame_batching import BatchedApp, BatchedScreen
from tests.tui.flow import until

pytestmark = pytest.mark.painted


class Under(BatchedScreen[None]):
    """Lines of its own, one of them to be clicked on, that tell its size."""

    clicks = 0

    def compose(self) -> ComposeResult:
        self.line = TextLine("below 0")
        self.link = Static("[@click=screen.clicked]click here[/]")
        self.wide = TextLine()
        yield from (self.line, self.link, self.wide)

    def on_resize(self) -> None:
        self.wide.show("x" * self.size.width)

    def action_clicked(self) -> None:
        self.clicks += 1

    def key_k(self) -> None:
        self.clicks += 1


class Small(Dialog[None]):
    """A box of one word."""

    DEFAULT_CSS = "Small > #box { width: 12; }"

    def __init__(self, word: str, secret: bool = False) -> None:
        super().__init__()
        self.word = TextLine(word)
        self.holds_secret = secret

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield self.word


class Shows(BatchedApp[None]):
    """An app with one screen below."""

    def forget_copies(self) -> None:
        """Nothing was copied."""

    def on_mount(self) -> None:
        self.under = Under()
        self.push_screen(self.under)


def shown(app: Shows) -> list[str]:
    return [line.text.rstrip() for line in app.screen._compositor.render_strips()]


async def test_what_is_below_is_seen_around_the_box_and_stands_still() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        before = shown(app)
        app.push_screen(Small("box"))
        await pilot.pause()
        assert shown(app)[:3] == before[:3] == ["below 0", "click here", "x" * 90]
        assert any("box" in line for line in shown(app))
        app.under.line.show("below 1")
        await pilot.pause()
        assert shown(app)[0] == "below 0"
        assert not app.screen._compositor._dirty_regions
        await pilot.press("escape")
        await pilot.pause()
        assert shown(app)[0] == "below 1"
        assert not any("box" in line for line in shown(app))


async def test_what_is_below_takes_no_keys_and_no_mouse() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(2, 1))
        assert app.under.clicks == 1
        app.push_screen(Small("box"))
        await pilot.pause()
        await pilot.click(offset=(2, 1))
        await pilot.press("k")
        await pilot.hover(offset=(2, 1))
        app.post_message(events.MouseDown(None, 0, 0, 0, 0, 1, False, False, False, 0, 0))
        app.post_message(events.MouseMove(None, 9, 0, 9, 0, 1, False, False, False, 9, 0))
        app.post_message(events.MouseUp(None, 9, 0, 0, 0, 1, False, False, False, 9, 0))
        await pilot.pause()
        assert app.under.clicks == 1
        assert not app.under.selections
        assert not app.screen.get_selected_text()
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("k")
        assert app.under.clicks == 2


async def test_dialogs_lie_over_dialogs_but_none_over_a_secret() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        wide = Small("first box here")
        wide.add_class("wide")
        await app.push_screen(wide)
        wide.query_one("#box").styles.width = 90
        await pilot.pause()
        await app.push_screen(Small("2nd"))
        await pilot.pause()
        both = shown(app)
        assert both[0] == "below 0"
        assert any("2nd" in line and line[:1] == "│" for line in both)
        wide.holds_secret = True
        await app.push_screen(Small("3rd"))
        await pilot.press("escape")
        await pilot.pause()
        lone = shown(app)
        assert lone[0] == "below 0"
        assert not any(line[:1] == "│" for line in lone)
        await pilot.press("escape")
        await pilot.pause()
        assert any("first box here" in line for line in shown(app))


async def test_what_is_below_follows_the_size_and_the_screens_that_are_left() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        first = Small("first")
        await app.push_screen(first)
        first.query_one("#box").styles.offset = (0, 3)
        await app.push_screen(Small("2nd"))
        await pilot.pause()
        for width, height in ((100, 16), (20, 6), (85, 14)):
            await pilot.resize_terminal(width, height)
            lines = ["below 0", "click here", "x" * width][: 1 if height == 6 else 3]
            await until(lambda lines=lines: shown(app)[: len(lines)] == lines)  # type: ignore[misc]
            assert len(shown(app)) == height
            assert any("2nd" in line for line in shown(app))
        assert any("first" in line for line in shown(app))
        first.dismiss(None)
        await pilot.pause()
        await pilot.pause()
        assert not any("first" in line for line in shown(app))
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.under


async def test_it_is_coloured_as_all_is() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        app.push_screen(Small("box"))
        await pilot.pause()

        def colour() -> Any:
            style = next(iter(app.screen._compositor.render_strips()[5])).style
            assert style is not None
            assert style.bgcolor is not None
            return style.bgcolor.triplet

        before = colour()
        app.theme = "textual-light"
        await pilot.pause()
        await pilot.pause()
        assert colour() != before


async def test_a_picture_goes_with_its_dialog() -> None:
    app = Shows()
    async with app.run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        dialog = Small("box")
        await app.push_screen(dialog)
        await pilot.pause()
        assert dialog._picture is not None
        assert dialog.ground is app.under
        await pilot.press("escape")
        await pilot.pause()
        assert getattr(dialog, "_picture", "") is None
        assert dialog.ground is None
