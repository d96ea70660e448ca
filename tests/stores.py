"""The sandbox's accounts, filled once in a process and copied for every test that changes one.

Filling takes 30 to 200 ms, for the tables and indexes alone 15; copying what SQLite has in memory takes one. A copy
is equal to the account row by row and page by page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from datetime import date

from cotui.sandbox.database.store import Store
from cotui.sandbox.demo.generate import populate

_filled: dict[Hashable, Store] = {}


class _Copy(Store):
    """A store in memory that begins with all the data of another one."""

    def __init__(self, original: Store) -> None:
        self._original = original
        super().__init__()

    def _open(self, patience: float) -> sqlite3.Connection:
        connection = super()._open(patience)
        self._original._writer.backup(connection)
        return connection


def copied(key: Hashable, fill: Callable[[Store], object]) -> Store:
    """An account of the caller's own, in memory; the caller closes it.

    Args:
        key: what tells this account from all others.
        fill: makes it in an empty store, the same whenever it is called.
    """
    if key not in _filled:
        _filled[key] = store = Store()
        fill(store)
    return _Copy(_filled[key])


def demo(customers: int, seed: int, today: date) -> Store:
    """A demo account of the caller's own, as `populate` makes it."""
    return copied(("demo", customers, seed, today), lambda store: populate(store, customers, seed, today))
