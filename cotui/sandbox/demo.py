"""Demo data: a plausible account, the same for the same customers, seed and day.

    with closing(Store(path)) as store:
        populate(store, customers=500, seed=1, today=date(2026, 11, 22))

Ids start at 1. Customers 1 to 40 are the showcase (demo_names.SHOWCASE), 41 to 48 hold hostile text
(demo_hostile.py), 7, 21 and 33 have hundreds of invoices. With fewer customers the last of these are missing;
with none there is only an empty account. Dates are counted back from `today`.
"""

from __future__ import annotations

import gc
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from cotui.sandbox.demo_account import fill_account
from cotui.sandbox.demo_billing import BILLING_TABLES, Billing
from cotui.sandbox.demo_customers import CUSTOMER_TABLES, CustomerMaker
from cotui.sandbox.demo_dice import Calendar, Dice
from cotui.sandbox.demo_lines import FINISH, PREPARE
from cotui.sandbox.demo_records import fill_records
from cotui.sandbox.demo_rows import Database, Rows, Writer, insert
from cotui.sandbox.own_process import can_start, processors

if TYPE_CHECKING:
    from cotui.sandbox.store import Store

#: Raised when the data changes, so that files made before are not taken for files of this version.
GENERATOR_VERSION = 2

DEFAULT_CUSTOMERS = 500
DEFAULT_SEED = 1

#: From so many customers on another process makes the rows while this one stores them.
FROM_CUSTOMERS = 2000

#: The account's first customer came this many days ago.
_DAYS = 1500


def populate(store: Store, customers: int, seed: int, today: date) -> None:
    """Fills an empty database with demo data.

    Takes about 1.1 ms of processor time for each customer (ten invoices), indexes included, on two processors when
    there are many customers. Making the rows takes memory for the customers, not for the invoices.

    Raises:
        ValueError: the database holds customers already, or `customers` is negative.
        OSError: the process that makes the rows of a large account broke off. Nothing was written.
    """
    if customers < 0:
        raise ValueError("the number of customers is negative")
    if not store.is_empty:
        raise ValueError("the database holds customers already")
    with store.load() as connection:
        generate(connection, customers, seed, today)


def generate(connection: sqlite3.Connection, customers: int, seed: int, today: date) -> None:
    """Writes demo data into tables that are empty; the caller makes the indexes and ends the transaction.

    Raises:
        OSError: the process that makes the rows of a large account broke off.
    """
    collecting = gc.isenabled()
    gc.disable()  # very many small objects, none in cycles
    try:
        connection.execute(PREPARE)
        database = Database(connection)
        if customers >= FROM_CUSTOMERS and can_start() and processors() > 1:
            # small demos do without, and without what it imports
            from cotui.sandbox.demo_process import made_elsewhere

            with made_elsewhere(customers, seed, today) as batches:
                for statement, rows in batches:
                    database.write(statement, rows)
        else:
            make(database, customers, seed, today)
        connection.execute(FINISH)
    finally:
        if collecting:
            gc.enable()


def make(writer: Writer, customers: int, seed: int, today: date) -> None:
    """Makes the demo data and hands it to a writer."""
    dice = Dice(seed)
    calendar = Calendar(today, _DAYS)
    fill_account(writer, dice.token, calendar.night(0, 0))
    rows = Rows(writer, CUSTOMER_TABLES | BILLING_TABLES)
    maker = CustomerMaker(rows, dice, calendar, customers)
    maker.run()
    billing = Billing(rows, dice, calendar, maker.accounts)
    billing.run(sorted(maker.plan))
    billing.write_sums(writer)
    fill_records(writer, dice, calendar, maker.accounts)
    insert(
        writer,
        "meta",
        "key value",
        [
            ("generator", str(GENERATOR_VERSION)),
            ("seed", str(seed)),
            ("customers", str(customers)),
            ("data_date", today.isoformat()),
        ],
    )
