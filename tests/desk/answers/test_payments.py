"""What a row of a transaction says, in accounts of today and of 2015."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.payments import (
    PaymentLine,
    latest,
    payment_json,
    payment_line,
    payment_row,
    standing,
    unapplied_of,
    when,
)
from cotui.desk.answers.values import Currencies
from tests.desk.answers.situations import record

PAID: dict[str, Any] = {
    "transaction_id": 7,
    "transaction_type": "pay",
    "transaction_method": "Visa",
    "transaction_detail": "x4444",
    "transaction_date": "2026-09-20",
    "transaction_status_str": "ok-successful",
    "amount": 240.63,
    "applied": 90.63,
    "unapplied": 150,
    "currency_iso4217": "USD",
}
#: as lists had it in 2015
OLD: dict[str, Any] = {
    "transaction_id": 65,
    "transaction_type": "pay",
    "transaction_date": "2015-02-16",
    "gateway_status": 1,
    "gateway_msg": "",
    "void_datetime": None,
    "amount": 10.95,
    "currency_iso4217": "USD",
}


def usd(amount: str) -> Amount:
    return Amount("USD", Decimal(amount))


def line(base: dict[str, Any] | None = None, **values: Any) -> PaymentLine:
    row = {**(PAID if base is None else base), **values}
    return payment_line(record("transaction", **row), Currencies([row]))


def test_a_payment() -> None:
    found = line()
    assert (found.ref, found.kind, found.status, found.way) == (7, "payment", "ok", "Visa x4444")
    assert (found.amount, found.applied, found.unapplied) == (usd("240.63"), usd("90.63"), usd("150"))
    assert standing(found) == ("paid, 150.00 unused", "good")
    assert payment_row(found).said == "2026-09-20, Visa x4444, paid, 150.00 unused, 240.63 USD"
    assert found.told


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        (
            {"transaction_status_str": "error-declined", "gateway_msg": "no money"},
            "declined",
            "declined: no money",
        ),
        ({"transaction_status_str": "error-declined", "gateway_msg": "-"}, "declined", "declined"),
        ({"transaction_status_str": "pending-pending"}, "pending", "pending, 150.00 unused"),
        ({"void_datetime": "2026-10-01"}, "void", "void"),
        ({"transaction_status_str": "void-void"}, "void", "void"),
        ({"transaction_status_str": ""}, "other", "paid, 150.00 unused"),
        ({"transaction_status_str": "new-code", "gateway_status": "0"}, "declined", "declined"),
        ({"transaction_type": "ref", "amount": -5, "unapplied": 0}, "ok", "paid back"),
        ({"transaction_type": "cre", "unapplied": 0}, "ok", "credit"),
        (
            {"transaction_type": "wri", "transaction_type_name": "Write-off", "unapplied": 0},
            "ok",
            "write-off",
        ),
    ],
)
def test_how_it_ended(values: dict[str, Any], status: str, words: str) -> None:
    found = line(**values)
    assert (found.status, standing(found)[0]) == (status, words)


def test_what_failed_or_is_void_or_was_given_up_is_not_unused() -> None:
    for values in (
        {"transaction_status_str": "error-declined"},
        {"void_datetime": "2026-10-01"},
        {"transaction_type": "wri"},
    ):
        assert line(**values).unapplied == usd("0")


def test_an_old_row_tells_how_it_ended_and_not_what_is_unused() -> None:
    found = line(OLD)
    assert (found.status, found.told, found.unapplied, found.applied) == ("ok", True, None, None)
    assert line(OLD, applied_to=[]).unapplied == usd("10.95")
    assert line(OLD, applied_to=[{"invoice_id": "46", "applied": 10}]).unapplied == usd("0.95")
    assert line(OLD, applied_to=[{"invoice_id": 46}]).unapplied is None
    assert line(OLD, applied_to="46").invoices is None
    missing = dict(OLD)
    del missing["void_datetime"]
    assert line(missing).status == "other", "it may be void"


def test_unused_money_is_a_sum_of_all_or_not_known() -> None:
    back = line(transaction_type="ref", amount=-50, applied=0, unapplied=-50)
    assert unapplied_of([line(), back]) == (usd("100"),)
    assert unapplied_of([]) == ()
    assert unapplied_of([line(unapplied=0, applied=240.63)]) == ()
    assert unapplied_of([line(), line(OLD)]) is None
    assert unapplied_of([line(transaction_status_str="")]) is None, "it may have failed"
    assert unapplied_of([line(transaction_status_str="error-declined"), line()]) == (usd("150"),)


def test_the_last_one() -> None:
    older = line(transaction_id=9, transaction_date="2026-09-19")
    failed = line(transaction_id=10, transaction_date="2026-10-01", transaction_status_str="error-declined")
    credit = line(transaction_id=11, transaction_date="2026-11-01", transaction_type="cre")
    found = latest([older, line(), failed, credit])
    assert found is not None
    assert found.ref == 7, "the day counts, not the number; and neither declines nor credits"
    last = latest([failed, line()], declined=True)
    assert last is not None
    assert last.ref == 10
    assert latest([credit]) is None
    assert when(older) < when(line())


def test_json() -> None:
    found = payment_json(line())
    assert found is not None
    assert (found["id"], found["date"], found["type"], found["status"]) == (7, "2026-09-20", "payment", "ok")
    assert found["unapplied"] == {"currency": "USD", "amount": "150.00", "at_least": False}
    failed = payment_json(
        line(transaction_status_str="error-declined", gateway_msg="no", gateway_err_code=51)
    )
    assert failed is not None
    assert (failed["reason"], failed["code"]) == ("no", "51")
    assert payment_json(None) is None
    assert line(transaction_date="n/a").date is None
    assert line(transaction_date=None, transaction_datetime="2026-09-20T01:00:00-05:00").date == date(
        2026, 9, 20
    )
