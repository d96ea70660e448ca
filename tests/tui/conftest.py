"""A session on the sandbox in this process, over data that never changes, at a fixed day."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from cotui.api import Api, Connection
from cotui.audit.log import AuditLog
from cotui.desk.account_day import AccountDay
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.settings import Profile, Settings, StateStore
from cotui.tui.base.session import Session
from cotui.tui.engine import key_queue
from cotui.tui.shell.app import CotuiApp
from tests.tui import parsed_once, quiet

parsed_once.install()
quiet.install()

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)


def changes(request: httpx.Request) -> bool:
    """Whether a request may change something: one that asks for many names at once does not, though it is a POST."""
    if request.method == "GET" or "/_report/" in request.url.path:
        return False
    if not request.url.path.endswith("/_bulk"):
        return True
    return any(item["request_method"] != "GET" for item in json.loads(request.content))


class Wire(httpx.AsyncBaseTransport):
    """A transport that counts what passes and can be told to answer otherwise."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.requests: list[httpx.Request] = []
        #: called before the sandbox; what it returns or raises is the answer
        self.instead: Callable[[httpx.Request], httpx.Response | None] | None = None

    @property
    def paths(self) -> list[str]:
        """Path and query of every request so far."""
        return [request.url.raw_path.decode() for request in self.requests]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.instead is not None:
            answer = self.instead(request)
            if answer is not None:
                return answer
        return await self._inner.handle_async_request(request)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker."""
    config.addinivalue_line("markers", "painted: frames are drawn though nobody looks at them")
    config.addinivalue_line("markers", "hasty: how soon a letter follows another one matters")


@pytest.fixture(autouse=True)
def _frames(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames are left out, unless the test is marked `painted`."""
    if request.node.get_closest_marker("painted") is None:
        quiet.unpainted(monkeypatch)


@pytest.fixture(autouse=True)
def _slow_typing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests press their keys faster than anybody means them; each is meant, unless the test is marked `hasty`."""
    if request.node.get_closest_marker("hasty") is None:
        monkeypatch.setattr(key_queue, "WORD", 0.0)


@pytest.fixture(autouse=True)
def _restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor rests on a row of a list when the test says so (`resting.rest`), not after a part of a second."""
    monkeypatch.setattr("cotui.tui.pages.beside.REST", 3600.0)


@pytest.fixture(autouse=True)
def _no_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says when it was read says so by the account's clock, so that pictures are alike wherever they are taken."""
    for module in ("pages.answer_screen", "statement.screen"):
        monkeypatch.setattr(f"cotui.tui.{module}.clock_time", lambda moment: f"{moment:%H:%M:%S}")


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    store = Store(":memory:")
    populate(store, 120, 1, TODAY)
    yield store
    store.close()


@pytest.fixture
def wire(store: Store) -> Wire:
    # it stands in for whatever account tests set up
    origin_check = OriginCheck(frozenset({"acme.chargeover.com"}))
    app = create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW, origin_check=origin_check)
    return Wire(httpx.ASGITransport(app=app))


@pytest.fixture
async def session(wire: Wire, tmp_path: Path) -> AsyncIterator[Session]:
    def connect(profile: Profile, secret: str) -> Api:
        return Api(Connection(profile.name, profile.url, profile.username, secret), transport=wire)

    api = Api(Connection("demo", "localhost", "demo", "demo"), transport=wire)
    yield Session(
        settings=Settings(path=tmp_path / "config.toml"),
        state=StateStore(tmp_path / "state.json"),
        connect=connect,
        audit=AuditLog(tmp_path / "audit"),
        operator="alex",
        api=api,
        demo=True,
        day=AccountDay("America/New_York", now=lambda: NOW),
        today=lambda: TODAY,
    )
    await api.aclose()


@pytest.fixture
def app(session: Session) -> CotuiApp:
    return CotuiApp(session)
