"""Lines of invoices and planned payments, in accounts of today and of 2015."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cotui.desk.amounts import Amount
from cotui.desk.answers.invoice_lines import (
    LINE_COLUMNS,
    line_json,
    line_row,
    lines_of,
    schedule_json,
    schedule_rows,
)
from cotui.desk.answers.invoices import Scheduled
from cotui.desk.answers.values import Currencies
from tests.desk.answers.situations import TODAY, record

OLD = [
    {"item_name": "Disk", "descrip": "8 GB", "line_rate": 2, "line_quantity": 8},
    {"item_name": "Hosting", "line_rate": 45, "line_quantity": "1"},
]


def lines(**values: Any) -> Any:
    row = {"invoice_id": 1, "currency_iso4217": "USD", **values}
    return lines_of(record("invoice", **row), Currencies([row]))


def usd(amount: str) -> Amount:
    return Amount("USD", Decimal(amount))


def test_what_each_comes_to() -> None:
    now = [{"item_name": "Disk", "line_total": 16.5}]
    assert [amount for _, amount in lines(line_items=now)] == [usd("16.5")]
    assert [amount for _, amount in lines(line_items=OLD, subtotal=61)] == [usd("16"), usd("45")]
    assert [amount for _, amount in lines(line_items=OLD, subtotal=60)] == [None, None], "tiers, perhaps"
    assert lines() is None
    assert lines_of(None, Currencies([])) is None


def test_a_line_in_words() -> None:
    row = {"currency_iso4217": "USD"}
    found = line_row(OLD[0], usd("16"), Currencies([row]), row)
    assert found.said == "Disk, 8 GB, 8 at 2.00, 16.00 USD"
    assert len(found.cells) == len(LINE_COLUMNS)
    bare = line_row({"item_name": "Disk", "line_quantity": 2}, None, Currencies([row]), row)
    assert bare.said == "Disk, 2"
    as_json = line_json(OLD[0], usd("16"), Currencies([row]), row)
    assert (as_json["quantity"], as_json["total"]["amount"]) == ("8", "16.00")


def test_planned_payments() -> None:
    planned = [Scheduled(TODAY, usd("5"), usd("5"), "crd"), Scheduled(None, None, None, "")]
    assert schedule_rows(planned)[0].said == "2026-11-30, card, 5.00 USD"
    assert [one["date"] for one in schedule_json(planned)] == ["2026-11-30", None]
