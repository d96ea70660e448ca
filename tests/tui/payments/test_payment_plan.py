"""Splitting a sum and planning payments: to the last minor unit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.money import from_minor, minor_units
from cotui.tui.payments.payment_plan import MOST_PARTS, Payment, planned, problem, split, total
from cotui.tui.payments.stored_methods import StoredMethod

DAY = date(2026, 1, 31)
CARD = StoredMethod("crd", 3, "Visa x4242")


@given(
    units=st.integers(1, 10**12),
    parts=st.integers(1, MOST_PARTS),
    iso=st.sampled_from(["USD", "JPY", "KWD"]),
    first=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_parts_come_to_the_whole_and_differ_by_a_minor_unit_at_most(
    units: int, parts: int, iso: str, first: date
) -> None:
    amount = from_minor(units, iso)
    if units < parts:
        with pytest.raises(ValueError, match="fewer payments"):
            split(amount, parts, first, iso)
        return
    payments = split(amount, parts, first, iso)
    assert len(payments) == parts
    assert total(payments) == amount
    amounts = [payment.amount for payment in payments]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] - amounts[-1] <= Decimal(1).scaleb(-minor_units(iso))
    for number, payment in enumerate(payments):
        months = payment.date.year * 12 + payment.date.month - first.year * 12 - first.month
        assert months == number
        last = (payment.date + timedelta(days=1)).month != payment.date.month
        assert payment.date.day == first.day or (last and payment.date.day < first.day)


def test_a_month_without_the_day_gives_its_last_one_and_later_ones_go_back_to_it() -> None:
    assert [payment.date.isoformat() for payment in split(Decimal(90), 3, DAY, "USD")] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]


@pytest.mark.parametrize("parts", [0, -1, MOST_PARTS + 1])
def test_no_parts_and_too_many_are_refused(parts: int) -> None:
    with pytest.raises(ValueError, match="1 to 120"):
        split(Decimal(90), parts, DAY, "USD")


def test_a_payment_is_sent_as_the_action_takes_it() -> None:
    assert Payment(DAY, Decimal("33.40"), CARD).payload(with_method=True) == {
        "date": "2026-01-31",
        "amount": 33.4,
        "paymethod": "crd",
        "creditcard_id": 3,
    }
    assert Payment(DAY, Decimal(33)).payload(with_method=True)["paymethod"] == "any"
    assert Payment(DAY, Decimal(33), CARD).payload(with_method=False) == {"date": "2026-01-31", "amount": 33}


def test_what_is_still_planned_is_read_back() -> None:
    entries = [
        {"date": "2026-03-01", "amount": 20, "balance": 20, "paymethod": "crd", "creditcard_id": "3"},
        {"date": "2026-02-01", "amount": 10.5, "balance": 4.25, "paymethod": "any", "creditcard_id": None},
        {"date": "2026-01-01", "amount": 10, "balance": 0},
        {"date": None, "amount": 10, "balance": 10},
    ]
    assert planned(entries, [CARD]) == [
        Payment(date(2026, 2, 1), Decimal("4.25")),
        Payment(date(2026, 3, 1), Decimal(20), CARD),
    ]


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([], "at least one payment"),
        (["60", "40.01"], "come to 0.01 more than the balance"),
        (["-1", "5"], "-1 on 2026-01-31 is no amount"),
        (["0"], "0 on 2026-01-31 is no amount"),
        (["1.001"], "1.001 on 2026-01-31 is no amount"),
        (["60", "40"], ""),
        (["1"], ""),
    ],
)
def test_what_cannot_be_sent_is_said(amounts: list[str], words: str) -> None:
    said = problem([Payment(DAY, Decimal(amount)) for amount in amounts], Decimal(100), "USD")
    assert words in said
    assert bool(said) is bool(words)
