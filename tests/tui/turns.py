"""Leaving a screen in a chosen turn of the event loop: between a request and its answer, while it is made, while it goes.

Nothing sleeps here. A gate holds every answer back until it is opened, and turns of the loop are counted.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import httpx
from textual.events import Key, MouseDown, MouseUp, Resize
from textual.geometry import Size

from cotui.tui.engine.life import LivingScreen
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.quiet import until_quiet
from tests.tui.writing import Account, account

SIZE: Final = (100, 30)


class Gate(httpx.AsyncBaseTransport):
    """Lets requests to what is behind it, but holds back what they are answered while it is shut."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self._open = asyncio.Event()
        self._open.set()

    def shut(self) -> None:
        """Hold back every answer from now on."""
        self._open.clear()

    def open(self) -> None:
        """Let all of them go."""
        self._open.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        await self._open.wait()
        return answer


class Desk(NamedTuple):
    """An app, and the gate in its line."""

    app: CotuiApp
    gate: Gate


@contextmanager
def desk(folder: Path, screen: str) -> Iterator[Desk]:
    """The app on an account of its own, on one of its lists."""
    with account(folder, screen=screen) as made:
        yield Desk(made.app, _gate(made))


def _gate(made: Account) -> Gate:
    gate = Gate(made.line)
    client = made.api._client
    client._transport = gate
    return gate


Opening = Callable[[Desk], Awaitable[None]]


async def turns(number: int) -> None:
    """Let the loop go round."""
    for _ in range(number):
        await asyncio.sleep(0)


def press(app: CotuiApp, *keys: str) -> None:
    """Keys that arrive at once."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


def click(app: CotuiApp, x: int, y: int) -> None:
    """The mouse, on what is there."""
    for kind in (MouseDown, MouseUp):
        app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


def resize(app: CotuiApp) -> None:
    """The terminal gets another size; every other time the first one again."""
    width, height = SIZE
    smaller = Size(width - 41, height - 13)
    size = smaller if app.size != smaller else Size(width, height)
    assert app._driver is not None
    app._driver._size = size  # type: ignore[attr-defined]
    app.post_message(Resize(size, size))


#: every kind of leaving a screen, or of covering it, that does not end the program
LEAVING: Final[dict[str, Callable[[CotuiApp], object]]] = {
    "esc": lambda app: press(app, "escape"),
    "esc, esc": lambda app: press(app, "escape", "escape"),
    "pop": lambda app: app.pop_screen() if len(app.screen_stack) > 1 else None,
    "twice": lambda app: [screen.dismiss(None) for screen in (app.screen,) * 2 if len(app.screen_stack) > 1],
    "tab": lambda app: app.action_tab("invoices" if app.current_mode != "invoices" else "users"),
    "same tab": lambda app: app.action_tab(app.current_mode),
    "another screen": lambda app: app.action_help(),
    "palette": lambda app: app.action_command_palette(),
    "resize": resize,
    "number": lambda app: press(app, "2"),
    "click": lambda app: click(app, 50, 14),
    "enter, esc": lambda app: press(app, "enter", "escape"),
    "below another": lambda app: _below(app),
}
ENDING: Final[dict[str, Callable[[CotuiApp], object]]] = {
    "quit": lambda app: app.exit(),
    "q": lambda app: press(app, "q"),
    "ctrl+q": lambda app: press(app, "ctrl+q"),
    "hangup": lambda app: app._ended_from_outside(signal.SIGHUP),
}


def _below(app: CotuiApp) -> None:
    """It is left while another one stands on top of it."""
    left = app.screen
    app.action_help()
    if isinstance(left, LivingScreen) and len(app.screen_stack) > 2:
        left.dismiss(None)


async def back(desk: Desk, mode: str) -> None:
    """To the list that all began with."""
    app = desk.app
    desk.gate.open()
    for _ in range(8):
        await until_quiet()
        assert_running(app)
        for stack in app._screen_stacks.values():
            for screen in reversed(stack[1:]):
                if isinstance(screen, LivingScreen):
                    screen.dismiss(None)
        await turns(3)
        if not app.acting and all(len(stack) == 1 for stack in app._screen_stacks.values()):
            break
    if app.size != Size(*SIZE):
        resize(app)
    app.action_tab(mode)
    await until_quiet()
    for _ in range(2):  # what was typed to find or filter may have found nothing
        if isinstance(app.screen, BrowseScreen) and app.screen.table.record is None:
            press(app, "escape")
            await until_quiet()


def assert_running(app: CotuiApp) -> None:
    """Nothing has ended the app."""
    if app._exception is not None:
        raise app._exception
    assert not app.ending, f"the program has ended: {app._return_code}"


def assert_sound(app: CotuiApp) -> None:
    """Nothing has ended the app, and no action waits for a dialog that is gone."""
    assert_running(app)
    assert app._action is None, f"an action waits for ever: {app._action.get_stack()}, {app._screen_stacks}"
    assert app._asking == 0
    for stack in app._screen_stacks.values():
        assert all(screen.living for screen in stack if isinstance(screen, LivingScreen))
    owners = {worker.node for worker in app.workers if not worker.is_finished}
    dead = [node for node in owners if isinstance(node, LivingScreen) and not node.living]
    assert not dead, f"still working: {dead}"
