"""Cycles of payment: the next day, and shares of one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cotui.sandbox.billing.cycles import later, next_after, share


def test_cycles() -> None:
    assert later(date(2024, 1, 31), "mon") == date(2024, 2, 29)
    assert later(date(2026, 11, 30), "qtr") == date(2027, 2, 28)
    assert later(date(2026, 3, 1), "2wk", 2) == date(2026, 3, 29)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 3, 24)) == date(2015, 4, 19)
    assert next_after(date(2015, 3, 19), "mon", date(2015, 4, 19)) == date(2015, 5, 19)
    assert next_after(date(2030, 1, 1), "1wk", date(2026, 1, 1)) == date(2030, 1, 1)
    for cycle in ("1wk", "2wk", "mon", "2mn", "qtr", "six", "yrl"):
        for days in range(0, 900, 7):
            after = date(2024, 1, 31) + timedelta(days=days)
            found = next_after(date(2024, 1, 31), cycle, after)
            assert after < found <= later(after, cycle) + timedelta(days=3)
    assert [int(each) for each in (share("qtr", "mon"), share("mon", "evy"), share("mon", "yrl") * 12)] == [
        3,
        1,
        1,
    ]
    with pytest.raises(OverflowError):
        later(date(9999, 12, 1), "mon")
