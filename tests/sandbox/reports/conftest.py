"""The demo account that reports are about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from tests.sandbox.reports.data import TODAY


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An account of 150 customers in a file; tests do not change it."""
    store = Store(tmp_path_factory.mktemp("reports") / "demo.sqlite")
    populate(store, 150, 3, TODAY)
    yield store
    store.close()
