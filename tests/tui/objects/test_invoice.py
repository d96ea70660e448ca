"""What tells of an invoice whether an action whose answer was lost was carried out."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.tui.objects.invoice import HOOKS


def done(action: str, now: dict[str, Any], **sent: Any) -> bool:
    return HOOKS.evidence[action].done(now, sent)


@pytest.mark.parametrize(
    ("balance", "paid"),
    [
        ("0.00", True), (0, True), (0.0, True), ("-0.00", True), (" 0 ", True),
        ("0.01", False), (-5, False), ("", False), (None, False), ("nan", False), ("0,00", False), ([], False),
    ],
)  # fmt: skip
def test_what_has_no_balance_is_paid(balance: object, paid: bool) -> None:
    assert done("pay", {"balance": balance}) is paid
    assert done("payFromBalance", {"balance": balance}) is paid
    assert not done("pay", {})


def test_void_is_told_by_its_time_or_its_status() -> None:
    assert done("void", {"void_datetime": "2026-03-16"})
    assert done("void", {"invoice_status_str": "closed-void", "void_datetime": None})
    assert not done("void", {"invoice_status_str": "open-current", "void_datetime": ""})
    assert not done("void", {})


@pytest.mark.parametrize(
    ("now", "approved"),
    [
        ({"invoice_status_str": "open-current"}, True),
        ({"invoice_status_str": "open-pending"}, False),
        ({"invoice_status_str": ""}, False),
        ({"invoice_status_str": None}, False),
        ({}, False),
    ],
)
def test_an_invoice_that_tells_no_status_is_not_called_approved(now: dict[str, Any], approved: bool) -> None:
    assert done("approve", now) is approved


@pytest.mark.parametrize("there", [5, "ab", {"a": 1, "b": 2}, True, None])
def test_a_schedule_of_any_shape_is_compared_by_its_payments(there: object) -> None:
    two = [{"amount": 1}, {"amount": 2}]
    assert done("schedule", {"schedule": two}, schedule=two)
    assert not done("schedule", {"schedule": two[:1]}, schedule=two)
    assert not done("schedule", {"schedule": there}, schedule=two)
