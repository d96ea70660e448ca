"""Further customers of a large demo: copies of those that were made one by one, written by SQLite alone.

Customers after the showcase and the hostile ones, with all that is theirs, are copied in blocks: ids and what refers
to them are shifted, names, tokens and keys are new (demo_copy_map.py). So all sums and statuses of a copy agree as
they do in what it is a copy of; amounts, dates and addresses come again in every block.
"""

from __future__ import annotations

import sqlite3

from cotui.sandbox.demo.copy_map import COPIED, IDS, CopiedTable
from cotui.sandbox.demo.copy_names import drop_names, make_names
from cotui.sandbox.demo.state import SHOWN, Account


def copy_customers(
    connection: sqlite3.Connection, customers: int, accounts: list[Account], salt: int
) -> None:
    """Adds copies until the account has so many customers.

    Args:
        accounts: the customers there are, more than the shown ones (state.SHOWN).
        salt: a number below 2 ** 24; tokens depend on it.
    """
    make_names(connection, accounts)
    columns: dict[str, list[str]] = {}
    for table, copied in COPIED.items():
        columns[table], others = _columns(connection, table, copied)
        _take(connection, table, copied, columns[table], others)
    _make_blocks(connection, customers, len(accounts), salt)
    for table, copied in COPIED.items():
        _copy(connection, table, copied, columns[table], customers)
        connection.execute(f"DROP TABLE temp.demo_{table}")
    connection.execute("DROP TABLE temp.demo_blocks")
    drop_names(connection)


def _columns(connection: sqlite3.Connection, table: str, copied: CopiedTable) -> tuple[list[str], list[str]]:
    """The columns that hold anything but their default in any row, and the others.

    SQLite fills in defaults more quickly than it copies them. Columns that rows are ordered by are always among the
    first.
    """
    columns = [
        (str(name), default or "NULL")
        for _, name, _, _, default, _ in connection.execute(f"PRAGMA main.table_info({table})")
    ]
    differs = ", ".join(f"max({_quoted(name)} IS NOT {default})" for name, default in columns)
    found = connection.execute(f"SELECT {differs} FROM main.{table}").fetchone()  # noqa: S608 - our schema's
    filled: list[str] = []
    others: list[str] = []
    for (name, _), any_differs in zip(columns, found, strict=True):
        (filled if any_differs or name in copied.order else others).append(name)
    return filled, others


def _take(
    connection: sqlite3.Connection, table: str, copied: CopiedTable, filled: list[str], others: list[str]
) -> None:
    """Puts the rows to copy aside: reading from the table that is written to would take a detour.

    SQLite finds the first columns of a row more quickly than the last ones.
    """
    values = [f"t.{_quoted(column)}" for column in filled]
    values += [f"{value} AS {name}" for name, value in copied.extra.items()]
    values.append(f"{copied.owner} AS owner")
    values += [f"t.{_quoted(column)}" for column in others]
    connection.execute(
        f"CREATE TEMP TABLE demo_{table} AS SELECT {', '.join(values)} FROM main.{table} t "  # noqa: S608 - our own names
        f"WHERE owner > {SHOWN} ORDER BY {', '.join(copied.order)}"
    )


def _make_blocks(connection: sqlite3.Connection, customers: int, made: int, salt: int) -> None:
    """Notes for each block how far its ids are from those it is copied from; they follow on the highest ones."""
    distances = [
        f"(SELECT max({key}) FROM main.{table}) + 1 - (SELECT min({key}) FROM temp.demo_{table})"  # noqa: S608 - our own names
        for table, key in IDS.values()
    ]
    distance = connection.execute(f"SELECT {', '.join(distances)}").fetchone()
    names = ", ".join(_quoted(kind) for kind in IDS)
    marks = ", ".join("?" for _ in IDS)
    connection.execute(f"CREATE TEMP TABLE demo_blocks (block INTEGER PRIMARY KEY, salt, {names})")
    # rounded up
    blocks = -(-(customers - made) // (made - SHOWN))
    connection.executemany(
        f"INSERT INTO demo_blocks VALUES (?, ?, {marks})",  # noqa: S608 - only marks
        [(block, salt, *(block * (step or 0) for step in distance)) for block in range(1, blocks + 1)],
    )


def _copy(
    connection: sqlite3.Connection, table: str, copied: CopiedTable, columns: list[str], customers: int
) -> None:
    values = {column: f"t.{_quoted(column)}" for column in columns}
    values |= {
        column: f"t.{_quoted(column)} + b.{_quoted(kind)}"
        for column, kind in copied.shifted.items()
        if column in values
    }
    values |= {column: value for column, value in copied.made.items() if column in values}
    # Block by block, and rows in the order of their keys: that makes the new keys rise.
    connection.execute(
        f"INSERT INTO main.{table} ({', '.join(map(_quoted, values))}) SELECT {', '.join(values.values())} "  # noqa: S608 - our own names
        f"FROM demo_blocks b CROSS JOIN demo_{table} t {copied.joins} WHERE t.owner + b.customer <= ?",
        (customers,),
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
