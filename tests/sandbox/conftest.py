"""The small account and a client for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.sandbox.app import create_app
from cotui.sandbox.store import Store
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
