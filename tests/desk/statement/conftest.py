"""The books of one customer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from cotui.sandbox.database.store import Store
from tests.desk.statement.books import Books
from tests.sandbox import account


@pytest.fixture
async def books() -> AsyncIterator[Books]:
    store: Store = account.build()
    found = await Books(store).open()
    yield found
    await found.api.aclose()
    store.close()
