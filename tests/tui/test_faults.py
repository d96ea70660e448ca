"""Whatever goes wrong on the way is told with what to do; the app lives on and nothing typed is lost."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from cotui.api import Api, Connection, RetryPolicy
from cotui.audit.log import AuditLog
from cotui.settings import Settings, StateStore
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.page_size import pages
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text

pytestmark = pytest.mark.painted

SIZE = (100, 24)
Fault = Callable[[httpx.Request], httpx.Response | None]


async def no_wait(_seconds: float) -> None:
    """Retries come at once in tests."""


def app_with(
    wire: Wire,
    folder: Path,
    sleep: Callable[[float], Awaitable[None]],
    retry: RetryPolicy,
    clock: Callable[[], float] = time.monotonic,
) -> CotuiApp:
    api = Api(
        Connection("demo", "localhost", "demo", "demo"), transport=wire, sleep=sleep, retry=retry, clock=clock
    )
    return CotuiApp(
        Session(
            settings=Settings(path=folder / "config.toml"),
            state=StateStore(folder / "state.json"),
            connect=lambda profile, secret: api,
            audit=AuditLog(folder / "audit"),
            api=api,
            demo=True,
            today=lambda: TODAY,
        )
    )


@pytest.fixture
def app(wire: Wire, tmp_path: Path) -> CotuiApp:
    """An app whose reads are tried only once, so that a fault shows as it is."""
    return app_with(wire, tmp_path, no_wait, RetryPolicy(attempts=1))


def answer(status_code: int, text: str, **headers: str) -> Fault:
    return lambda _request: httpx.Response(status_code, text=text, headers=headers)


def raising(error: Exception) -> Fault:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    return fail


ENVELOPE = '{{"code": {0}, "status": "Error", "message": "{1}", "response": {2}}}'
FAULTS: dict[str, tuple[Fault, str]] = {
    "unknown host": (raising(httpx.ConnectError("[Errno -2] Name or service not known")), "✗"),
    "refused": (raising(httpx.ConnectError("[Errno 111] Connection refused")), "✗"),
    "timeout": (raising(httpx.ReadTimeout("")), "✗"),
    "dropped in mid-body": (raising(httpx.RemoteProtocolError("peer closed connection")), "✗"),
    "wrong keys": (answer(401, ENVELOPE.format(401, "Invalid or incorrect authorization", "false")), "key"),
    "html": (answer(200, "<html><body>Maintenance</body></html>"), "✗"),
    "truncated": (answer(200, '{"code": 200, "status": "OK", "resp'), "✗"),
    "wrong shape": (answer(200, '{"code": 200, "status": "OK", "message": "", "response": 7}'), "✗"),
    "500": (answer(500, "oops"), "✗"),
    "400": (
        answer(400, ENVELOPE.format(400, "You cannot filter by: mod_datetime.", "false")),
        "You cannot filter by",
    ),
}


@pytest.mark.sample("wrong keys", "html", "timeout", "500")
@pytest.mark.parametrize("name", FAULTS)
async def test_a_failed_list_says_so_and_recovers(app: CotuiApp, wire: Wire, name: str) -> None:
    fault, words = FAULTS[name]
    wire.instead = fault
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        text = text_of(app)
        assert "✗" in text
        assert words in text
        assert "r tries again" in text
        assert "match" not in text
        window = browse(app).window
        assert window is not None
        assert window.error is not None
        assert window.error.todo
        wire.instead = None
        await press(pilot, "r")
        assert "Northwind Analytics" in text_of(app)


async def test_hostile_words_of_the_server_are_shown_harmless(app: CotuiApp, wire: Wire) -> None:
    wire.instead = answer(
        400, ENVELOPE.format(400, r"\u001b]52;c;AAAA\u0007[/red][@click=app.quit]x[/]", "false")
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        text = text_of(app)
        assert "[/red][@click=app.quit]x[/]" in text
        assert "\x1b" not in text
        assert "\x07" not in text


async def test_a_filter_survives_the_failure_of_its_request(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = answer(500, "oops")
        await press(pilot, "slash")
        await type_text(pilot, "country = Canada")
        await press(pilot, "enter")
        assert "✗" in text_of(app)
        assert browse(app).bar.input.value == "country = Canada"
        wire.instead = None
        await press(pilot, "r")
        assert "✗" not in text_of(app)
        assert browse(app).bar.applied == "country = Canada"


async def test_a_refresh_that_fails_leaves_the_rows(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = answer(500, "oops")
        await press(pilot, "r")
        assert "Northwind Analytics" in text_of(app)
        assert "tries again" in text_of(app)


async def test_a_record_deleted_meanwhile(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = answer(404, ENVELOPE.format(404, "This customer does not exist.", "null"))
        await press(pilot, "enter")
        assert "no longer there" in text_of(app)
        assert "Northwind Analytics" in text_of(app)
        assert not record_page(app).whole
        await press(pilot, "escape")
        assert browse(app).table.length == 120


async def test_a_count_that_fails_leaves_the_total_open(app: CotuiApp, wire: Wire) -> None:
    wire.instead = lambda request: (
        httpx.Response(500, text="no") if request.url.path.endswith("/_count") else None
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "1–20 of ?" in text_of(app)
        for _ in range(pages(120)):
            await press(pilot, "end")
        assert "of 120" in text_of(app)


async def test_an_empty_account_is_no_failure(app: CotuiApp, wire: Wire) -> None:
    def nothing(request: httpx.Request) -> httpx.Response:
        response = 0 if request.url.path.endswith("/_count") else []
        return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": response})

    wire.instead = nothing
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "There are no customers here yet" in text_of(app)
        await press(pilot, "enter", "down", "end", "y", "o", "u")
        assert "✗" not in text_of(app)


async def test_odd_records_are_shown(app: CotuiApp, wire: Wire) -> None:
    rows = [
        {"customer_id": "7", "company": None, "balance": "12.50", "surprise": {"a": [1, None]}},
        {},
        {"customer_id": 9, "company": ["x"], "balance": {"a": 1}, "customer_status_str": 5},
        {"customer_id": 10, "company": "\x1b]0;t\x07‮[/b]" + "x" * 10_000},
        "not an object at all",
    ]

    def odd(request: httpx.Request) -> httpx.Response:
        response = len(rows) if request.url.path.endswith("/_count") else rows[:4]
        if request.url.path.rsplit("/", 1)[-1].isdigit():
            response = rows[int(request.url.path.rsplit("/", 1)[-1]) - 7]
        return httpx.Response(200, json={"code": 200, "status": "OK", "response": response})

    wire.instead = odd
    async with app.run_test(size=(160, 30)) as pilot:
        await settle(pilot)
        assert "12.50" in text_of(app)
        await press(pilot, "down", "down", "down")
        await press(pilot, "enter")
        assert "\x1b" not in text_of(app)
        assert "‮" not in text_of(app)
        await press(pilot, "x", "escape", "up", "enter")
        assert app.is_running


async def test_a_pause_of_the_server_is_counted_down(wire: Wire, tmp_path: Path) -> None:
    over = asyncio.Event()

    async def until_over(_seconds: float) -> None:
        await over.wait()

    app = app_with(wire, tmp_path, until_over, RetryPolicy(), clock=lambda: 1000.0 + 100 * over.is_set())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = answer(
            429, ENVELOPE.format(429, "Rate limit exceeded", "false"), **{"Retry-After": "7"}
        )
        await pilot.press("r")
        await pilot.pause()
        assert re.search(r"server asks to wait: [78] s", text_of(app))
        assert "Northwind Analytics" in text_of(app)
        wire.instead = None
        over.set()
        await settle(pilot)
        assert "req/min" in text_of(app)
        assert "refreshed" in status(app)


@pytest.mark.sample("size0")
@pytest.mark.parametrize("size", [(20, 5), (60, 16), (300, 80)])
async def test_every_screen_fits_every_terminal(app: CotuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in (
            ["enter", "x", "escape"],
            ["3", "enter", "escape"],
            ["2"],
            ["4", "enter"],
            ["question_mark", "escape"],
        ):
            await press(pilot, *keys)
            lines = text_of(app).splitlines()
            assert len(lines) == size[1]
        await press(pilot, "1", "slash")
        await type_text(pilot, "co")
        assert app.is_running


async def test_resizing_while_rows_are_on_their_way(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for width, height in ((40, 10), (200, 50), (20, 5), (120, 40)):
            await pilot.resize_terminal(width, height)
        await settle(pilot)
        assert "Northwind Analytics" in text_of(app)
