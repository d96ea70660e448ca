"""The currency of rows that do not say it."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.desk.amounts import currency_of
from cotui.desk.statement.currencies import Currencies


@pytest.mark.parametrize(
    ("customer", "rows", "codes"),
    [
        ({"currency_iso4217": "EUR"}, [{}], ["EUR"]),
        ({"currency_iso4217": "EUR"}, [{"currency_iso4217": "usd"}], ["USD"]),
        (
            {"currency_iso4217": "EUR", "currency_id": 2},
            [{"currency_id": "2"}, {"currency_id": 3}],
            ["EUR", ""],
        ),
        ({"currency_iso4217": "EUR"}, [{"currency_id": 9}], ["EUR"]),
        ({"currency_id": 2}, [{"currency_id": 2, "currency_iso4217": "EUR"}, {}], ["EUR", "EUR"]),
        ({}, [{"currency_iso4217": "EUR"}, {"currency_iso4217": "USD"}, {}], ["EUR", "USD", ""]),
        (None, [{"currency_iso4217": "EUR"}, {}], ["EUR", "EUR"]),
        (None, [{}], [""]),
    ],
)
def test_codes(customer: dict[str, Any] | None, rows: list[dict[str, Any]], codes: list[str]) -> None:
    found = Currencies(customer, rows)
    assert [currency_of(found.named(row)) for row in rows] == codes
