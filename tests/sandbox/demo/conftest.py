"""A demo account for all tests of the generator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from cotui.sandbox.database import schema
from tests.sandbox.demo.rules import generated


@pytest.fixture(scope="session")
def demo() -> Iterator[sqlite3.Connection]:
    """500 customers; what a test changes it takes back."""
    with closing(generated(500)) as connection:
        schema.create_indexes(connection)
        connection.commit()
        yield connection
