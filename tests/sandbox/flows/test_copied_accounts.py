"""Accounts that tests get are copies of one that was filled once: as if each had been filled anew."""

from __future__ import annotations

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate
from tests import stores
from tests.sandbox import account

PRAGMAS = ("user_version", "application_id", "page_size", "encoding", "foreign_keys", "journal_mode")


def everything(store: Store) -> list[object]:
    """All of a store's tables, indexes, rows and settings."""
    with store.read() as reader:
        connection = reader.connection
        settings = [connection.execute(f"PRAGMA {name}").fetchall() for name in PRAGMAS]
        return [*connection.iterdump(), *settings]


def test_a_copy_of_the_small_account_is_the_small_account() -> None:
    filled = Store()
    account.fill(filled, 3)
    copies = [account.build(3), account.build(3)]
    assert [everything(copy) for copy in copies] == [everything(filled)] * 2
    for store in (filled, *copies):
        store.close()


def test_a_copy_of_a_demo_is_the_demo() -> None:
    filled = Store()
    populate(filled, 5, 2, account.TODAY)
    copy = stores.demo(5, 2, account.TODAY)
    other = stores.demo(5, 3, account.TODAY)
    assert everything(copy) == everything(filled) != everything(other)
    for store in (filled, copy, other):
        store.close()


def test_what_is_changed_in_a_copy_is_in_no_other() -> None:
    first = account.build(3)
    before = everything(first)
    with first.write() as connection:
        connection.execute("DELETE FROM invoice_schedule")
    second = account.build(3)
    assert everything(first) != before
    assert everything(second) == before
    first.close()
    third = account.build(3)
    assert everything(third) == before
    second.close()
    third.close()
