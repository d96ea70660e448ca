"""Whatever a server sends for an id, a date, an amount or a text: nothing ends the app, nothing is asked for by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.api import RetryPolicy
from cotui.catalog import RESOURCES
from cotui.catalog.field import FieldType
from cotui.catalog.model import Resource
from cotui.safety.text import clean
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.hostile import HOSTILE
from tests.tui.flow import settle, text_of
from tests.tui.test_faults import app_with, no_wait

ODD: list[Any] = [
    "..", "token:", [1, [2]], {"id": 1}, "a\x00b", 10**300, ".", "../invoice/7/_action/void",
    "", " ", "token:x", "external_key:", "a/b", "%2e%2e", "a b", "\n",
    "\x1b[2J", "9" * 400, -1, 0, 1.5, 1e300, True, False, None, [], {}, "x" * 5000,
]  # fmt: skip


def odd_row(resource: Resource, value: Any, text: str) -> dict[str, Any]:
    """A row in which every field holds what it should not."""
    row: dict[str, Any] = {}
    for number, field in enumerate(resource.fields):
        if "." not in field.name:
            texts = field.type in (FieldType.TEXT, FieldType.MULTILINE, FieldType.EMAIL)
            row[field.name] = text if texts and number % 2 else value
    row |= {resource.primary_key: value, "line_items": [value, {"item_id": value, text: value}], text: value}
    return row


class OddServer:
    """Answers every read with odd rows, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0].removeprefix("/api/v3/")
        self.paths.append(f"{request.method} {path}")
        kind, _, rest = path.partition("/")
        resource = next((item for item in RESOURCES.values() if item.path == kind), RESOURCES["customer"])
        texts = list(HOSTILE.values())
        rows = [odd_row(resource, value, texts[number % len(texts)]) for number, value in enumerate(ODD)]
        response: Any = rows if not rest else len(rows) if rest == "_count" else rows[0]
        body = {"code": 200, "status": "OK", "message": "\x1b[2J", "details": {}, "response": response}
        return httpx.Response(200, content=json.dumps(body).encode())


@pytest.fixture
def server() -> OddServer:
    return OddServer()


@pytest.fixture
def app(server: OddServer, tmp_path: Path) -> CotuiApp:
    return app_with(server.transport(), tmp_path, no_wait, RetryPolicy(attempts=1))  # type: ignore[arg-type]


async def walk(app: CotuiApp, tab: str, rows: int, server: OddServer) -> None:
    """Open, copy and follow what is in the first rows of a list."""
    async with app.run_test(size=(110, 30)) as pilot:
        await pilot.press(tab)
        await settle(pilot)
        for _ in range(rows):
            await pilot.press("enter")
            await settle(pilot)
            assert all(clean(line) == line for line in text_of(app).split("\n"))
            await pilot.press("end", "enter", "x", "y", "escape")
            await settle(pilot)
            while isinstance(app.screen, RecordScreen):
                await pilot.press("escape")
            await pilot.press("y", "down")
            await settle(pilot)
    assert not [path for path in server.paths if not path.isascii() or ".." in path or "//" in path]
    # many reads at once are a POST
    assert not [path for path in server.paths if not path.startswith(("GET ", "POST /api/v3/_bulk"))]


async def test_nothing_in_a_row_ends_the_app(app: CotuiApp, server: OddServer) -> None:
    await walk(app, "3", 8, server)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tab", "12356")
async def test_nothing_in_any_row_ends_the_app(tab: str, app: CotuiApp, server: OddServer) -> None:
    await walk(app, tab, len(ODD), server)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("key", "icumaopdeg")
async def test_no_key_of_a_record_ends_the_app(key: str, app: CotuiApp) -> None:
    """On the page of each of the three objects that have one."""
    async with app.run_test(size=(110, 30)) as pilot:
        for tab in "123":
            for row in range(0, len(ODD), 5):
                await pilot.press(tab, "home", *["down"] * row, "enter")
                await settle(pilot)
                await pilot.press(key)
                await settle(pilot)
                await pilot.press(*["escape"] * 6)
                await settle(pilot)
