"""The small account and a client for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """The small account; tests do not change it."""
    store = account.build()
    yield store
    store.close()


@pytest.fixture(scope="session")
def client(store: Store) -> Client:
    """A client of the small account, at its own time."""
    return Client(create_app(store, credentials=CREDENTIALS, clock=account.now))


@pytest.fixture
def live_store() -> Iterator[Store]:
    """A small account of the test's own."""
    store = account.build()
    yield store
    store.close()


@pytest.fixture
def live(live_store: Store) -> Client:
    """A client that may change the account."""
    return Client(create_app(live_store, credentials=CREDENTIALS, clock=account.now))


@pytest.fixture
def own(live_store: Store) -> Client:
    """The same with a second key, "reader" with "secret", that may only read."""
    credentials = {**CREDENTIALS, "reader": "secret"}
    return Client(create_app(live_store, credentials=credentials, read_only=["reader"], clock=account.now))
