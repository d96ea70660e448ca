"""Values of answers as JSON has them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cotui.desk.amounts import Amount
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.page import Count
from cotui.desk.answers.parts import assembled
from tests.desk.answers.test_parts import PART, rows


def test_money_is_exact_text() -> None:
    assert forms.money(Amount("USD", Decimal("1234567.5"))) == {
        "currency": "USD",
        "amount": "1234567.50",
        "at_least": False,
    }
    assert forms.money(None) is None
    assert forms.moneys(None) is None
    assert forms.moneys([]) == []
    more = forms.moneys([Amount("JPY", Decimal(5), at_least=True)])
    assert more == [{"currency": "JPY", "amount": "5", "at_least": True}]


def test_days_and_counts() -> None:
    assert forms.day(date(2026, 11, 30)) == forms.day(datetime(2026, 11, 30, 5)) == "2026-11-30"
    assert (forms.day(None), forms.count(None)) == (None, None)
    assert forms.count(Count(3, exact=False)) == {"value": 3, "exact": False}


def test_sections() -> None:
    cut = assembled(PART, [rows(1)])
    assert forms.sections({"a": cut}) == {
        "a": {"state": "partial", "read": 1, "error": "some may be missing"}
    }
    assert forms.section(assembled(PART, []))["state"] == "failed", "nothing is on its way in what is printed"
