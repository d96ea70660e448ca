"""What a payment was for."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.desk.statement.used_for import used_words
from tests.desk.statement.made import money


@pytest.mark.parametrize(
    ("applied", "unapplied", "said"),
    [
        ([(4203, 12)], 0, "No. 4203"),
        ([(4203, 9), (7, 2)], 1, "No. 4203 9.00, 7 2.00, unused 1.00"),
        ([(1, 3), (2, 3), (3, 3), (4, 2), (5, 1)], 0, "1 3.00, 2 3.00, 3 3.00, 2 more"),
        ([], 12, "unused 12.00"),
        ([("x/../y", 12)], 0, ""),
        (None, 0, ""),
        ("odd", 0, ""),
    ],
)
def test_words(applied: Any, unapplied: int, said: str) -> None:
    parts = (
        [{"invoice_id": ref, "applied": amount} for ref, amount in applied]
        if isinstance(applied, list)
        else applied
    )
    row = money(1, "2026-01-01", 12, unapplied, applied_to=parts)
    assert used_words(row, {4203: "No. 4203"}, in_force=True) == said


def test_nothing_of_what_is_void_is_unused() -> None:
    assert used_words(money(1, "2026-01-01", 12, 12), {}, in_force=False) == ""
