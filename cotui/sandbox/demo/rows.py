"""Rows of the demo on their way into the database.

Binding None takes Python's sqlite3 ten times as long as binding a number, so rows that are many hold 0 for
NULL where a column is named with a question mark, and SQL turns it into NULL (`marks`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

#: The address fields that the demo fills, in customers, packages and invoices alike.
ADDRESS_COLUMNS = (
    "bill_addr1 bill_addr2 bill_city bill_state bill_postcode bill_country "
    "ship_addr1 ship_city ship_state ship_postcode ship_country"
)
#: The same where 0 stands for NULL.
ADDRESS_OR_ZERO = ADDRESS_COLUMNS.replace(" ", "? ") + "?"
#: Values for ADDRESS_OR_ZERO.
Address = tuple[str | int, ...]
Row = tuple[Any, ...]


def names(columns: str) -> str:
    """Columns, separated by spaces, as SQL lists them."""
    return columns.replace("?", "").replace(" ", ", ")


def marks(columns: str) -> str:
    """What stands for the values of columns in SQL, in their order; 0 becomes NULL for those with a `?`."""
    return ", ".join("nullif(?, 0)" if name.endswith("?") else "?" for name in columns.split())


def inserting(table: str, columns: str) -> str:
    """The statement that inserts a row; `columns` are names separated by spaces, with `?` where 0 is NULL."""
    return f"INSERT INTO {table} ({names(columns)}) VALUES ({marks(columns)})"  # noqa: S608 - our own names


def by_number(statement: str) -> str:
    """A statement whose values are named by their place in a row, `?1` and so on, as Python's sqlite3 takes them.

    Early releases of 3.12 take `?1` for a name and warn of every value that comes without one, which takes as long
    as all the rest.

    Args:
        statement: selects from `given` wherever it names a value.
    """
    count = max(int(number) for number in re.findall(r"\?(\d+)", statement))
    row = ", ".join(f"? AS given_{number}" for number in range(1, count + 1))
    named = re.sub(r"\?(\d+)", r"given_\1", statement)
    return re.sub(r"\bFROM given\b", f"FROM (SELECT {row}) AS given", named)


def insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[Row]) -> None:
    """Inserts rows; `columns` as for `inserting`."""
    connection.executemany(inserting(table, columns), rows)


class Rows:
    """Rows of several tables that are inserted in batches.

    Args:
        statements: table -> the statement that inserts a row. Tables are filled in this order.
    """

    def __init__(self, connection: sqlite3.Connection, statements: Mapping[str, str]) -> None:
        self._connection = connection
        self._statements = statements
        self._rows: dict[str, list[Row]] = {table: [] for table in statements}

    def __getitem__(self, table: str) -> list[Row]:
        return self._rows[table]

    def flush(self) -> None:
        """Inserts what has been collected; the lists stay the same objects."""
        for table, rows in self._rows.items():
            if rows:
                self._connection.executemany(self._statements[table], rows)
                rows.clear()
