"""A screen is painted once for what belongs together, and waits for nothing for long."""

from __future__ import annotations

import asyncio

import pytest
from textual import events

from cotui.tui.base.dialog import Dialog
from cotui.tui.engine import frame_batching as one_frame
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, settle
from tests.tui.painting import move_pointer

pytestmark = pytest.mark.painted

SIZE = (120, 40)
WIDTH, HEIGHT = SIZE


async def test_a_pressed_button_still_drags_the_scrollbar(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        x = WIDTH - 1
        app.post_message(events.MouseDown(None, x, 4, 0, 0, 1, False, False, False, x, 4))
        await pilot.pause()
        move_pointer(app, x, 20, button=1)
        await settle(pilot)
        assert browse(app).table.scroll_offset.y > 0


@pytest.mark.parametrize("keys", [(), ("3",), ("enter",), ("a",), ("colon",), ("slash", "c")])
async def test_no_widget_keeps_the_screen_waiting(app: CotuiApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert isinstance(app.screen, one_frame.BatchedScreen)
        assert not app.screen._queued()
        assert app.screen._due is None


async def test_painting_waits_no_longer_than_it_may(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A widget that is busy for long doesn't keep the screen from being painted."""
    painted = asyncio.Event()
    paint = one_frame.BatchedScreen._paint

    def note(screen: one_frame.BatchedScreen[None]) -> None:
        paint(screen)
        painted.set()

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen = browse(app)
        gate = asyncio.Event()
        screen.bar.call_later(gate.wait)
        await asyncio.sleep(0)
        screen.bar.call_later(screen.say, "")  # waits behind it
        monkeypatch.setattr(one_frame.BatchedScreen, "_paint", note)
        try:
            async with asyncio.timeout(5):
                screen.say("painted meanwhile")
                await painted.wait()
            assert screen._queued()
            assert not screen._compositor._dirty_regions
        finally:
            gate.set()


async def test_a_notification_finds_its_place_when_there_is_one(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        assert not app.screen.query("ToastRack")
        app.notify("press q to quit")
        await settle(pilot)
        assert "quit" in str(app.screen.query_one("Toast").render())


async def test_another_theme_reaches_every_screen(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "1")
        before = browse(app).table.rich_style
        app.theme = "textual-light"
        await settle(pilot)
        assert browse(app).table.rich_style != before
        light = browse(app).table.rich_style
        await press(pilot, "3")
        assert browse(app).table.rich_style == light
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Dialog)
        assert app.screen.styles.background.brightness > 0.5
