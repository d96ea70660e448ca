"""Rows of the demo on their way into the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

#: The address fields that the demo fills, in customers, packages and invoices alike.
ADDRESS_COLUMNS = (
    "bill_addr1 bill_addr2 bill_city bill_state bill_postcode bill_country "
    "ship_addr1 ship_city ship_state ship_postcode ship_country"
)
#: Values for ADDRESS_COLUMNS.
Address = tuple[str | None, ...]


def insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Inserts rows; `columns` are names separated by spaces and come from this package only."""
    names = columns.split()
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    connection.executemany(statement, rows)


class Rows:
    """Rows of several tables that are inserted in batches.

    Args:
        columns: table -> its columns, separated by spaces. Tables are filled in this order.
    """

    def __init__(self, connection: sqlite3.Connection, columns: Mapping[str, str]) -> None:
        self._connection = connection
        self._columns = columns
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in columns}

    def __getitem__(self, table: str) -> list[tuple[Any, ...]]:
        return self._rows[table]

    def flush(self) -> None:
        """Inserts what has been collected."""
        for table, rows in self._rows.items():
            insert(self._connection, table, self._columns[table], rows)
            rows.clear()
