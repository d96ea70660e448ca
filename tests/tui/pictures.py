"""Taking pictures: the app in a fixed size, at a fixed clock, with its answers chosen by the test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.api import Api, Connection, RetryPolicy
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import settle, text_of

#: a key's name, or something to do that takes more than a key
Step = str | Callable[[Pilot[Any]], Awaitable[None]]
Compare = Callable[..., bool]


class Unanswered(httpx.AsyncBaseTransport):
    """Requests that `picks` chooses by path and query are never answered; all others are passed on."""

    def __init__(self, inner: httpx.AsyncBaseTransport, picks: Callable[[str], bool]) -> None:
        self._inner = inner
        self._picks = picks

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._picks(request.url.raw_path.decode()):
            await asyncio.Event().wait()
        return await self._inner.handle_async_request(request)


def picture_api(transport: httpx.AsyncBaseTransport) -> Api:
    """An account whose clock stands still and whose reads are tried once, so that every picture is alike."""
    return Api(
        Connection("demo", "localhost", "demo", "demo"),
        transport=transport,
        clock=lambda: 1000.0,
        retry=RetryPolicy(attempts=1),
    )


def typing(text: str) -> Step:
    """Type a text at once into the line that has the keys."""

    async def step(pilot: Pilot[Any]) -> None:
        line = pilot.app.focused
        assert isinstance(line, Input)
        line.insert_text_at_cursor(text)

    return step


def field(name: str, text: str) -> Step:
    """Fill in one field of a form."""

    async def step(pilot: Pilot[Any]) -> None:
        pilot.app.screen.query_one(f"#{name}", Input).value = text

    return step


def shows(words: str) -> Step:
    """Wait until the screen says so: for what comes while another answer never does."""

    async def step(pilot: Pilot[Any]) -> None:
        async with asyncio.timeout(20):
            while words not in text_of(pilot.app):
                await pilot.pause()

    return step


class Camera:
    """Runs the app of a session through some steps and compares what it then shows.

    Attributes:
        session: change it before taking the picture: a theme, a profile, no API.
    """

    def __init__(self, session: Session, compare: Compare) -> None:
        self.session = session
        self._compare = compare

    def takes(self, *steps: Step, size: tuple[int, int] = (120, 30), waiting: bool = False) -> bool:
        """Whether the picture is the one that was looked at and kept.

        Args:
            steps: what is done before it is taken.
            size: columns and lines.
            waiting: an answer is outstanding for ever, so only `shows` can tell when to go on.
        """

        async def settled(pilot: Pilot[None]) -> None:
            if waiting:
                await pilot.pause()
            else:
                await settle(pilot)

        async def run(pilot: Pilot[None]) -> None:
            await settled(pilot)
            for step in steps:
                await (pilot.press(step) if isinstance(step, str) else step(pilot))
                await settled(pilot)

        app: App[None] = CotuiApp(self.session)
        return self._compare(app, terminal_size=size, run_before=run)
