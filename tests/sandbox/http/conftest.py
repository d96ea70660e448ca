"""A client over HTTP without a network, and waiting that takes no time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, PASSWORD, USER


@pytest.fixture
def three_customers() -> Iterator[Store]:
    """A small account of the test's own."""
    store = account.build(3)
    yield store
    store.close()


@pytest.fixture
def http_client(three_customers: Store) -> httpx.AsyncClient:
    """A client of that account, with keys."""
    app = create_app(three_customers, credentials=CREDENTIALS, clock=account.now)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1/api/v3/", auth=(USER, PASSWORD)
    )


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited, which take no time."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return found
