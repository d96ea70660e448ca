"""Whoever waits is told for how long and how to leave it; leaving it harms nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.api import Api, ApiError, Connection, Stopped
from cotui.api.transport.status import Pause, Status, Wait
from cotui.audit.log import AuditLog
from cotui.settings import Settings, StateStore
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.session import Session
from cotui.tui.base.waiting import Waiting, wait_words
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, until
from tests.tui.writing import Account, account

LEAVE = "esc leaves it"


class Clock:
    """A clock that is moved by hand, with the timers that hang on it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[tuple[float, Callable[[], None], SimpleNamespace]] = []

    def __call__(self) -> float:
        return self.now

    def later(self, seconds: float, run: Callable[[], None]) -> Any:
        timer = SimpleNamespace(cancelled=False)
        timer.cancel = lambda: setattr(timer, "cancelled", True)
        self.timers.append((self.now + seconds, run, timer))
        return timer

    @property
    def due(self) -> list[float]:
        """When timers will ring, from now on."""
        return sorted(at - self.now for at, _, timer in self.timers if not timer.cancelled)

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while ready := [item for item in self.timers if not item[2].cancelled and item[0] <= end]:
            item = min(ready, key=lambda item: item[0])
            self.timers.remove(item)
            self.now = max(self.now, item[0])
            item[1]()
        self.now = end


# -- the words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waited", "writes", "pause", "error", "words"),
    [
        (2.9, False, 0, None, ""),
        (3.0, False, 0, None, "waiting for 3 s · esc leaves it · acme"),
        (12.7, False, 0, None, "waiting for 12 s · esc leaves it · acme"),
        (125, False, 0, None, "waiting for 2 min 5 s · esc leaves it · acme"),
        (5, False, 12, None, "waiting for 5 s · esc leaves it · the limit of requests, 12 s more"),
        (
            5,
            False,
            0,
            ApiError("acme refuses"),
            "waiting for 5 s · esc leaves it · acme refuses, trying again",
        ),
        (5, True, 0, None, "no answer for 5 s · it was sent, once: how it ended will be told here"),
        (5, True, 9, ApiError("x"), "no answer for 5 s · it was sent, once: how it ended will be told here"),
    ],
)
def test_words(waited: float, writes: bool, pause: float, error: ApiError | None, words: str) -> None:
    state = Status(lambda: 1000.0)
    paused = Pause("server", 1000.0 + pause) if pause else None
    state.update(in_flight=1, waiting=0, pause=paused, wait=Wait(1000.0 - waited, writes))
    state.last_error = error
    assert wait_words(state, "acme") == words


def test_hostile_words_of_an_error_are_harmless() -> None:
    state = Status(lambda: 1000.0)
    state.update(in_flight=1, waiting=0, pause=None, wait=Wait(990.0))
    state.last_error = ApiError("x")
    state.last_error.what = "\x1b[31m"
    assert "\x1b" not in wait_words(state, "acme")


class Screen:
    living = True

    def __init__(self) -> None:
        self.said: list[str] = []

    def show_wait(self, text: str) -> None:
        self.said.append(text)


def test_once_a_second_while_somebody_waits_and_not_otherwise() -> None:
    clock, screen = Clock(), Screen()
    state = Status(clock)
    api: Any = SimpleNamespace(worker=SimpleNamespace(status=state), connection=SimpleNamespace(host="acme"))
    waiting = Waiting(lambda: screen, later=clock.later)
    waiting.watch(api)
    assert clock.due == []
    for number in range(50):  # answers that come in time
        state.update(in_flight=1, waiting=0, pause=None, wait=Wait(clock.now))
        clock.advance(0.5)
        state.update(in_flight=0, waiting=number, pause=None)
    clock.advance(100)
    assert screen.said == []
    assert clock.due == []
    state.update(in_flight=1, waiting=0, pause=None, wait=Wait(clock.now))
    clock.advance(5.5)
    assert [text.split(" · ")[0] for text in screen.said] == [
        f"waiting for {number} s" for number in (3, 4, 5)
    ]
    state.update(in_flight=0, waiting=0, pause=None)
    assert screen.said[-1] == ""
    assert clock.due == []
    waiting.close()


def test_a_new_wait_begins_anew_and_the_screen_on_top_is_told() -> None:
    clock, below, above = Clock(), Screen(), Screen()
    tops: list[Screen] = [below]
    state = Status(clock)
    api: Any = SimpleNamespace(worker=SimpleNamespace(status=state), connection=SimpleNamespace(host="acme"))
    waiting = Waiting(lambda: tops[-1], later=clock.later)
    waiting.watch(api)
    state.update(in_flight=1, waiting=0, pause=None, wait=Wait(clock.now))
    clock.advance(4)
    tops.append(above)
    clock.advance(1)
    assert below.said[-1] == ""
    assert above.said[-1].startswith("waiting for 5 s")
    state.update(in_flight=2, waiting=0, pause=None, wait=Wait(clock.now))
    assert above.said[-1] == ""
    clock.advance(2.9)
    assert above.said[-1] == ""
    clock.advance(0.1)
    assert above.said[-1].startswith("waiting for 3 s")


# -- on the screens ------------------------------------------------------------------------------


class Slow(httpx.AsyncBaseTransport):
    """A way on which some requests are held up."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.door = asyncio.Event()
        self.door.set()
        self.held = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self.door.is_set():
            self.held += 1
            try:
                await self.door.wait()
            finally:
                self.held -= 1
        return await self._inner.handle_async_request(request)


class Stage:
    """An app on a way that can be held up, and the clock that its worker goes by."""

    def __init__(self, inner: httpx.AsyncBaseTransport, folder: Path, *, set_up: bool = True) -> None:
        self.clock = Clock()
        self.slow = Slow(inner)

        def connect(*_: object) -> Api:
            connection = Connection("demo", "localhost", "demo", "demo", page_size=20)
            return Api(connection, transport=self.slow, clock=self.clock)

        session = Session(
            settings=Settings(path=folder / "config.toml"),
            state=StateStore(folder / "state.json"),
            connect=connect,
            audit=AuditLog(folder / "audit"),
            api=connect() if set_up else None,
            demo=True,
            today=lambda: TODAY,
        )
        self.app = CotuiApp(session)

    async def hang(self, pilot: Pilot[None], *keys: str) -> None:
        """Press keys whose requests get no answer, and let seven seconds pass."""
        self.slow.door.clear()
        if keys:
            await pilot.press(*keys)
        await until(lambda: self.slow.held)
        self.wait(7)
        await pilot.pause()

    def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        self.app.waiting._tick()

    async def ended(self, pilot: Pilot[None]) -> None:
        """All that was held up was given up, and nothing of it crashed."""
        await until(lambda: not self.slow.held)
        self.slow.door.set()
        await settle(pilot)
        assert self.app.is_running
        assert self.app.waiting.text == ""
        assert "waiting for" not in text_of(self.app)


@pytest.fixture
def stage(wire: Wire, tmp_path: Path) -> Stage:
    return Stage(wire, tmp_path)


def said(app: CotuiApp) -> str:
    """The last line of the screen."""
    return text_of(app).splitlines()[-1]


@pytest.mark.parametrize("size", [(100, 24), (60, 16)])
async def test_the_first_list(stage: Stage, size: tuple[int, int]) -> None:
    stage.slow.door.clear()
    async with stage.app.run_test(size=size) as pilot:
        await stage.hang(pilot)
        assert "Loading customers" in text_of(stage.app)
        assert f"waiting for 7 s · {LEAVE}" in said(stage.app)
        stage.wait(1)
        await pilot.pause()
        assert f"waiting for 8 s · {LEAVE}" in said(stage.app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert "✗ Stopped" in text_of(stage.app)
        assert "r tries again" in text_of(stage.app)
        await press(pilot, "r")
        assert "Twin Peaks" in text_of(stage.app)


async def test_every_other_place_where_an_answer_is_waited_for(stage: Stage) -> None:
    """The end of a list, a record, a related list, a reference, an action before its dialog, a refresh, marks."""
    app = stage.app
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)

        await stage.hang(pilot, "end")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert "is not here: Stopped · r tries again" in text_of(app)
        await press(pilot, "r", "home")
        assert "Northwind Analytics" in text_of(app)

        await stage.hang(pilot, "enter")
        assert LEAVE in text_of(app)
        assert "reading …" in text_of(app).splitlines()[1]
        await pilot.press("escape")
        await stage.ended(pilot)
        assert browse(app).table.length == 120

        await stage.hang(pilot, "u")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert len(app.screen_stack) == 1

        await stage.hang(pilot, "a")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert status(app).startswith("Stopped")
        assert len(app.screen_stack) == 1, "no dialog opens behind its user's back"
        assert not app.acting

        await stage.hang(pilot, "r")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert "the rows shown are from before" in status(app)
        await press(pilot, "r")

        await press(pilot, "A")
        await stage.hang(pilot, "A")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert browse(app).table.marked
        await press(pilot, "escape")

        await press(pilot, "enter")
        await stage.hang(pilot, "r")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        browse(app)

        await press(pilot, "enter")
        await stage.hang(pilot, "e")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert record_page(app).whole, "what was read for the action was left, not the page"
        await press(pilot, "escape", "4")
        await stage.hang(pilot, "enter")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert browse(app).listing.key == "reports"


async def test_a_dialog_says_it_too(stage: Stage) -> None:
    from cotui.catalog import RESOURCES
    from cotui.tui.forms.picker import RecordPicker

    app = stage.app
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        stage.slow.door.clear()
        app.push_screen(RecordPicker(app.api, RESOURCES["customer"], title="Who?"))
        await stage.hang(pilot)
        assert f"waiting for 7 s · {LEAVE}" in said(app)
        stage.slow.door.set()
        await settle(pilot)
        assert "waiting" not in text_of(app)
        await stage.hang(pilot, "f5")
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        browse(app)


async def test_the_trial_of_new_keys(wire: Wire, tmp_path: Path) -> None:
    stage = Stage(wire, tmp_path, set_up=False)
    app = stage.app
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for name, value in {"url": "acme", "username": "demo", "password": "demo"}.items():
            app.screen.query_one(f"#{name}", Input).value = value
        await stage.hang(pilot, "ctrl+s")
        assert f"waiting for 7 s · {LEAVE}" in said(app)
        await pilot.press("escape")
        await stage.ended(pilot)
        assert "✗ Stopped" in text_of(app)
        assert app.screen.query_one("#password", Input).value == "demo"
        await press(pilot, "ctrl+s")
        assert "Northwind Analytics" in text_of(app)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=30) as made:
        yield made


@pytest.fixture
async def writing(own: Account, tmp_path: Path) -> Stage:
    return Stage(own.line, tmp_path / "stage")


@pytest.mark.long
async def test_a_write_cannot_be_left_and_says_so(writing: Stage, own: Account) -> None:
    app = writing.app
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        for letter in "set inactive":
            await pilot.press("space" if letter == " " else letter)
        await press(pilot, "enter")
        assert isinstance(app.screen, ConfirmDialog)
        await writing.hang(pilot, "y")
        assert "no answer for 7 s · it was sent, once: how it ended will be told here" in said(app)
        assert LEAVE not in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog), "only the answer ends it"
        assert writing.slow.held == 1
        writing.slow.door.set()
        await settle(pilot)
        assert "done: Set inactive" in status(app)
    assert len(own.line.arrived) == 1


@pytest.mark.long
async def test_what_is_looked_up_after_a_lost_answer_can_be_left(writing: Stage, own: Account) -> None:
    app = writing.app
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        for letter in "set inactive":
            await pilot.press("space" if letter == " " else letter)
        await press(pilot, "enter")
        own.line.fault = "timeout after"
        handle = own.line.handle_async_request

        async def then_hang(request: httpx.Request) -> httpx.Response:
            own.line.handle_async_request = handle  # type: ignore[method-assign]
            writing.slow.door.clear()
            return await handle(request)

        own.line.handle_async_request = then_hang  # type: ignore[method-assign]
        await pilot.press("y")
        await until(lambda: writing.slow.held)
        writing.wait(7)
        await pilot.pause()
        assert LEAVE in text_of(app)
        await pilot.press("escape")
        await until(lambda: not writing.slow.held)
        writing.slow.door.set()
        await until(lambda: "The server can't be asked either: Stopped" in text_of(app))
        assert isinstance(app.screen, ConfirmDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert "not known whether it was done" in status(app)


def test_stopped_says_that_nothing_was_changed() -> None:
    assert "nothing was changed" in Stopped().meaning
