"""Balances by currency, of entries with dates and without, and of what is not all here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from cotui.desk.statement.balances import Balance, Part, statement_of
from tests.desk.statement.books import rows
from tests.desk.statement.made import invoice, money, stated, whole


def one(*parts: Any, **more: Any) -> Balance:
    (found,) = stated(*parts, **more).balances
    return found


def test_currencies_are_never_mixed() -> None:
    found = stated(
        [
            invoice(1, "2026-01-01", 100, 40),
            invoice(2, "2026-01-02", 217635, 217635, currency_iso4217="JPY"),
        ],
        [money(1, "2026-01-03", 60), money(2, "2026-01-04", 5, 5, currency_iso4217="EUR")],
        40,
    )
    assert [balance.currency for balance in found.balances] == ["EUR", "JPY", "USD"]
    euro, yen, dollar = found.balances
    assert rows(dollar) == [
        ("2026-01-01", "invoice", "100", "", "100.00"),
        ("2026-01-03", "payment", "", "60", "40.00"),
    ]
    assert (dollar.by_invoices, yen.by_invoices) == (False, True)
    assert all(balance.proved for balance in found.balances)
    assert euro.closing is not None
    assert yen.closing is not None
    assert (euro.closing.number, yen.closing.number) == ("-5.00", "217,635")


def test_a_row_without_currency_is_of_the_customer_s() -> None:
    found = one([invoice(1, "2026-01-01", 3, 3, currency_iso4217=None)], [], 3, currency_iso4217="EUR")
    assert (found.currency, found.proved) == ("EUR", True)


def test_a_difference_is_told_and_proves_nothing() -> None:
    found = one([invoice(1, "2026-01-01", 100, 40)], [money(1, "2026-01-03", 60)], 52.5)
    assert found.difference is not None
    assert found.owed_then is not None
    assert (found.difference.amount, found.owed_then.number) == (Decimal("12.5"), "40.00")
    assert not found.proved


def test_a_write_off_without_a_date_stands_with_its_invoice_and_balances_after_it_are_at_least() -> None:
    found = one(
        [invoice(2, "2026-02-01", 7, 7), invoice(1, "2026-01-01", 100, 0, writeoffs=40)],
        [money(1, "2026-01-03", 60)],
        7,
    )
    assert rows(found) == [
        ("2026-01-01", "invoice", "100", "", "100.00"),
        ("-", "write_off", "", "40", "≥60.00"),
        ("2026-01-03", "payment", "", "60", "≥0.00"),
        ("2026-02-01", "invoice", "7", "", "7.00"),
    ]
    assert found.proved


def test_of_write_offs_only_what_no_transaction_accounts_for_has_no_date() -> None:
    found = one(
        [invoice(2, "2026-02-01", 9, 0, writeoffs=9), invoice(1, "2026-01-01", 10, 0, writeoffs=10)],
        [money(3, "2026-03-01", 10, transaction_type="wri")],
    )
    assert [(row[0], row[3]) for row in rows(found) if row[1] == "write_off"] == [
        ("-", "9"),
        ("2026-03-01", "10"),
    ]
    assert found.proved


def test_what_raises_the_balance_without_a_date_stands_last() -> None:
    found = one(
        [invoice(1, "2026-01-01", 100, 100)],
        [money(1, "2026-01-03", 60, transaction_status_str="void-void")],
        100,
    )
    assert rows(found) == [
        ("2026-01-01", "invoice", "100", "", "≥100.00"),
        ("2026-01-03", "payment", "", "60", "≥40.00"),
        ("-", "void", "60", "", "100.00"),
    ]


def test_what_has_no_date_at_all_is_where_it_makes_no_balance_larger() -> None:
    found = one([invoice(1, None, 5, 5)], [money(1, None, 2, 2)], 5)
    assert [row[:2] for row in rows(found)] == [("-", "payment"), ("-", "invoice")]
    assert [row[-1] for row in rows(found)] == ["≥-2.00", "3.00"]


def test_of_a_decline_without_a_date_nobody_knows_what_was_owed_then() -> None:
    found = one([invoice(1, "2026-01-01", 5, 5)], [money(1, None, 2, gateway_status=0)], 5)
    assert [(row[1], row[-1]) for row in rows(found)] == [("decline", "?"), ("invoice", "5.00")]
    assert found.proved


def test_an_amount_that_did_not_come_leaves_no_balance() -> None:
    statement = stated([invoice(1, "2026-01-01", None, 3), invoice(2, "2026-01-02", 4, 4)], [], 7)
    (found,) = statement.balances
    assert {row[-1] for row in rows(found)} == {"?"}
    assert found.charged.at_least
    assert not found.proved
    assert statement.troubles == ("of 1 entries the amount, or what became of it, did not come",)


def test_money_of_which_nobody_tells_whether_it_is_used_leaves_no_end() -> None:
    row = money(1, "2026-01-03", 60)
    del row["unapplied"]
    found = one([invoice(1, "2026-01-01", 100, 40)], [row], 40)
    assert (found.unused, found.closing, found.difference, found.proved) == (None, None, None, False)
    assert rows(found)[-1][-1] == "40.00"  # all entries are here
    told = one(
        [invoice(1, "2026-01-01", 100, 40)], [{**row, "applied_to": [{"invoice_id": 1, "applied": 60}]}], 40
    )
    assert told.proved


def test_entries_of_the_last_day_that_was_read_wait_for_the_others() -> None:
    invoices = Part(
        [invoice(3, "2026-03-01", 30, 30), invoice(2, "2026-02-01", 20, 20)],
        "reading",
        date(2026, 2, 1),
        1,
    )
    payments = whole([money(5, "2026-02-01", 4, 4), money(4, "2026-01-15", 6, 6)])
    statement = statement_of(1, {"currency_iso4217": "USD", "balance": 60}, invoices, payments)
    (found,) = statement.balances
    assert rows(found) == [("2026-03-01", "invoice", "30", "", "50.00")]
    assert found.opening is not None
    assert found.opening.number == "20.00"
    assert (statement.complete, statement.unread, found.proved, found.assumed) == (False, 1, False, True)


def account(random: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Decimal]:
    """Random invoices and money that fit together, in dollars, the latest first."""
    invoices, transactions, owed = [], [], Decimal(0)
    for number in range(1, random.randint(2, 30)):
        day = f"2026-{random.randint(1, 9):02}-{random.randint(1, 28):02}"
        total = Decimal(random.randint(1, 9999)) / 100
        kind = random.choice(["open", "paid", "part", "void", "off", "over", "declined"])
        paid = {"paid": total, "part": total / 4, "over": total}.get(kind, Decimal(0)).quantize(
            Decimal("0.01")
        )
        off = total if kind == "off" else Decimal(0)
        due = Decimal(0) if kind == "void" else total - paid - off
        void = "2026-11-02 10:00:00" if kind == "void" else None
        invoices.append(
            invoice(
                number, day, str(total), str(due), void_datetime=void, is_void=bool(void), writeoffs=str(off)
            )
        )
        owed += due
        if paid:
            extra = Decimal(3) if kind == "over" else Decimal(0)
            transactions.append(money(number, "2026-10-01", str(paid + extra), str(extra)))
        if kind == "declined":
            transactions.append(money(number, "2026-10-02", str(total), 0, gateway_status=0))
    transactions.sort(key=lambda row: (row["transaction_date"], row["transaction_id"]), reverse=True)
    invoices.sort(key=lambda row: (row["date"], row["invoice_id"]), reverse=True)
    return invoices, transactions, owed


@pytest.mark.parametrize("seed", range(40))
def test_random_accounts_agree_and_every_balance_follows_from_the_one_before(seed: int) -> None:
    invoices, transactions, owed = account(Random(seed))
    found = one(invoices, transactions, str(owed))
    assert found.proved
    assert found.opening is not None
    amounts = [found.opening, *(line.running for line in found.lines)]
    for (before, after), line in zip(pairwise(amounts), found.lines, strict=True):
        assert before is not None
        assert after is not None
        assert before.amount + line.entry.effect == after.amount


@pytest.mark.parametrize("seed", range(40))
def test_part_of_a_random_account_is_never_proved_and_its_known_figures_are_none_or_at_least(
    seed: int,
) -> None:
    random = Random(seed)
    invoices, transactions, owed = account(random)
    record = {"currency_iso4217": "USD", "balance": str(owed)}
    (truth,) = statement_of(1, record, whole(invoices), whole(transactions)).balances
    dropped = [row for row in invoices if random.random() < 0.7]
    parts: list[tuple[Part, Part]] = [
        (Part(dropped, "partial", None, None, "shifted"), whole(transactions)),
        (Part((), "refused", None, None, "refused"), whole(transactions)),
        (whole(invoices), Part((), "failed", None, None, "failed")),
        (whole(invoices), Part(transactions[:1], "partial", None, 3, "cut")),
    ]
    for some in parts:
        for found in statement_of(1, record, *some).balances:
            assert not found.proved
            assert {line.running for line in found.lines} <= {None}
            assert (found.opening, found.difference, found.owed_then) == (None, None, None)
            assert found.charged.at_least
            assert found.charged.amount <= truth.charged.amount
            assert found.paid.at_least
            assert found.paid.amount <= truth.paid.amount
            if not some[1].whole:
                assert found.closing is None
                assert found.unused is None or found.unused.at_least
