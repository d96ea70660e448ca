"""What Textual does with keys and clicks by itself, decided on one by one: quitting, copying, focus, joiners, pastes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import Input, TextArea

from cotui.tui.engine.pasted import PasteCut
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import FAMILY, press, running, settle, status, text_of, type_signs, until
from tests.tui.writing import Account, account

SIZE = (100, 30)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=3) as opened:
        yield opened


# -- quitting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_a_list_is_quit_at_once(app: CotuiApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await until(lambda: not running(app))


# -- ctrl+c -----------------------------------------------------------------------------------------


async def test_ctrl_c_says_which_key_quits_here(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+c")
        assert status(own.app) == "q quits"
        await press(pilot, "slash", "ctrl+c")
        assert "ctrl+q quits" in status(own.app)
        await press(pilot, "escape", "e", "ctrl+c")
        assert "ctrl+q quits" in status(own.app)


async def test_ctrl_c_copies_what_is_marked_as_everything_is_copied(
    own: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Screen, "get_selected_text", lambda _: "marked")
        await press(pilot, "ctrl+c")
        await until(lambda: "the marked text marked: sent to" in status(own.app))


# -- clicks -----------------------------------------------------------------------------------------


def clicks(app: CotuiApp) -> None:
    """Press the mouse's button all over the screen, and beside it: the keys must go somewhere afterwards."""
    columns, rows = app.size
    for x in (0, 3, columns // 2, columns - 1, columns, columns + 40):
        for y in (*range(rows), rows, rows + 9):
            event = events.MouseDown(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
            app.screen._forward_event(event)
            assert app.focused is not None, (x, y)


@pytest.mark.sample("", "enter", "a", "/")
@pytest.mark.parametrize("keys", ["", "/", "f", "v", "enter", "e", "a", ":", "n", "C", "e X escape", "?"])
async def test_no_click_takes_the_focus_away_from_everything(own: Account, keys: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        if keys:
            await press(pilot, *keys.split())
        clicks(own.app)


async def test_a_click_beside_the_screen_does_nothing(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        for kind in (events.MouseDown, events.MouseUp):
            own.app.post_message(
                kind(None, 300, 100, 0, 0, 1, False, False, False, screen_x=300, screen_y=100)
            )
        await settle(pilot)
        await press(pilot, "down")
        assert isinstance(own.app.screen, BrowseScreen)
        assert own.app.screen.table.cursor == 2


# -- text -------------------------------------------------------------------------------------------


async def test_joined_emoji_are_typed_whole(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        line = own.app.focused
        assert isinstance(line, Input)
        await type_signs(pilot, f"\u200dx\u200d {FAMILY}e\u0301")
        assert line.value == f"x {FAMILY}e\u0301"  # where there is nothing to join it would only be unseen
        assert "\u200d" not in text_of(own.app)
        line.value = ""
        own.app.post_message(events.Paste(f"{FAMILY}\u202e می\u200cخواهم"))
        await settle(pilot)
        assert line.value == f"{FAMILY} می\u200cخواهم"


async def test_a_paste_that_was_cut_is_told(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        own.app.post_message(PasteCut(1234))
        await until(lambda: "the last 1,234 characters of what was pasted were left out" in status(own.app))


async def test_joiners_in_texts_of_several_lines(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        area = TextArea()
        await own.app.screen.mount(area)
        area.focus()
        await settle(pilot)
        await type_signs(pilot, f"\u200d\nä\u200c{FAMILY}")
        assert area.text.strip() == f"ä\u200c{FAMILY}"
