"""A statement as JSON has the keys and forms that programs were promised."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cotui.desk.statement.as_json import decimal_text, statement_json
from cotui.desk.statement.balances import Part, statement_of
from tests.desk.statement.made import invoice, money, stated, whole


def usd(amount: str, at_least: bool = False) -> dict[str, object]:
    return {"currency": "USD", "amount": amount, "at_least": at_least}


def test_the_form() -> None:
    statement = stated(
        [invoice(1, "2026-01-01", 1848.43, "1848.43", due_date="2026-02-01")],
        [money(9, "2026-01-02", 65.13, gateway_status=0, gateway_msg="No funds")],
        1848.43,
        since=date(2026, 1, 1),
    )._replace(as_of=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert statement_json(statement) == {
        "schema": "cotui.statement/1",
        "as_of": "2026-03-01T12:00:00+00:00",
        "customer": {"id": 1, "company": "A"},
        "since": "2026-01-01",
        "currencies": [
            {
                "currency": "USD",
                "proved": True,
                "opening": usd("0.00"),
                "entries": [
                    {
                        "date": "2026-01-01",
                        "kind": "invoice",
                        "id": 1,
                        "text": "1, due 2026-02-01",
                        "charged": usd("1848.43"),
                        "paid": None,
                        "running": usd("1848.43"),
                    },
                    {
                        "date": "2026-01-02",
                        "kind": "decline",
                        "id": 9,
                        "text": "Visa x4444: No funds (65.13)",
                        "charged": None,
                        "paid": None,
                        "running": usd("1848.43"),
                    },
                ],
                "closing": usd("1848.43"),
                "stated_balance": usd("1848.43"),
                "unapplied": usd("0.00"),
                "difference": usd("0.00"),
            }
        ],
    }


def test_what_rests_on_what_was_not_read_is_not_told() -> None:
    invoices = Part([invoice(3, "2026-03-01", 30, 30)], "reading", date(2026, 2, 1), 27)
    statement = statement_of(1, {"currency_iso4217": "USD", "balance": 60}, invoices, whole([]))
    (found,) = statement_json(statement)["currencies"]
    assert (found["proved"], found["opening"], found["difference"]) == (False, None, None)
    assert [entry["running"] for entry in found["entries"]] == [None]
    assert found["closing"] == usd("60.00")


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("217635", "JPY", "217635"),
        ("1.5", "KWD", "1.500"),
        ("-84.87", "USD", "-84.87"),
        ("0.0035", "USD", "0.0035"),
        ("12345678901234567890.12", "USD", "12345678901234567890.12"),
        ("0", "USD", "0.00"),
        ("1E+3", "EUR", "1000.00"),
    ],
)
def test_amounts_are_exact_decimal_text(amount: str, currency: str, text: str) -> None:
    assert decimal_text(Decimal(amount), currency) == text
