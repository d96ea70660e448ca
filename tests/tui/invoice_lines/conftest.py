"""The app on the invoices of data that tests may change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.sandbox.database.store import Store
from cotui.tui.shell.app import CotuiApp
from tests.stores import demo
from tests.tui.conftest import TODAY


@pytest.fixture
def store() -> Iterator[Store]:
    """Data of its own for every test: they change it."""
    store = demo(20, 1, TODAY)
    yield store
    store.close()


@pytest.fixture
def app(app: CotuiApp) -> CotuiApp:
    app.session.screen = "invoices"
    return CotuiApp(app.session)
