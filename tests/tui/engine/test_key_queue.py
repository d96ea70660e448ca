"""Keys that arrive together reach what the keys before them opened."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from cotui.tui.engine import key_queue
from cotui.tui.engine.key_queue import KeyDone, KeyQueueApp
from cotui.tui.engine.life import LivingScreen


class Rows(Widget, can_focus=True):
    """Counts the letters it gets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "app.search"),
        Binding("d", "app.drop"),
        Binding("m", "app.dialog"),
    ]

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character.isupper():
            self.app.heard += event.character  # type: ignore[attr-defined]


class Dialog(ModalScreen[None]):
    """Takes letters too, and closes with x."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "close")]

    def compose(self) -> ComposeResult:
        yield Input()

    def action_close(self) -> None:
        self.dismiss()


class Deaf(Input):
    """Its queue closes with the word in it that a key has been dealt with."""

    def post_message(self, message: Message) -> bool:
        return isinstance(message, KeyDone) or super().post_message(message)


class Leaving(LivingScreen[None]):
    """Is left while it has a key."""

    def compose(self) -> ComposeResult:
        yield Deaf()


class Small(KeyQueueApp[None]):
    """A list with a line above it, as in cotui: / goes to the line, Enter back to the list."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = ""
        self.begun = 0

    def compose(self) -> ComposeResult:
        yield Input(id="line", select_on_focus=False)
        yield Rows(id="rows")
        yield Rows(id="more")

    def on_mount(self) -> None:
        self.query_one("#rows").focus()

    def key_begins(self) -> None:
        self.begun += 1

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.query_one("#rows").focus()

    def action_search(self) -> None:
        self.query_one("#line").focus()

    async def action_drop(self) -> None:
        await self.query_one("#rows").remove()

    def action_dialog(self) -> None:
        self.push_screen(Dialog())


_NAMES = {"/": "slash", "\r": "enter"}


async def at_once(pilot: Pilot[None], keys: str) -> None:
    """All keys in one packet."""
    for char in keys:
        pilot.app.post_message(events.Key(_NAMES.get(char, char), None if char == "\r" else char))
    for _ in range(len(keys) + 2):
        await pilot.pause()


async def test_letters_behind_a_key_that_moves_the_focus_go_there() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await at_once(pilot, "A/XyZ")
        assert app.query_one(Input).value == "XyZ"
        assert app.heard == "A"
        assert app.begun == 5


async def test_what_follows_enter_goes_where_enter_leads() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await at_once(pilot, "/one\rAB/ two\rC")
        assert app.query_one(Input).value == "one two"
        assert app.heard == "ABC"


async def test_a_widget_that_goes_away_under_a_key_does_not_stop_the_others() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await at_once(pilot, "AdB/C")
        assert "A" in app.heard
        assert app.query_one(Input).value.endswith("C")


async def test_letters_behind_a_key_that_opens_a_dialog_go_into_it() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await at_once(pilot, "mABC")
        assert isinstance(app.screen, Dialog)
        assert app.screen.query_one(Input).value == "ABC"
        assert app.heard == ""


async def test_keys_do_not_wait_for_a_screen_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_queue, "PATIENCE", 60.0)
    app = Small()
    async with app.run_test() as pilot:
        leaving = Leaving()
        await app.push_screen(leaving)
        await pilot.pause()
        await at_once(pilot, "BC")
        assert len(app._typed) == 2, "there is nothing to wait for, so this shows nothing"
        leaving.dismiss()
        for _ in range(6):
            await pilot.pause()
        assert app.heard == "C"
        await at_once(pilot, "A")
        assert app.heard == "CA"


async def test_a_paste_waits_its_turn() -> None:
    app = Small()
    async with app.run_test() as pilot:
        app.post_message(events.Key("slash", "/"))
        app.post_message(events.Paste("pasted"))
        for _ in range(4):
            await pilot.pause()
        assert app.query_one(Input).value == "pasted"
