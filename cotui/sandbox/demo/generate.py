"""Demo data: a plausible account, the same for the same customers, seed and day.

    with closing(Store(path)) as store:
        populate(store, customers=500, seed=1, today=date(2026, 11, 22))

Ids start at 1. Customers 1 to 40 are the showcase (names.SHOWCASE), 41 to 48 hold hostile text
(hostile_rows.py), 7, 21 and 33 have hundreds of invoices. With fewer customers the last of these are missing;
with none there is only an empty account. Dates are counted back from `today`.

Objects that bring their tables along have their rows in `demo.sql` of their folders. These statements know `:today`, a
day, and `:now`, Unix seconds, and find the customers and all else that was made before.

Accounts of more than BLOCK customers are made of so many, and of copies of those from 49 on under other names: their
amounts, dates and addresses come again in every block.
"""

from __future__ import annotations

import gc
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from cotui.sandbox.database.schema import of_objects
from cotui.sandbox.demo.account import fill_account
from cotui.sandbox.demo.billing import BILLING_TABLES, Billing
from cotui.sandbox.demo.copies import copy_customers
from cotui.sandbox.demo.customers import CUSTOMER_TABLES, CustomerMaker
from cotui.sandbox.demo.lines import FINISH, PREPARE
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.records import fill_records
from cotui.sandbox.demo.rows import Rows, insert

if TYPE_CHECKING:
    from cotui.sandbox.database.store import Store

#: Raised when the data changes, so that files made before are not taken for files of this version.
GENERATOR_VERSION = 3

DEFAULT_CUSTOMERS = 500
DEFAULT_SEED = 1

#: Customers that are made one by one; further ones are copies.
BLOCK = 5000

#: The account's first customer came this many days ago.
_DAYS = 1500


def populate(store: Store, customers: int, seed: int, today: date) -> None:
    """Fills an empty database with demo data.

    Takes about 0.5 ms of processor time for each customer (ten invoices), indexes included, and twice as much in small
    accounts. Memory is taken for BLOCK customers at most, and for SQLite's cache.

    Raises:
        ValueError: the database holds customers already, or `customers` is negative.
    """
    if customers < 0:
        raise ValueError("the number of customers is negative")
    if not store.is_empty:
        raise ValueError("the database holds customers already")
    with store.load() as connection:
        generate(connection, customers, seed, today)


def generate(
    connection: sqlite3.Connection, customers: int, seed: int, today: date, *, block: int = BLOCK
) -> None:
    """Writes demo data into tables that are empty; the caller makes the indexes and ends the transaction.

    Args:
        block: customers that are made one by one, more than the shown ones (state.SHOWN).
    """
    collecting = gc.isenabled()
    gc.disable()  # very many small objects, none in cycles
    try:
        _generate(connection, customers, seed, today, min(customers, block))
    finally:
        if collecting:
            gc.enable()


def _generate(connection: sqlite3.Connection, customers: int, seed: int, today: date, made: int) -> None:
    randomness = Randomness(seed)
    calendar = Calendar(today, _DAYS)
    connection.execute(PREPARE)
    fill_account(connection, randomness.token, calendar.night(0, 0))
    rows = Rows(connection, CUSTOMER_TABLES | BILLING_TABLES)
    maker = CustomerMaker(rows, randomness, calendar, made)
    maker.run()
    billing = Billing(rows, randomness, calendar, maker.accounts)
    billing.run(sorted(maker.plan))
    billing.write_sums(connection)
    fill_records(connection, randomness, calendar, maker.accounts)
    connection.execute(FINISH)
    moment = {"today": today.isoformat(), "now": calendar.night(calendar.today, 0)}
    for statement in of_objects("demo.sql"):
        connection.execute(statement, moment)
    if customers > made:
        copy_customers(connection, customers, maker.accounts, randomness.below(2**24))
    insert(
        connection,
        "meta",
        "key value",
        [
            ("generator", str(GENERATOR_VERSION)),
            ("seed", str(seed)),
            ("customers", str(customers)),
            ("data_date", today.isoformat()),
        ],
    )
