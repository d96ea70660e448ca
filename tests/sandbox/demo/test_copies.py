"""Large demos, whose further customers are copies: as consistent as what they are copied from, and nothing twice."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cotui.catalog import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.catalog.objects.user import USER
from cotui.sandbox.billing.totals import refresh_totals
from cotui.sandbox.database.store import Store
from cotui.sandbox.demo import generate as demo_module
from cotui.sandbox.demo.copies import copy_customers
from cotui.sandbox.demo.copy_map import COPIED, IDS
from cotui.sandbox.demo.generate import generate, populate
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.resetting import reset_account
from tests.sandbox.client import CREDENTIALS, Client
from tests.sandbox.demo.large import BLOCK, CUSTOMERS, FIRST, SIZE, column, made, rows
from tests.sandbox.demo.rules import TODAY, VIOLATIONS, fingerprint
from tests.sandbox.served_types import OLD, check_types

#: Across blocks the next id may be of an earlier day; see test_ids_rise_with_dates.
ACROSS = "ids rise with dates"


@pytest.mark.parametrize("rule", sorted(VIOLATIONS.keys() - {ACROSS}))
def test_derivations_hold(large_demo: sqlite3.Connection, rule: str) -> None:
    assert large_demo.execute(VIOLATIONS[rule].format(today=TODAY)).fetchmany(5) == []


def test_ids_rise_with_dates(large_demo: sqlite3.Connection) -> None:
    """For each customer, and everywhere but where a block begins."""
    for table, day in (("invoices", "date"), ("transactions", "transaction_date")):
        key = IDS[table[:-1]][1]
        assert not column(
            large_demo,
            f"SELECT {key} FROM (SELECT {key}, {day}, lag({day}) OVER (PARTITION BY customer_id ORDER BY {key}) d "
            f"FROM {table}) WHERE d > {day}",
        )
        falls = f"SELECT {key} FROM (SELECT {key}, {day}, lag({day}) OVER (ORDER BY {key}) d FROM {table}) WHERE d > {day}"
        assert len(column(large_demo, falls)) <= -(-(CUSTOMERS - BLOCK) // SIZE)


def test_references_are_good(large_demo: sqlite3.Connection) -> None:
    assert large_demo.execute("PRAGMA foreign_key_check").fetchall() == []
    assert large_demo.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_kept_sums_are_those_of_totals(large: Store) -> None:
    sums = (
        "SELECT customer_id, total, balance, paid, oldest_due_date FROM customers",
        "SELECT package_id, amount_invoiced, amount_collected, amount_due, oldest_due_date FROM packages",
    )
    with large.write() as connection:
        before = [connection.execute(sql).fetchall() for sql in sums]
        refresh_totals(connection)
        assert [connection.execute(sql).fetchall() for sql in sums] == before


def test_every_customer_is_there_once(large_demo: sqlite3.Connection) -> None:
    assert column(large_demo, "SELECT customer_id FROM customers ORDER BY 1") == list(range(1, CUSTOMERS + 1))
    assert column(large_demo, "SELECT value FROM meta WHERE key = 'customers'") == [str(CUSTOMERS)]
    for key, table in (("user_id", "users"), ("package_id", "packages"), ("line_item_id", "package_lines")):
        ids = column(large_demo, f"SELECT {key} FROM {table} ORDER BY 1")
        assert ids == list(range(1, len(ids) + 1))


@pytest.mark.parametrize("table", COPIED)
def test_a_copy_has_as_much_as_its_original(large_demo: sqlite3.Connection, table: str) -> None:
    """The last block breaks off in the middle: what belongs to later customers is not there."""
    owner = f"SELECT {COPIED[table].owner} AS owner, count(*) AS n FROM {table} t GROUP BY 1"
    counts = dict(large_demo.execute(owner).fetchall())
    assert counts
    assert max(counts) <= CUSTOMERS
    for customer in range(BLOCK + 1, CUSTOMERS + 1):
        original = FIRST + (customer - FIRST) % SIZE
        assert counts.get(customer) == counts.get(original), (customer, original)


def test_amounts_and_statuses_are_those_of_the_original(large_demo: sqlite3.Connection) -> None:
    sql = "SELECT date, stage, total, balance, refunds, declines FROM invoices WHERE customer_id = ? ORDER BY invoice_id"
    for customer in range(BLOCK + 1, CUSTOMERS + 1):
        original = FIRST + (customer - FIRST) % SIZE
        assert (
            large_demo.execute(sql, (customer,)).fetchall() == large_demo.execute(sql, (original,)).fetchall()
        )


def test_tokens_are_never_the_same(large_demo: sqlite3.Connection) -> None:
    found = [
        str(token).removeprefix("cus_")
        for table in COPIED
        if "token" in COPIED[table].made
        for token in column(large_demo, f"SELECT token FROM {table}")
    ]
    found += [str(name) for name in column(large_demo, "SELECT username FROM users") if "." not in str(name)]
    found = [token for token in found if not token.startswith("billing")]
    assert len(found) > 2000
    assert len({token.lower() for token in found}) == len(found)
    assert all(re.fullmatch("[0-9a-z]{12}", token) for token in found)


def test_numbers_name_their_record(large_demo: sqlite3.Connection) -> None:
    """In copies too, a key or number that is made from the id is made from the copy's."""
    for what, sql in {
        "refnumber": "SELECT 1 FROM invoices WHERE refnumber NOT IN (CAST(invoice_id AS TEXT), "
        "printf('INV-%s-%06d', substr(date, 1, 4), invoice_id))",
        "invoice": "SELECT 1 FROM invoices WHERE external_key <> 'order-' || (invoice_id * 3 + 70001)",
        "transaction": "SELECT 1 FROM transactions WHERE external_key <> 'pay-' || transaction_id",
        "package": "SELECT 1 FROM packages WHERE external_key <> 'sub-' || customer_id || '-' || package_id",
        "user": "SELECT 1 FROM users WHERE external_key <> 'contact-' || user_id",
        "customer": "SELECT 1 FROM customers WHERE external_key <> 'CRM-' || (100000 + customer_id * 7)",
        "owner": "SELECT 1 FROM creditcards k JOIN customers c USING (customer_id) JOIN users u "
        "ON u.user_id = c.superuser_id WHERE k.name IS NOT u.name",
    }.items():
        assert column(large_demo, sql) == [], what


@pytest.mark.parametrize(
    "resource", [CUSTOMER, USER, INVOICE, TRANSACTION, PACKAGE], ids=lambda item: item.id
)
async def test_copies_are_served_like_others(large: Store, resource: Resource) -> None:
    clock = datetime(TODAY.year, TODAY.month, TODAY.day, 16, tzinfo=UTC)
    client = Client(create_app(large, credentials=CREDENTIALS, clock=lambda: clock))
    listed = {item.name for item in resource.fields if item.listed and "." not in item.name} - OLD
    single = {item.name for item in resource.fields if item.readable and "." not in item.name} - OLD
    key = resource.primary_key
    found = await client.rows(resource.path, limit=100, order=f"{key}:DESC")
    assert len(found) == 100 or resource in (PACKAGE,)
    for row in found:
        assert listed <= row.keys()
        check_types(resource.fields, row)
    for row in found[::7]:
        one = (await client.get(f"{resource.path}/{row[key]}")).response
        assert single <= one.keys()
        assert row.items() <= one.items()
        check_types(resource.fields, one)


async def test_invoices_of_copies_are_their_customers(large: Store) -> None:
    client = Client(create_app(large, credentials=CREDENTIALS))
    seen = 0
    for customer in await client.rows("customer", where=f"customer_id:GT:{BLOCK}", limit=500):
        customer_id = customer["customer_id"]
        invoices = await client.rows("invoice", where=f"customer_id:EQUALS:{customer_id}", limit=500)
        seen += len(invoices)
        assert sum(row["balance"] for row in invoices) == pytest.approx(customer["balance"])
        for row in invoices[:2]:
            one = (await client.get(f"invoice/{row['invoice_id']}")).response
            assert sum(line["line_total"] for line in one["line_items"]) == pytest.approx(one["total"])
            assert {line["invoice_id"] for line in one["line_items"]} == {row["invoice_id"]}
    assert seen > 300


@pytest.mark.long
def test_the_same_arguments_give_the_same_data() -> None:
    """A change of this fingerprint is a change of the data: GENERATOR_VERSION has to rise with it."""
    found = []
    for seed in (1, 1, 2):
        store = made(100, seed)
        with store.read() as reader:
            found.append(fingerprint(reader.connection))
        store.close()
    assert found[0] == found[1] != found[2]
    assert found[0] == "faab1b8881e32459a5c9871a55cf4398e8a38cc2e6a439d00fa4c09e35eb1c53"


@pytest.mark.sample("61-60", "53-49")
@pytest.mark.parametrize(
    ("customers", "block"), [(BLOCK, BLOCK), (BLOCK + 1, BLOCK), (BLOCK + SIZE, BLOCK), (53, 49)]
)
def test_blocks_of_any_size(customers: int, block: int) -> None:
    store = made(customers, 3, block)
    with store.read() as reader:
        assert rows(reader.connection, "customers") == customers
        assert reader.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert "demo" not in str(column(reader.connection, "SELECT name FROM sqlite_temp_master"))
        for rule in VIOLATIONS.keys() - {ACROSS}:
            assert column(reader.connection, VIOLATIONS[rule].format(today=TODAY)) == [], rule
    store.close()


def test_a_block_does_without_copies(large: Store) -> None:
    """The customers that are made one by one are those of an account without copies."""
    store = made(BLOCK)
    with store.read() as alone, large.read() as among:
        for table in COPIED:
            key = ", ".join(COPIED[table].order)
            found = alone.connection.execute(f"SELECT * FROM {table} ORDER BY {key}").fetchall()
            assert found
            first = f"SELECT * FROM {table} t WHERE {COPIED[table].owner} <= {BLOCK} ORDER BY {key}"
            assert among.connection.execute(first).fetchall() == found, table
    store.close()


def test_what_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying is the last thing: by then all tables have rows."""

    def fail(connection: sqlite3.Connection, *arguments: Any) -> None:
        copy_customers(connection, *arguments)
        raise sqlite3.IntegrityError("a key is there twice")

    with closing(Store(tmp_path / "demo.sqlite")) as store:
        with store.read() as reader:
            indexes = column(reader.connection, "SELECT name FROM sqlite_master ORDER BY 1")
        with monkeypatch.context() as patch:
            patch.setattr(demo_module, "copy_customers", fail)
            with pytest.raises(sqlite3.IntegrityError, match="twice"), store.load() as connection:
                generate(connection, CUSTOMERS, 1, TODAY, block=BLOCK)
        assert store.is_empty
        assert store.meta("generator") is None
        with store.read() as reader:
            assert rows(reader.connection, "currencies") == 0
            assert column(reader.connection, "SELECT name FROM sqlite_master ORDER BY 1") == indexes
        with store.load() as connection:
            generate(connection, CUSTOMERS, 1, TODAY, block=BLOCK)
        assert store.meta("customers") == str(CUSTOMERS)


@pytest.mark.long
def test_an_account_in_use_can_be_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a bulk load: indexes and foreign keys are on."""
    monkeypatch.setattr(demo_module.generate, "__kwdefaults__", {"block": BLOCK})
    with closing(Store(tmp_path / "demo.sqlite")) as store:
        populate(store, 80, 1, TODAY)
        with store.read() as reader:
            before = fingerprint(reader.connection)
        with store.write() as connection:
            connection.execute("UPDATE customers SET company = 'Changed'")
        reset_account(store, TODAY)
        with store.read() as reader:
            assert fingerprint(reader.connection) == before
            assert rows(reader.connection, "customers") == 80
