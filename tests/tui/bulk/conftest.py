"""An account of its own for each test of many writes, on a line whose bulk calls can be held back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection
from cotui.api.transport.retry import RetryPolicy
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY, Wire, changes


def writes_together(request: httpx.Request) -> bool:
    """Whether it is a bulk call that changes something: those that ask for names do not."""
    return request.url.path.endswith("/_bulk") and changes(request)


class GatedWire(Wire):
    """Holds bulk calls until it is told to let them go on."""

    gate: asyncio.Event | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.gate is not None and writes_together(request):
            await self.gate.wait()
        return await super().handle_async_request(request)

    @property
    def batches(self) -> list[list[dict[str, Any]]]:
        """The bulk calls so far, each as the list of its requests."""
        return [
            json.loads(request.content)
            for request in self.requests
            if writes_together(request)
        ]  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    """Data of its own for every test: they change it."""
    store = demo(60, 1, TODAY)
    yield store
    store.close()


@pytest.fixture
def wire(store: Store) -> GatedWire:
    # so that a screen and a half is loaded, which one key marks
    service = Service(max_page_size=100)
    app = create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW, service=service)
    return GatedWire(httpx.ASGITransport(app=app))


@pytest.fixture
async def app(session: Session, wire: GatedWire) -> CotuiApp:
    assert session.api is not None
    await session.api.aclose()
    # a pause that the server asks for is exactly as long as it says
    connection = Connection("demo", "localhost", "demo", "demo")
    session.api = Api(connection, transport=wire, retry=RetryPolicy(base=0.0))
    session.screen = "customers"
    return CotuiApp(session)
