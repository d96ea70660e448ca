"""The map of what is copied: no table, id or name is forgotten."""

from __future__ import annotations

import sqlite3

import pytest

from cotui.sandbox.demo.copy_map import COPIED, IDS
from tests.sandbox.demo.large import BLOCK, column, made, rows

#: Ids in copied tables that are the same in a copy: those of the account's lists.
SHARED = {
    "admin_id",
    "brand_id",
    "campaign_id",
    "cancel_reason_id",
    "class_id",
    "currency_id",
    "custtype_id",
    "gateway_id",
    "item_id",
    "language_id",
    "quote_id",
    "tax_group_id",
    "tax_id",
    "transaction_batch_id",
    "terms_id",
    "tierset_id",
    "user_type_id",
}
#: What nothing else is known by.
NAMES = {"email", "external_key", "refnumber", "token", "username"}


def tables(connection: sqlite3.Connection) -> set[object]:
    names = column(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for name in names if not str(name).startswith("sqlite_")}


def references(connection: sqlite3.Connection, table: object) -> dict[str, tuple[str, str]]:
    """Column -> table and column that it refers to."""
    return {row[3]: (row[2], row[4]) for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}


@pytest.mark.long
def test_tables_are_copied_or_need_no_copy(large_demo: sqlite3.Connection) -> None:
    """What belongs to customers is in the map, unless no demo has any of it."""
    assert tables(large_demo) >= COPIED.keys()
    others = tables(large_demo) - COPIED.keys()
    for table in others:
        if any(target in COPIED for target, _ in references(large_demo, table).values()):
            assert rows(large_demo, table) == 0, (
                f"{table} belongs to customers: COPIED has to say how it is copied"
            )
    store = made(BLOCK)
    with store.read() as reader:
        for table in others:
            assert rows(large_demo, table) == rows(reader.connection, table), table
    store.close()


@pytest.mark.parametrize("table", COPIED)
def test_no_id_and_no_name_is_forgotten(large_demo: sqlite3.Connection, table: str) -> None:
    copied = COPIED[table]
    info = large_demo.execute(f"PRAGMA table_info({table})").fetchall()
    columns = {row[1] for row in info}
    assert columns >= {*copied.shifted, *copied.made}
    assert not copied.shifted.keys() & copied.made.keys()
    assert {row[1] for row in info if row[5]} <= set(copied.order)
    for kind in copied.shifted.values():
        assert kind in IDS
    told = copied.shifted.keys() | copied.made.keys()
    for name, target in references(large_demo, table).items():
        if target in IDS.values():
            assert IDS[copied.shifted[name]] == target
        else:
            assert name in SHARED
            assert name not in told
    unique = {
        name
        for row in large_demo.execute(f"PRAGMA index_list({table})").fetchall()
        if row[2]
        for name in column(large_demo, f"SELECT name FROM pragma_index_info('{row[1]}')")
    }
    for name in columns:
        if name in unique | NAMES:
            assert name in told or rows(large_demo, table, name) == 0, name
        elif name.endswith("_id"):
            assert name in told or name in SHARED, name
