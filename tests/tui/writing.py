"""An account of its own that may be changed, behind a line on which writes go wrong as a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from cotui.api import Api, Connection, RetryPolicy
from cotui.audit.log import AuditLog
from cotui.catalog import RESOURCES
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.settings import Settings, StateStore
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.session import Session
from cotui.tui.forms.form import FormScreen
from cotui.tui.shell.app import CotuiApp
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY, changes
from tests.tui.flow import front_of, press, until

#: what can happen to a write, and the results that are true of it
FAULTS: dict[str, str] = {
    "none": "done",
    "timeout before": "unknown",
    "timeout after": "unknown",
    "dropped before": "unknown",
    "dropped after": "unknown",
    "no connection": "not sent",
    "429": "not sent",
    "500 before": "unknown",
    "500 after": "unknown",
    "400": "refused",
    "gone": "refused",
    "page": "unknown",
    "page after": "unknown",
    "truncated after": "unknown",
    "false": "refused",
}


class Line(httpx.AsyncBaseTransport):
    """The way to the sandbox. Reads pass; what happens to writes is `fault`."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.fault = "none"
        #: writes that left, as the server would count them if it got them all
        self.sent: list[httpx.Request] = []
        #: those of them that the sandbox carried out
        self.arrived: list[httpx.Request] = []
        self.reads: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not changes(request):
            self.reads.append(request)
            return await self._inner.handle_async_request(request)
        self.sent.append(request)
        kind, _, when = self.fault.partition(" ")
        if self.fault == "none" or when == "after":
            self.arrived.append(request)
            answer = await self._inner.handle_async_request(request)
            await answer.aread()
            if self.fault == "none":
                return answer
        return _broken(kind, request)


def _broken(kind: str, request: httpx.Request) -> httpx.Response:
    match kind:
        case "timeout":
            raise httpx.ReadTimeout("", request=request)
        case "dropped":
            raise httpx.RemoteProtocolError("peer closed connection", request=request)
        case "no":
            raise httpx.ConnectError("no route", request=request)
        case "429":
            return _answer(429, "Too many requests", headers={"Retry-After": "0"})
        case "500":
            return _answer(500, "Something \x1b[2J broke")
        case "400":
            return _answer(400, "The field `email` is not an address")
        case "gone":
            return _answer(404, "There is no such record")
        case "page":
            return httpx.Response(200, html="<!DOCTYPE html><h1>Hotel WiFi</h1>")
        case "truncated":
            return httpx.Response(200, content=b'{"code": 200, "status": "OK", "resp')
        case "false":
            return httpx.Response(200, json={"code": 200, "status": "OK", "message": "", "response": False})
    raise AssertionError(kind)


def _answer(code: int, message: str, **more: Any) -> httpx.Response:
    body = {"code": code, "status": "Error", "message": message, "response": False}
    return httpx.Response(code, json=body, **more)


async def no_wait(_seconds: float) -> None:
    """Instead of waiting."""


class Account:
    """The app on an account of its own."""

    def __init__(self, store: Store, folder: Path, *, screen: str, read_only: bool = False) -> None:
        self.store = store
        self.line = Line(
            httpx.ASGITransport(app=create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW))
        )
        self.log = AuditLog(folder / "audit")
        self.api = Api(
            Connection("demo", "localhost", "demo", "demo", rate_limit=10**6),
            transport=self.line,
            sleep=no_wait,
            retry=RetryPolicy(limited_base=0.0, jitter=lambda: 0.0),
        )
        self.app = CotuiApp(
            Session(
                settings=Settings(path=folder / "config.toml"),
                state=StateStore(folder / "state.json"),
                connect=lambda profile, secret: self.api,
                audit=self.log,
                operator="alex",
                api=self.api,
                demo=True,
                screen=screen,
                read_only=read_only,
                today=lambda: TODAY,
            )
        )

    @property
    def audited(self) -> list[dict[str, Any]]:
        """Every line of the audit file."""
        return list(self.log.entries())


@contextmanager
def account(
    folder: Path, *, screen: str = "users", read_only: bool = False, customers: int = 12
) -> Iterator[Account]:
    """The app on a new account."""
    store = demo(customers, 1, TODAY)
    try:
        yield Account(store, folder, screen=screen, read_only=read_only)
    finally:
        store.close()


def typed(app: CotuiApp, *keys: str) -> None:
    """Keys that arrive all at once, as in one packet."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def asked(pilot: Pilot[None]) -> ConfirmDialog:
    """The confirmation, when it can be read."""
    app = pilot.app
    assert isinstance(app, CotuiApp)

    def drawn() -> bool:
        return isinstance(app.screen, ConfirmDialog) and app.screen._drawn < app.clock()

    await until(drawn)
    assert isinstance(app.screen, ConfirmDialog)
    return app.screen


async def ready(pilot: Pilot[None]) -> ConfirmDialog:
    dialog = await asked(pilot)
    await pilot.pause()
    return dialog


def words(own: Account) -> str:
    """What the screen says, in one line, without frames."""
    return " ".join(front_of(own.app).replace("│", " ").split())


def form(app: CotuiApp) -> FormScreen:
    """The form on the screen."""
    assert isinstance(app.screen, FormScreen), app.screen
    return app.screen


async def fill(pilot: Pilot[None], **texts: str) -> None:
    """Put texts into fields, as typing them would."""
    assert isinstance(pilot.app, CotuiApp)
    for name, text in texts.items():
        form(pilot.app).pane.show_text(name, text)
    await pilot.pause()


async def save(pilot: Pilot[None]) -> ConfirmDialog:
    """Save the form and see the confirmation."""
    await press(pilot, "ctrl+s")
    return await asked(pilot)


async def stored(own: Account, resource: str, ref: int | str) -> Mapping[str, Any]:
    """A record as the server has it."""
    return (await own.api.get(RESOURCES[resource], ref)).raw


async def put(own: Account, resource: str, ref: int, **values: object) -> None:
    """Somebody else changes a record."""
    from cotui.api import calls

    own.line.fault, before = "none", own.line.fault
    await own.api.call(calls.update(resource, ref, values))
    own.line.sent.clear()
    own.line.fault = before


def about(app: CotuiApp) -> str:
    """What is said about the field under the cursor."""
    return str(app.screen.query_one("#about", Static).render())


def notes(app: CotuiApp) -> str:
    """What is said about the form as a whole."""
    return str(app.screen.query_one("#notes", Static).render())


def body(own: Account) -> Any:
    """What was sent last."""
    return json.loads(own.line.sent[-1].content)
