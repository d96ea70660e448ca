"""How late open invoices are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cotui.desk.statement.ages import ages_of
from tests.desk.statement.made import invoice

TODAY = date(2026, 3, 16)


def late(days: int, balance: object) -> dict[str, Any]:
    return invoice(1, "2026-01-01", balance, balance, due_date=(TODAY - timedelta(days)).isoformat())


def spans(*rows: dict[str, Any], whole: bool = True) -> dict[str, str]:
    found = ages_of(rows, "USD", TODAY, whole=whole)
    return {age.label: age.amount.text for age in found}


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (-5, "not due"),
        (0, "not due"),
        (1, "1-30 days"),
        (30, "1-30 days"),
        (31, "31-60 days"),
        (60, "31-60 days"),
        (61, "61-90 days"),
        (90, "61-90 days"),
        (91, "older"),
        (4000, "older"),
    ],
)
def test_the_span_of_a_day(days: int, label: str) -> None:
    found = spans(late(days, "12.34"))
    assert len(found) == 5
    assert found.pop(label) == "12.34 USD"
    assert set(found.values()) == {"0.00 USD"}


def test_spans_add_up_and_what_is_paid_is_in_none() -> None:
    found = spans(late(5, 10), late(6, "0.05"), late(70, 0), late(200, 3))
    assert (found["1-30 days"], found["61-90 days"], found["older"]) == ("10.05 USD", "0.00 USD", "3.00 USD")


def test_no_due_date_is_a_span_of_its_own() -> None:
    assert spans(invoice(1, "2026-01-01", 5, 5))["no due date"] == "5.00 USD"


def test_of_a_part_all_spans_are_at_least() -> None:
    assert all(text.startswith("at least ") for text in spans(late(5, 10), whole=False).values())
    assert all(text.startswith("at least ") for text in spans(late(5, None)).values())
