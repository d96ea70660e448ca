"""What an answer is made of finds its parts, and knows its currencies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cotui.api import Record
from cotui.desk.amounts import Amount
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.parts import Piece, assembled
from tests.desk.answers.test_parts import PART, rows


def test_parts_that_came_and_parts_that_did_not() -> None:
    row = Record({"currency_iso4217": "EUR", "currency_id": 3})
    found = assembled(PART, [rows(1), Piece(1)])
    now = Situation(1, row, {"invoices": found}, date(2026, 11, 30))
    assert now.section(PART) is found
    assert now.section(PART._replace(name="other")).state == "reading"
    assert [one.id for one in now.rows("invoices", "other")] == [1]
    assert now.currencies.amount({"a": 1, "currency_id": 3}, "a") == Amount("EUR", Decimal(1))
    assert now.complete
    assert not now._replace(reading=True).complete
    assert not now._replace(sections={"invoices": assembled(PART, [rows(1)])}).complete
