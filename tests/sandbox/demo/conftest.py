"""Demo accounts for all tests of the generator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from cotui.sandbox.database import schema
from cotui.sandbox.database.store import Store
from tests.sandbox.demo.large import made
from tests.sandbox.demo.rules import generated


@pytest.fixture(scope="session")
def demo() -> Iterator[sqlite3.Connection]:
    """500 customers; what a test changes it takes back."""
    with closing(generated(500)) as connection:
        schema.create_indexes(connection)
        connection.commit()
        yield connection


@pytest.fixture(scope="session")
def large() -> Iterator[Store]:
    """One whose further customers are copies."""
    store = made()
    yield store
    store.close()


@pytest.fixture
def large_demo(large: Store) -> Iterator[sqlite3.Connection]:
    """All of that account; what a test changes is taken back."""
    with large.read() as reader:
        yield reader.connection
        reader.connection.rollback()
