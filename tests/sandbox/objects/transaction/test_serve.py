"""Bank payments are pending for some days."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from cotui.sandbox.objects.transaction.serve import PENDING, SETTLING_DAYS, is_pending

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize("bank", [0, 1])
@pytest.mark.parametrize(
    ("age", "under_way"), [(0, True), (SETTLING_DAYS - 1, True), (SETTLING_DAYS, False), (100, False)]
)
def test_rows_and_conditions_agree(bank: int, age: int, under_way: bool) -> None:
    day = (TODAY - timedelta(days=age)).isoformat()
    with closing(sqlite3.connect(":memory:")) as connection:
        (found,) = connection.execute(
            f"SELECT {PENDING} FROM (SELECT :bank AS is_pending, :day AS transaction_date) t",
            {"bank": bank, "day": day, "today": TODAY.isoformat()},
        ).fetchone()

    assert is_pending(bank, day, TODAY) is (bool(bank) and under_way)
    assert bool(found) is is_pending(bank, day, TODAY)
