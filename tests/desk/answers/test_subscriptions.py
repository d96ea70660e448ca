"""What a row of a subscription says: how it stands, and when the next bill is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.subscriptions import (
    SubscriptionLine,
    next_bill,
    next_json,
    price_words,
    standing,
    subscription_json,
    subscription_line,
    subscription_row,
)
from cotui.desk.answers.values import Currencies
from tests.desk.answers.situations import record

RUNS: dict[str, Any] = {
    "package_id": 88,
    "nickname": "Hosting M",
    "package_status_str": "active-current",
    "paycycle": "mon",
    "next_invoice_datetime": "2026-12-01 00:00:00",
    "mrr": 72,
    "currency_iso4217": "USD",
    "paymethod": "inv",
}


def line(**values: Any) -> SubscriptionLine:
    row = {**RUNS, **values}
    return subscription_line(record("package", **row), Currencies([row]))


def test_one_that_runs() -> None:
    found = line()
    assert (found.bills, found.told, found.amount) == (True, True, Amount("USD", Decimal(72)))
    assert subscription_row(found).said == (
        "Hosting M, active, monthly, next bill 2026-12-01, 72.00 USD a month"
    )
    assert subscription_json(found)["next_date"] == "2026-12-01"
    assert line(nickname="").heading == "Subscription 88"
    assert line(nickname="").title == "subscription 88"


@pytest.mark.parametrize(
    ("values", "words", "bills"),
    [
        ({"package_status_str": "active-overdue"}, "active, over due", True),
        ({"package_status_str": "active-trial"}, "trial", True),
        ({"package_status_str": "suspended-suspended"}, "suspended", False),
        (
            {"package_status_str": "suspended-suspended", "suspendto_datetime": "2026-11-30"},
            "suspended to 2026-11-30",
            True,
        ),
        (
            {"package_status_str": "suspended-suspended", "suspendto_datetime": "2027-01-15"},
            "suspended to 2027-01-15",
            False,
        ),
        (
            {"package_status_str": "canceled-manual", "next_invoice_datetime": ""},
            "canceled (manually)",
            False,
        ),
        ({"package_status_str": "new", "package_status_name": "Brand new"}, "Brand new", False),
        ({"next_invoice_datetime": None}, "active", False),
    ],
)
def test_how_it_stands(values: dict[str, Any], words: str, bills: bool) -> None:
    found = line(**values)
    assert (standing(found)[0], found.bills) == (words, bills)


def test_the_amount_is_only_known_of_months() -> None:
    yearly = line(paycycle="yrl", mrr=33.33)
    assert yearly.amount is None
    assert price_words(yearly) == "33.33 USD a month"
    assert price_words(line(mrr=None)) == ""


def test_the_next_bill() -> None:
    later = line(package_id=5, next_invoice_datetime="2026-12-09")
    found = next_bill([later, line(), line(package_status_str="canceled-manual")])
    assert found is not None
    assert found.ref == 88
    assert next_json(found) == {
        "date": "2026-12-01",
        "subscription_id": 88,
        "name": "Hosting M",
        "cycle": "monthly",
        "amount": {"currency": "USD", "amount": "72.00", "at_least": False},
    }
    assert next_bill([line(next_invoice_datetime="")]) is None
    assert next_json(None) is None


def test_rows_that_do_not_tell() -> None:
    silent = dict(RUNS)
    del silent["next_invoice_datetime"]
    found = subscription_line(record("package", **silent), Currencies([silent]))
    assert not found.told
    assert not line(package_status_str=None).told
    assert line(package_status_str="canceled-manual").told
    assert not line(package_status_str="suspended-suspended").told, "until when is not said"
