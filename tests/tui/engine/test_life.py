"""A screen may be left in any turn of the event loop: nothing comes after it, and nothing waits for it.

By default a few pairs of a screen and a way of leaving it are tried, the same in every run. The long form tries each
pair, in turns that are others when the code is; two minutes in all. More by hand, with other turns each time or those
that a failure names:

    TESTS_TURNS=12 TESTS_SEED=any python -m pytest -m long tests/tui/engine/test_life.py
"""

from __future__ import annotations

import os
import random
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

import pytest
from textual.screen import Screen

from cotui.catalog import RESOURCES
from cotui.tui.actions.menu_entries import entries
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.engine.frame_batching import BatchedScreen
from cotui.tui.forms.discard import unfinished
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.help import keys_of
from cotui.tui.shell.palette import commands_on
from tests.depth import full, seed
from tests.tui.quiet import until_quiet
from tests.tui.turns import (
    ENDING,
    LEAVING,
    SIZE,
    Desk,
    assert_sound,
    back,
    desk,
    press,
    turns,
)

#: turns from one thing to the next: more than any screen needs to be made, or to go
MOST: Final = 44
#: in the earlier ones the most is done: half of all tries are among them
EARLY: Final = 12
#: the short form tries one of so many pairs of a screen and a way of leaving it; or of ending the program, which is
#: dearer, since the next needs another app
SHARE: Final = 28
SHARE_ENDED: Final = 50
#: the long form tries each pair in so many turns
TURNS: Final = int(os.environ.get("TESTS_TURNS", "1"))
#: which ones
SEED: Final = seed()


def keys(*names: str) -> Callable[[Desk], Awaitable[None]]:
    """A screen that keys open."""

    async def opened(at: Desk) -> None:
        press(at.app, *names)

    return opened


def ready(*names: str, then: tuple[str, ...] = ()) -> Callable[[Desk], Awaitable[None]]:
    """A screen that keys open and that has been read; the gate is shut for what comes then."""

    async def opened(at: Desk) -> None:
        at.gate.open()
        for name in names:
            press(at.app, name)
            await _answered(at.app)
        at.gate.shut()
        press(at.app, *then)

    return opened


def offer(resource_id: str, name: str, *, answered: bool, then: tuple[str, ...] = ()) -> Any:
    """The first dialog of an action, before or after what it reads first has been read."""

    async def opened(at: Desk) -> None:
        app = at.app
        assert isinstance(app.screen, BrowseScreen)
        record = app.screen.table.record
        assert record is not None
        if answered:
            at.gate.open()
        app.act(app.screen, RESOURCES[resource_id], name, [record.id])
        if answered:
            await _answered(app)
            at.gate.shut()
            press(app, *then)

    return opened


async def _answered(app: CotuiApp) -> None:
    await until_quiet()
    for _ in range(20):
        if not app.acting and app.is_running:
            break
        await until_quiet()


OPENINGS: Final[dict[str, tuple[str, Callable[[Desk], Awaitable[None]]]]] = {
    "record": ("customers", keys("enter")),
    "related list": ("customers", keys("i")),
    "related list of a record": ("customers", ready("enter", then=("u",))),
    "record of a record": ("invoices", ready("enter", then=("c",))),
    "next record": ("customers", ready("enter", then=("right_square_bracket",))),
    "record again": ("users", ready("enter", then=("r",))),
    "report": ("reports", keys("enter")),
    "list of a report": ("reports", ready("enter", then=("r",))),
    "refresh": ("users", keys("r")),
    "filter": ("customers", keys("slash", "i", "d", "space", "greater_than_sign", "space", "1", "enter")),
    "find": ("customers", keys("f", "a")),
    "find, kept": ("customers", keys("f", "a", "enter")),
    "mark all": ("customers", keys("A", "A")),
    "preview": ("invoices", keys("v")),
    "copy": ("customers", ready("enter", then=("y",))),
    "columns": ("users", keys("C")),
    "columns moved": ("users", ready("C", then=("J", "space"))),
    "help": ("users", keys("question_mark")),
    "palette": ("users", keys("colon")),
    "palette, typed": ("users", keys("colon", "q", "ctrl+u", "pageup", "question_mark", "pagedown")),
    "themes": ("users", ready("colon", then=("t", "h", "e", "m", "enter"))),
    "menu": ("users", keys("a")),
    "menu, typed": ("users", ready("a", then=("s", "e", "ctrl+u", "pageup", "x", "down", "enter"))),
    "new customer": ("customers", keys("n")),
    "new user, customer picked": ("users", ready("n", then=("f2", "a", "pageup", "ctrl+u", "enter"))),
    "new invoice": ("invoices", keys("n")),
    "typed form": ("users", ready("e", then=("down", "x", "escape"))),
    "saved form": ("users", ready("e", then=("x", "ctrl+s"))),
    "line": ("invoices", ready("e", then=("f4", "n"))),
    "line, item chosen": ("invoices", ready("e", "f4", "n", then=("enter",))),
    "password": ("users", ready("p", then=())),
    "password made up": (
        "users",
        offer("user", "setPassword", answered=True, then=("ctrl+g", "ctrl+y", "ctrl+s")),
    ),
    "link": ("users", ready("L", then=("enter",))),
    "link made": ("users", ready("L", "enter", then=("y",))),
    "deleted": ("users", offer("user", "delete", answered=True, then=("tab", "y"))),
    "sent": ("users", offer("user", "password", answered=True, then=("y",))),
    "sent, covered": ("users", offer("user", "password", answered=True, then=("y", "question_mark"))),
    "sent by e-mail": ("invoices", offer("invoice", "email", answered=True, then=("ctrl+s", "y"))),
    "many": ("invoices", ready("space", "space", "a", then=("enter",))),
    "many, confirmed": ("users", ready("space", "space", "a", "enter", then=("2", "enter"))),
} | {
    f"{resource_id}.{item.name}{'' if answered else ', read'}": (
        f"{resource_id}s",
        offer(resource_id, item.name, answered=answered),
    )
    for resource_id in ("customer", "user", "invoice")
    for item in entries(RESOURCES[resource_id])
    for answered in (True, False)
}


class Try(NamedTuple):
    """How a screen is left: what comes first, its answer or the leaving, and turns between them."""

    name: str
    how: str
    first: str
    number: int

    def __str__(self) -> str:
        return f"{self.name}, left by {self.how}; the {self.first} came first, then {self.number} turns; seed {SEED}"


def tries(name: str, how: str) -> Iterator[Try]:
    """Those of a pair in this run, which are the same whatever else is run."""
    pair = crc32(f"{name} {how}".encode())
    dice = random.Random(pair + SEED)
    share = SHARE_ENDED if how in ENDING else SHARE
    for _ in range(TURNS if full() else pair % share == 0):
        yield Try(
            name,
            how,
            dice.choice(("answer", "leaving")),
            dice.randrange(dice.choice((EARLY, MOST))),
        )


async def left_in_turn(at: Desk, how: Callable[[CotuiApp], object], case: Try) -> None:
    """Open a screen and leave it so many turns before its answer comes, or after."""
    _, opening = OPENINGS[case.name]
    number = case.number
    at.gate.shut()
    await opening(at)
    if case.first == "answer":
        await turns(3 + number // 4)  # while it is asked for and made
        at.gate.open()
        await turns(number)
        how(at.app)
    else:
        await turns(number)
        how(at.app)
        await turns(number % 7)
        at.gate.open()
    await turns(number)


def _all_or_one(ways: list[str]) -> str:
    return ways[0] if len(ways) == 1 else "each"


async def _stays(_: CotuiApp) -> None:
    """A key that was meant for what was left may quit; that is tried by itself."""


@pytest.mark.deep
@pytest.mark.parametrize("ways", [[how] for how in LEAVING] if full() else [[*LEAVING]], ids=_all_or_one)
async def test_a_screen_can_be_left_in_any_turn(
    ways: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CotuiApp, "action_quit", _stays)
    with desk(tmp_path, "customers") as at:
        async with at.app.run_test(size=SIZE, notifications=True):
            await until_quiet()
            names = sorted(OPENINGS, key=lambda name: OPENINGS[name][0])
            for case in [case for name in names for how in ways for case in tries(name, how)]:
                home, _ = OPENINGS[case.name]
                try:
                    if at.app.current_mode != home:
                        await back(at, home)
                    await left_in_turn(at, LEAVING[case.how], case)
                    await back(at, home)
                    assert_sound(at.app)
                except BaseException as fault:
                    fault.add_note(str(case))
                    raise


def _asked(screen: Screen[Any]) -> None:
    """All that others ask a screen about itself."""
    keys_of(screen)
    assert isinstance(screen.app, CotuiApp)
    list(commands_on(screen.app, screen))
    if isinstance(screen, FrameScreen):
        screen.show_hints()
        screen.help_notes()
        screen.about("customer")
        screen.waits_for("down")
        screen.records_changed()
    if isinstance(screen, BatchedScreen):
        assert not screen.typed
    assert unfinished([screen]) == []


@pytest.mark.deep
@pytest.mark.parametrize("home", sorted({home for home, _ in OPENINGS.values()}))
async def test_a_screen_can_be_asked_before_it_is_made(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[Screen[Any], str] = {}
    push = CotuiApp.push_screen

    def pushed(app: CotuiApp, screen: Screen[Any], *words: Any, **named: Any) -> Any:
        opened = push(app, screen, *words, **named)
        asked[screen] = case
        _asked(screen)
        return opened

    with desk(tmp_path, home) as at:
        async with at.app.run_test(size=SIZE, notifications=True):
            await until_quiet()
            monkeypatch.setattr(CotuiApp, "push_screen", pushed)
            cases = [name for name, (first, _) in OPENINGS.items() if first == home]
            for case in cases if full() else cases[::4]:
                try:
                    await OPENINGS[case][1](at)
                    await back(at, home)
                    assert_sound(at.app)
                except BaseException as fault:
                    fault.add_note(case)
                    raise
    assert asked


ENDED: Final = [(name, how) for name in OPENINGS for how in ENDING if any(tries(name, how))]


@pytest.mark.deep
@pytest.mark.parametrize(("name", "how"), ENDED)
async def test_the_program_can_be_ended_in_any_turn(name: str, how: str, tmp_path: Path) -> None:
    for case in tries(name, how):
        with desk(tmp_path, OPENINGS[name][0]) as at:
            try:
                async with at.app.run_test(size=SIZE, notifications=True):
                    await until_quiet()
                    await left_in_turn(at, ENDING[how], case)
                    at.gate.open()
                    for key in ("down", "slash", "x", "colon", "escape"):
                        press(at.app, key)
                        await turns(case.number % 5)
                assert at.app._exception is None
                assert at.app._return_code in (None, 0, 129)
                assert at.app._action is None or at.app._action.done() or at.app._action.cancelling()
            except BaseException as fault:
                fault.add_note(str(case))
                raise
