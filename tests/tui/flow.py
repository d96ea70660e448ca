"""Driving the app as its user would: keys in, what the screen says out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from cotui.settings import Profile
from cotui.tui.base.session import Session
from cotui.tui.base.status_line import StatusLine
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.quiet import until_quiet
from tests.tui.support import lines_of


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every request that was started has been answered and drawn."""
    app = pilot.app
    for again in range(3):
        async with asyncio.timeout(30):
            while isinstance(app, CotuiApp) and app.acting:
                await pilot.pause()
        # On a busy machine some still work for a screen that is left meanwhile, which cancels them.
        for worker in list(app.workers):
            with suppress(WorkerCancelled):
                await worker.wait()
        if isinstance(app.screen, BrowseScreen) and app.screen.window is not None:
            await app.screen.window.settled()
        # What came may have asked for more. Asking every widget whether it has heard what it was told is dear, and
        # needless once nothing is ready to run.
        await (until_quiet() if again else pilot.pause())


async def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true. Cheaper than pauses of the pilot, each of which asks every widget."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - there is no event for most of what is waited for
            await asyncio.sleep(0.004)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what they start."""
    await pilot.press(*keys)
    await settle(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type a text into the line that has the focus, at once: single keys take a test a minute."""
    focused = pilot.app.focused
    assert isinstance(focused, Input)
    focused.insert_text_at_cursor(text)
    await pilot.pause()


def text_of(app: CotuiApp) -> str:
    """Everything on the screen, as text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    del width, height
    return "\n".join("".join(segment.text for segment in line) for line in lines)


def front_of(app: CotuiApp) -> str:
    """What is on the screen, or on the dialog that lies over it, as text."""
    box = next((child.region for child in app.screen.children if child.id == "box"), app.screen.region)
    lines = (line.crop(*box.column_span) for line in app.screen._compositor.render_strips())
    return "\n".join(line.text for line in [*lines][box.y : box.bottom])


def browse(app: CotuiApp) -> BrowseScreen:
    """The list on the screen."""
    assert isinstance(app.screen, BrowseScreen)
    return app.screen


def record_page(app: CotuiApp) -> RecordScreen:
    """The record on the screen."""
    assert isinstance(app.screen, RecordScreen)
    return app.screen


def status(app: CotuiApp) -> str:
    """What the last line says."""
    return app.screen.query_one(StatusLine).text


def with_keys(session: Session, **keys: str) -> CotuiApp:
    """The app of somebody who has overridden keys: `browse__copy` stands for `browse.copy`."""
    own = {name.replace("__", "."): key for name, key in keys.items()}
    session.settings = replace(session.settings, keys=own)
    return CotuiApp(session)


async def click(pilot: Pilot[None], line: int, words: str) -> None:
    """Click on words of a line of the screen."""
    assert isinstance(pilot.app, CotuiApp)
    column = text_of(pilot.app).splitlines()[line].index(words)
    await pilot.click(offset=(column + 1, line))
    await settle(pilot)


def marks_of(app: CotuiApp) -> list[int | str]:
    screen = next(screen for screen in reversed(app.screen_stack) if isinstance(screen, BrowseScreen))
    return list(screen._marking.marks) if screen._marking is not None else []


def marked_lines(table: RecordTable) -> list[str]:
    return [line for line in lines_of(table)[1:] if line.startswith("●")]


def running(app: CotuiApp) -> bool:
    """Whether the app has not been told to end."""
    return not app._exit


FAMILY = "👨\u200d👩\u200d👧"


async def type_signs(pilot: Pilot[None], text: str) -> None:
    for character in text:
        pilot.app.post_message(events.Key("key" if len(character.encode()) > 1 else character, character))
    await settle(pilot)


def as_profile(session: Session, profile: Profile, *, read_only: bool = False) -> CotuiApp:
    session.demo, session.profile, session.read_only = False, profile, read_only
    return CotuiApp(session)
