"""Keys for rows that are on their way are kept until those are here, for a while, and never lost without a word."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from textual import events

from cotui.tui.engine import key_queue as typed_ahead
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, until

SIZE = (120, 30)
_NAMES = {"/": "slash", "\r": "enter", "\x1b": "escape", "↓": "down", "?": "question_mark"}


class Gate:
    """Keeps the answers to requests for invoices back."""

    def __init__(self, wire: Wire) -> None:
        self.open = asyncio.Event()
        self._inner = wire._inner
        wire._inner = self  # type: ignore[assignment]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/invoice"):
            await self.open.wait()
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
def gate(wire: Wire) -> Gate:
    return Gate(wire)


def typed(app: CotuiApp, keys: str) -> None:
    for char in keys:
        name = _NAMES.get(char, char)
        app.post_message(events.Key(name, None if name != char else char))


async def waiting(app: CotuiApp) -> None:
    await until(lambda: app._held is not None)


async def test_a_record_opens_when_its_row_is_here(app: CotuiApp, gate: Gate) -> None:
    """It is the one that the keys before led to, and those behind go where it leads."""
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(app, "3↓↓\r")
        await waiting(app)
        assert browse(app).table.cursor == 0
        typed(app, "x")
        gate.open.set()
        await until(lambda: isinstance(app.screen, RecordScreen))
        await settle(pilot)
        assert record_page(app).view.raw
        await press(pilot, "escape", "escape")
        assert browse(app).listing.key == "invoices"
        assert browse(app).table.cursor == 2


async def test_y_copies_when_the_row_is_here(
    app: CotuiApp, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(app, "copy", lambda text, what: copied.append(text))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(app, "3y")
        await waiting(app)
        assert copied == []
        gate.open.set()
        await until(lambda: bool(copied))
        record = browse(app).table.record
        assert record is not None
        assert copied == [str(record.id)]


async def test_esc_leaves_the_wait_and_what_was_typed(app: CotuiApp, gate: Gate) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(app, "3\ry")
        await waiting(app)
        typed(app, "\x1b")
        await until(lambda: app._held is None)
        await settle(pilot)
        gate.open.set()
        await settle(pilot)
        assert not isinstance(app.screen, RecordScreen)
        assert browse(app).listing.key == "invoices"


async def test_what_does_not_come_in_time_is_told_and_nothing_acts_later(
    app: CotuiApp, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "HOLD", 0.02)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(app, "3\r")
        await until(lambda: "the key was dropped" in status(app))
        gate.open.set()
        await settle(pilot)
        assert not isinstance(app.screen, RecordScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, RecordScreen)


@pytest.mark.parametrize("key", ["slash", "1", "question_mark", "n"])
async def test_what_needs_no_row_waits_for_none(app: CotuiApp, gate: Gate, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press_3(app)
        before = app.top, app.focused
        app.post_message(events.Key(key, None))
        await until(lambda: (app.top, app.focused) != before)
        assert app._held is None
        gate.open.set()
        await settle(pilot)


async def press_3(app: CotuiApp) -> None:
    app.post_message(events.Key("3", "3"))
    await until(lambda: browse(app).listing.key == "invoices" and browse(app).table.has_focus)


async def test_quitting_waits_for_nothing(app: CotuiApp, gate: Gate) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(app, "3\r")
        await waiting(app)
        app.post_message(events.Key("ctrl+q", None))
        await until(lambda: app._exit)
