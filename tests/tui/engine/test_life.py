"""A screen may be left in any turn of the event loop: nothing comes after it, and nothing waits for it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import pytest

from cotui.catalog import RESOURCES
from cotui.tui.actions.menu_entries import entries
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.depth import full
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
#: every way in every turn takes hours: TESTS_EVERY_TURN=1 pytest -m long tests/tui/engine/test_life.py
EVERY_TURN: Final = full() and "TESTS_EVERY_TURN" in os.environ


def in_both_forms(test: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a test that has a long form, where that is asked for."""
    return pytest.mark.deep(test) if EVERY_TURN else test


#: the long form tries every so many turns of each, beginning with another one for each
STEP: Final = 6
#: the short form tries one of so many pairs of a screen and a way of leaving it
SHARE: Final = 20


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


#: in the long form each way of leaving is tried by itself
WAYS: Final = [*LEAVING] if EVERY_TURN else ["each"]


def cases(home: str, way: str) -> Iterator[tuple[str, str, str, int]]:
    """What is opened and how it is left; which is first, the answer or the leaving, and turns between them."""
    for name in [name for name, (where, _) in OPENINGS.items() if where == home]:
        if EVERY_TURN:
            start = crc32(f"{name} {way}".encode()) % STEP  # all turns, though not all of them with each
            for first in ("answer", "leaving"):
                yield from ((name, way, first, number) for number in range(start, MOST, STEP))
            continue
        # others for each pair, the same in every run, and sooner ones more often: that is where the work is
        for how in LEAVING:
            dice = crc32(f"{name} {how}".encode())
            if dice % SHARE == 0:
                first = ("answer", "leaving")[dice >> 4 & 1]
                yield name, how, first, (dice >> 5) % (12, MOST)[dice >> 16 & 1]


async def left_in_turn(
    at: Desk, opening: Callable[[Desk], Awaitable[None]], how: Any, first: str, number: int
) -> None:
    """Open a screen and leave it so many turns before its answer comes, or after."""
    at.gate.shut()
    await opening(at)
    if first == "answer":
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


@in_both_forms
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("home", ["customers", "users", "invoices", "reports"])
async def test_a_screen_can_be_left_in_any_turn(home: str, way: str, tmp_path: Path) -> None:
    with desk(tmp_path, home) as at:
        async with at.app.run_test(size=SIZE, notifications=True):
            await until_quiet()
            for name, how, first, number in cases(home, way):
                try:
                    await left_in_turn(at, OPENINGS[name][1], LEAVING[how], first, number)
                    await back(at, home)
                    assert_sound(at.app)
                except BaseException as fault:
                    fault.add_note(f"{name}, left by {how}; the {first} came first, then {number} turns")
                    raise


ENDED: Final = [
    (name, how)
    for name in OPENINGS
    for how in ENDING
    if EVERY_TURN or crc32(f"{how}: {name}".encode()) % SHARE == 0
]


@pytest.mark.sample(
    "invoice.pay, read-hangup",
    "columns moved-hangup",
    "customer.setInactive-quit",
    "invoice.approve, read-ctrl+q",
)
@in_both_forms
@pytest.mark.parametrize(("name", "how"), ENDED)
async def test_the_program_can_be_ended_in_any_turn(name: str, how: str, tmp_path: Path) -> None:
    home, opening = OPENINGS[name]
    every = 2 * STEP if EVERY_TURN else MOST
    for number in range(crc32(name.encode()) % every, MOST, every):
        with desk(tmp_path, home) as at:
            async with at.app.run_test(size=SIZE, notifications=True):
                await until_quiet()
                await left_in_turn(at, opening, ENDING[how], "leaving" if number % 2 else "answer", number)
                at.gate.open()
                for key in ("down", "slash", "x", "colon", "escape"):
                    press(at.app, key)
                    await turns(number % 5)
            assert at.app._exception is None
            assert at.app._return_code in (None, 0, 129)
            assert at.app._action is None or at.app._action.done() or at.app._action.cancelling()
