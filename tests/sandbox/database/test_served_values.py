"""Stored values as they are served."""

from __future__ import annotations

from datetime import date

import pytest

from cotui.sandbox.database.served_values import address_block, days_after, money, number, rate


@pytest.mark.parametrize(
    ("minor", "unit", "served"),
    [(1095, 100, 10.95), (1100, 100, 11), (-5, 100, -0.05), (500, 1, 500), (0, 1000, 0)],
)
def test_amounts_are_integers_when_whole(minor: int, unit: int, served: float) -> None:
    assert money(minor, unit) == served
    assert type(money(minor, unit)) is type(served)


def test_rates_and_quantities() -> None:
    assert rate(250_000_000) == 2.5
    assert type(number(3.0)) is int
    assert number(1.5) == 1.5


def test_addresses_leave_out_what_is_missing() -> None:
    row = {f"bill_{part}": "" for part in ("addr1", "addr2", "addr3", "city", "state", "postcode", "country")}
    assert address_block(row, "bill") == ""
    row |= {
        "bill_addr1": "1 Main Street",
        "bill_city": "Hamden",
        "bill_state": "CT",
        "bill_postcode": "06517",
    }
    assert address_block(row, "bill") == "1 Main Street\nHamden CT 06517"
    assert address_block(row, "bill", "\r\n", ",") == "1 Main Street\r\nHamden, CT 06517"
    assert address_block({**row, "bill_state": None}, "bill").endswith("\nHamden 06517")


def test_days_past_a_due_date() -> None:
    assert days_after("2026-03-10", date(2026, 3, 15)) == 5
    assert days_after("2026-03-20", date(2026, 3, 15)) == 0
