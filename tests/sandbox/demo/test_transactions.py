"""Payments on their days: what is paid together is one transaction, what failed applies to nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from cotui.sandbox.demo.account import CURRENCIES
from cotui.sandbox.demo.lines import Prices
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import Rows
from cotui.sandbox.demo.state import Account
from cotui.sandbox.demo.transactions import TRANSACTION_TABLES, Transactions
from tests.sandbox.demo.rules import one

TODAY = date(2026, 3, 31)
#: places in a row of transactions
PARENT, STATUS, AMOUNT, APPLIED, KIND, DETAIL = 1, 5, 14, 16, 18, 20


class Payments:
    """Transactions of one account that pays by check."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.rows = Rows(connection, TRANSACTION_TABLES)
        randomness = Randomness(1)
        randomness.roll = lambda: 0.5  # nothing unusual happens
        self.book = Transactions(self.rows, randomness, Calendar(TODAY, 400))
        self.account = Account(7, CURRENCIES[0], Prices.__new__(Prices), (), hostile=False)

    def played(self, *events: tuple[str, int, int], day: int = 10) -> list[tuple[object, ...]]:
        for kind, invoice_id, amount in events:
            self.book.later(day, kind, self.account, invoice_id, amount)
        self.book.play(day)
        return list(self.rows["transactions"])


@pytest.fixture
def payments() -> Iterator[Payments]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield Payments(connection)


def test_payments_of_a_day_are_one_transaction(payments: Payments) -> None:
    (row,) = payments.played(("pay", 1, 500), ("pay", 2, 300))
    assert (row[AMOUNT], row[APPLIED], row[KIND], row[STATUS]) == (800, 800, "pay", 1)
    assert payments.rows["transaction_applied"] == [(1, 1, 500), (1, 2, 300)]
    assert payments.account.paid == 800


def test_a_failed_one_is_on_record_and_applies_to_nothing(payments: Payments) -> None:
    (row,) = payments.played(("failed", 1, 500))
    assert (row[AMOUNT], row[APPLIED], row[STATUS]) == (500, 0, 0)
    assert payments.rows["transaction_applied"] == []
    assert payments.account.paid == 0


def test_a_refund_knows_the_payment_that_it_takes_back(payments: Payments) -> None:
    payments.book.later(11, "ref", payments.account, 1, -500)
    payments.played(("pay", 1, 500))
    payments.book.play(11)
    paid, refunded = payments.rows["transactions"]
    assert (refunded[PARENT], refunded[AMOUNT], refunded[KIND]) == (paid[0], -500, "ref")
    assert payments.account.paid == 0


def test_credits_and_what_is_written_off_are_no_money(payments: Payments) -> None:
    credit, loss = payments.played(("cre", 1, 500), ("wri", 2, 300))
    assert (credit[DETAIL], loss[DETAIL]) == ("Goodwill", "Bad debt")
    assert payments.account.paid == 0


def test_a_day_is_played_once(payments: Payments) -> None:
    payments.played(("pay", 1, 500))
    payments.book.play(10)
    assert len(payments.rows["transactions"]) == 1


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("a fee is what was charged through a gateway", "fee <> 0 AND gateway_id IS NULL"),
        ("what failed applies to nothing", "gateway_status = 0 AND applied <> 0"),
        (
            "a refund is negative and has its payment",
            "transaction_type = 'ref' AND (amount >= 0 OR parent_transaction_id ISNULL)",
        ),
        ("no more is applied than there is", "abs(applied) > abs(amount)"),
    ],
)
def test_rules(demo: sqlite3.Connection, rule: str, sql: str) -> None:
    assert one(demo, f"SELECT count(*) FROM transactions WHERE {sql}") == 0, rule
