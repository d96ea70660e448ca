"""The random accounts are what they are to be, and the sandbox's own figures of them are the oracle's."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from tests.answers import moves, scenario
from tests.answers.oracle import Oracle
from tests.answers.oracle_parts import Parts
from tests.answers.oracle_statement import Statement
from tests.sandbox.client import CREDENTIALS, Client


@pytest.fixture(params=[1, 2])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    made = scenario.account(request.param, 12, long=request.param % 2)
    yield made
    made.close()


def oracle_of(store: Store) -> Oracle:
    return Oracle(store, scenario.zone_today(store))


async def read(store: Store, subject: str, **words: object) -> list[dict[str, object]]:
    """All rows of a list, page by page."""
    client = Client(create_app(store, credentials=CREDENTIALS))
    found: list[dict[str, object]] = []
    while page := await client.rows(subject, limit=100, offset=len(found), **words):
        found += page
    return found


def test_all_that_can_happen_does() -> None:
    """Each move is made and accepted somewhere, and leaves what it is about."""
    done: Counter[str] = Counter()
    for seed in (1, 2, 3):
        store = Store()
        for life in asyncio.run(scenario.fill(store, seed, 12)):
            done.update(life.done)
        store.close()
    assert set(moves.NAMES) == set(done)


def test_accounts_are_hard() -> None:
    """Long ones, several currencies, none to three ways to pay, every status, money in every state."""
    seen: dict[str, Counter[object]] = {}
    for seed in range(4):
        store = scenario.account(seed, 25, long=1)
        oracle, parts = oracle_of(store), Parts(oracle_of(store))
        for what, found in (
            ("length", [len(oracle.ids("invoices", "invoice_id", it)) > 300 for it in oracle.customers()]),
            ("ways", [len(parts.pay_methods(it)) for it in oracle.customers()]),
            ("currencies", [len(Statement(oracle, it).currencies()) for it in oracle.customers()]),
            ("unapplied", [bool(oracle.unapplied(it)) for it in oracle.customers()]),
            ("parents", [oracle.customer(it)["parent_customer_id"] is None for it in oracle.customers()]),
            (
                "payments",
                [
                    oracle.payment(it["transaction_id"])["status"]
                    for it in oracle.ask("SELECT * FROM transactions")
                ],
            ),
            (
                "invoices",
                [oracle.invoice(it["invoice_id"])["status"] for it in oracle.ask("SELECT * FROM invoices")],
            ),
            (
                "subscriptions",
                [
                    parts.subscription(it["package_id"])["status"]
                    for it in oracle.ask("SELECT * FROM packages")
                ],
            ),
        ):
            seen.setdefault(what, Counter()).update(found)
        store.close()
    assert seen["length"][True] >= 2
    assert {0, 1, 2, 3} <= set(seen["ways"])
    assert {0, 1, 2} <= set(seen["currencies"])
    assert min(seen["unapplied"].values()) > 5
    assert min(seen["parents"].values()) > 5
    assert set(seen["payments"]) == {"ok", "declined", "pending", "void"}
    assert set(seen["invoices"]) == {
        "closed-paid",
        "closed-void",
        "open-collections",
        "open-overdue",
        "open-unpaid",
    }
    assert {"active-current", "active-overdue", "active-trial", "suspended-suspended"} <= set(
        seen["subscriptions"]
    )
    assert {"canceled-manual", "expired-expired", "canceled-nonpayment"} <= set(seen["subscriptions"])


async def test_invoices_are_served_as_the_oracle_says(store: Store) -> None:
    oracle = oracle_of(store)
    for row in await read(store, "invoice"):
        true = oracle.invoice(int(str(row["invoice_id"])))
        money = {name: (row["currency_iso4217"], Decimal(str(row[name]))) for name in ("total", "balance")}
        assert (row["invoice_status_str"], money) == (true["status"], {name: true[name] for name in money})
        assert (row["days_overdue"] if row["is_overdue"] else 0) == true["days_late"]


async def test_payments_are_served_as_the_oracle_says(store: Store) -> None:
    oracle, states = oracle_of(store), {"o": "ok", "p": "pending", "e": "declined", "v": "void"}
    for row in await read(store, "transaction"):
        true = oracle.payment(int(str(row["transaction_id"])))
        assert states[str(row["transaction_status_state"])] == true["status"]
        for name in ("amount", "applied", "unapplied"):
            assert (row["currency_iso4217"], Decimal(str(row[name]))) == true[name]


async def test_subscriptions_are_served_as_the_oracle_says(store: Store) -> None:
    parts = Parts(oracle_of(store))
    for row in await read(store, "package"):
        true = parts.subscription(int(str(row["package_id"])))
        day = str(row["next_invoice_datetime"] or "")[:10] or None
        assert row["package_status_str"] == true["status"]
        assert day == (true["next_date"] and true["next_date"].isoformat())


async def test_customers_owe_what_their_records_state(store: Store) -> None:
    oracle = oracle_of(store)
    for row in await read(store, "customer"):
        number, code = int(str(row["customer_id"])), str(row["currency_iso4217"])
        assert Decimal(str(row["balance"])) == oracle.owes(number).get(code, 0)
        if row["customer_status_state"] == "a":
            assert (row["customer_status_str"] == "active-overdue") == (
                oracle.oldest_overdue(number) is not None
            )


def test_statements_end_at_what_is_stated_less_what_is_unused(store: Store) -> None:
    """The same sum in two ways: what is open less what is unused, and all that ever counted."""
    oracle = oracle_of(store)
    for number in oracle.customers():
        statement, unused = Statement(oracle, number), oracle.unapplied(number)
        for code in statement.currencies():
            owes = oracle.owes(number).get(code, Decimal(0))
            assert statement.closing(code) == owes - unused.get(code, 0), (number, code)


def test_what_was_voided_counts_until_then(store: Store) -> None:
    oracle = oracle_of(store)
    voided = [event for it in oracle.customers() for event in Statement(oracle, it).events if event.until]
    assert voided
    for event in voided:
        assert event.until is not None
        assert event.day <= event.until <= oracle.today
        assert not event.counts


def test_the_same_seed_makes_the_same_account() -> None:
    made = []
    for _ in range(2):
        store = Store()
        asyncio.run(scenario.fill(store, 5, 4))
        rows = oracle_of(store).ask(
            "SELECT amount, transaction_date, applied FROM transactions ORDER BY 1, 2, 3"
        )
        made.append(rows)
        store.close()
    assert made[0] == made[1]
    assert made[0]
