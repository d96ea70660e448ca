"""Make the pictures of README.md from the demo, at a fixed day, so that they can be made again.

.venv/bin/python screenshots/make.py
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
from time_machine import travel

from cotui.api import Api, Connection
from cotui.audit.log import AuditLog
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.settings import Settings, StateStore
from cotui.tui.base.session import Session
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp

HERE = Path(__file__).parent
TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)

#: name -> size and keys; "text:…" types a text
PICTURES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "customers": ((120, 34), ["down", "down"]),
    "completion": ((120, 24), ["3", "slash", "text:status = o"]),
    "preview": ((170, 40), ["3", "slash", "text:status = overdue order by total desc", "enter", "down"]),
    "record": ((120, 44), ["enter"]),
    "statement": ((120, 30), ["enter", "b"]),
    "payments": ((120, 24), ["5", "slash", "text:status = declined", "enter", "down"]),
    "report": ((120, 30), ["4", "down", "enter"]),
    "help": ((120, 44), ["question_mark"]),
    "question": ((100, 24), ["2", "down", "down", "p"]),
    "edit": ((100, 34), ["down", "e", "down", "down", "down"]),
    "invoice": (
        (100, 34),
        [
            "3",
            "slash",
            "text:status = overdue country = Canada order by total desc",
            "enter",
            "e",
            "f4",
            "down",
        ],
    ),
    "many": ((110, 30), ["space", "space", "down", "space", "space"]),
}


async def settle(app: CotuiApp, pilot: object) -> None:
    """Wait until what was asked for has been drawn."""
    for _ in range(3):
        while app.acting:
            await pilot.pause()  # type: ignore[attr-defined]  # a Pilot, whose type names its app's result
        await app.workers.wait_for_complete()
        if isinstance(app.screen, BrowseScreen) and app.screen.window is not None:
            await app.screen.window.settled()
        await pilot.pause()  # type: ignore[attr-defined]  # a Pilot, whose type names its app's result


async def take(store: Store, name: str, size: tuple[int, int], keys: list[str], folder: Path) -> None:
    """Run the app, press the keys, keep the picture."""
    api = Api(
        Connection("demo", "localhost", "demo", "demo"),
        transport=httpx.ASGITransport(app=create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW)),
    )

    def connect(_profile: object, _secret: str) -> Api:
        return api

    session = Session(
        settings=Settings(path=folder / "config.toml"),
        state=StateStore(folder / f"{name}.json"),
        connect=connect,
        audit=AuditLog(folder / "audit"),
        api=api,
        demo=True,
        today=lambda: TODAY,
    )
    app = CotuiApp(session)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        for key in keys:
            if key.startswith("text:"):
                screen = app.screen
                assert isinstance(screen, BrowseScreen)
                screen.bar.input.insert_text_at_cursor(key.removeprefix("text:"))
                await pilot.pause()
            else:
                await pilot.press(key)
            await settle(app, pilot)
        (HERE / f"{name}.svg").write_text(app.export_screenshot(title="cotui --demo"))


async def main() -> None:
    store = Store(":memory:")
    populate(store, 500, 1, TODAY)
    with tempfile.TemporaryDirectory() as folder, travel(NOW, tick=False):  # pages say when they were read
        for name, (size, keys) in PICTURES.items():
            await take(store, name, size, keys, Path(folder))
    store.close()


asyncio.run(main())
