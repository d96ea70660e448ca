"""Large demos as tests make them."""

from __future__ import annotations

import sqlite3

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import generate
from tests.sandbox.demo.rules import TODAY

#: Customers made one by one; 49 to 60 are copied, seven times and a bit.
BLOCK = 60
CUSTOMERS = 150
FIRST = 49
SIZE = BLOCK - FIRST + 1


def made(customers: int = CUSTOMERS, seed: int = 1, block: int = BLOCK) -> Store:
    store = Store()
    with store.load() as connection:
        generate(connection, customers, seed, TODAY, block=block)
    return store


def column(connection: sqlite3.Connection, sql: str, *values: object) -> list[object]:
    return [row[0] for row in connection.execute(sql, values)]


def rows(connection: sqlite3.Connection, table: object, column_name: str = "*") -> int:
    found = connection.execute(f'SELECT count({column_name}) FROM "{table}"').fetchone()[0]
    assert isinstance(found, int)
    return found
