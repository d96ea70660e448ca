"""Lists that are narrowed: keys in the turn in which they are rebuilt, empty lists, options that have gone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key, Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import OptionList

from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.base.choices import Choices, ValueOption
from cotui.tui.base.choose import ChooseDialog
from cotui.tui.engine.frame_batching import BatchedApp, BatchedScreen
from cotui.tui.engine.life import LivingScreen
from cotui.tui.forms.picker import RecordPicker
from cotui.tui.lists.columns_dialog import ColumnsDialog
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.palette import Palette
from tests.tui.flow import settle
from tests.tui.quiet import until_quiet
from tests.tui.turns import turns


class OneList(BatchedApp[None]):
    """An app of one list, and of what was taken from it."""

    def __init__(self) -> None:
        super().__init__()
        self.list: Choices[int] = Choices()
        self.taken: list[int | None] = []

    def get_default_screen(self) -> Screen[None]:
        return BatchedScreen(id="_default")

    def compose(self) -> ComposeResult:
        yield self.list

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.taken.append(self.list.taken(event))

    def fill(self, number: int) -> None:
        self.list.clear_options()
        self.list.add_options([ValueOption(Content(str(at)), at) for at in range(number)])


MOVES: dict[str, Callable[[OneList], object]] = {
    "cleared": lambda app: app.list.clear_options(),
    "one": lambda app: app.fill(1),
    "many": lambda app: app.fill(200),
    "set": lambda app: app.list.set_options([ValueOption(Content("a"), 1)]),
    "removed": lambda app: app.list.remove_option_at_index(0) if app.list.option_count else None,
    "highlighted": lambda app: setattr(app.list, "highlighted", 150),
    "hidden": lambda app: setattr(app.list, "display", not app.list.display),
    "disabled": lambda app: app.list.disable_option_at_index(0) if app.list.option_count else None,
    "no room": lambda app: app.post_message(Resize(Size(1, 1), Size(1, 1))),
    "room": lambda app: app.post_message(Resize(Size(80, 24), Size(80, 24))),
}
ACTIONS = ("page_up", "page_down", "first", "last", "cursor_up", "cursor_down", "select")


@pytest.mark.parametrize(("first", "second"), product(MOVES, MOVES))
async def test_every_key_in_the_turn_of_a_change(first: str, second: str) -> None:
    app = OneList()
    async with app.run_test():
        for move in (first, second):
            MOVES[move](app)
            for action in ACTIONS:
                getattr(app.list, f"action_{action}")()
            await turns(2)
            for action in ACTIONS:
                getattr(app.list, f"action_{action}")()
                assert app.list.marked is None or app.list.marked in app.list.values
        await until_quiet()
    assert app._exception is None


async def test_what_is_gone_is_not_taken() -> None:
    """A line is taken and the list rebuilt before the message about it arrives: it is not the new one of its number."""
    app = OneList()
    async with app.run_test():
        app.fill(3)
        app.list.highlighted = 1
        app.list.action_select()
        app.fill(3)
        await until_quiet()
        assert app.taken == [None]
        app.list.highlighted = 2
        app.list.action_select()
        await until_quiet()
        assert app.taken == [None, 2]


def palette(app: CotuiApp) -> LivingScreen[Any]:
    return Palette()


def menu(app: CotuiApp) -> LivingScreen[Any]:
    return ActionMenu("A user", USER.actions)


def picker(app: CotuiApp) -> LivingScreen[Any]:
    return RecordPicker(app.api, CUSTOMER, title="Customer")


def columns(app: CotuiApp) -> LivingScreen[Any]:
    return ColumnsDialog(USER, ["username", "email"])


def choose(app: CotuiApp) -> LivingScreen[Any]:
    return ChooseDialog("One of these", [("a", "A"), ("b", "B")])


def nothing(app: CotuiApp) -> LivingScreen[Any]:
    return ChooseDialog("None of these", [])


BURSTS = (
    ("question_mark", "ctrl+u", "pageup"),
    ("z", "z", "z", "pagedown", "enter"),
    ("ctrl+u", "pagedown", "up", "home"),
    ("s", "backspace", "pageup", "pageup", "down"),
    ("down", "K", "J", "space", "pageup", "d"),
    ("x", "escape", "escape"),
    ("enter", "enter", "escape"),
)


@pytest.mark.sample(
    "menu-z z z pagedown enter",
    "picker-z z z pagedown enter",
    "palette-s backspace pageup pageup down",
    "columns-down K J space pageup d",
    "menu-enter enter escape",
)
@pytest.mark.parametrize("keys", BURSTS, ids=" ".join)
@pytest.mark.parametrize("make", [palette, menu, picker, columns, choose, nothing])
async def test_keys_at_once_end_nothing(
    app: CotuiApp, make: Callable[[CotuiApp], LivingScreen[Any]], keys: tuple[str, ...]
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for number in (0, 3, 9):
            app.push_screen(make(app))
            await turns(number * 4)
            for key in keys:
                app.post_message(Key(key, key if len(key) == 1 else "?" if key == "question_mark" else None))
                await turns(number)
            if number:
                app.post_message(Resize(Size(60, 12), Size(60, 12)))
            await until_quiet()
            assert app._exception is None
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await until_quiet()
        assert app._exception is None
