"""Planned invoices sort by their day, and accounts know their terms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cotui.sandbox.demo.account import CURRENCIES
from cotui.sandbox.demo.lines import Prices
from cotui.sandbox.demo.state import ONE_TIME, Account, planned, read_plan

PLANNED = st.tuples(st.integers(0, 20_000), st.integers(0, 2**36 - 1), st.integers(0, ONE_TIME))


@given(PLANNED)
def test_a_plan_reads_back(entry: tuple[int, int, int]) -> None:
    assert read_plan(planned(*entry)) == entry


@given(st.lists(PLANNED))
def test_plans_sort_by_day_then_account_then_subscription(entries: list[tuple[int, int, int]]) -> None:
    assert [read_plan(plan) for plan in sorted(planned(*entry) for entry in entries)] == sorted(entries)


def test_terms_bring_their_days() -> None:
    account = Account(1, CURRENCIES[0], Prices.__new__(Prices), (), hostile=False)
    assert (account.terms_id, account.terms_days, account.currency_id) == (3, 0, 1)
    account.set_terms(2)
    assert (account.terms_id, account.terms_days) == (2, 30)
