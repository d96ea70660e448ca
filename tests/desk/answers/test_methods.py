"""How somebody pays: never more than the last digits, and which one is meant."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cotui.desk.answers.methods import (
    Method,
    chosen,
    method_json,
    method_of,
    method_row,
    tone_of,
    with_default,
)
from tests.desk.answers.situations import TODAY, record

CARD: dict[str, Any] = {
    "creditcard_id": 4,
    "type_name": "Visa",
    "mask_number": "xxxx-xxxx-xxxx-4444",
    "expdate_year": "2027",
    "expdate_month": "3",
}


def card(**values: Any) -> Method:
    return method_of(record("creditcard", **{**CARD, **values}), "creditcard_id", TODAY)


def test_a_card() -> None:
    found = card()
    assert (found.kind, found.ref, found.words) == ("card", 4, "Visa x4444, expires 2027-03")
    assert found.expired is False
    assert card(expdate_year="2026", expdate_month="11").expired is False, "good until the end of its month"
    over = card(expdate_year="2026", expdate_month="10")
    assert (over.expired, over.words, tone_of(over)) == (True, "Visa x4444, expired 2026-10", "bad")
    plain = card(expdate_year=None, expdate_month=None, expdate="2028-05-01")
    assert plain.expires == date(2028, 5, 1)
    assert card(expdate_month="13").expires is None
    assert card(type_name=None, mask_number=None).label == "card 4"


def test_banks_and_tokens() -> None:
    bank = record("ach", ach_id=2, mask_bank="Isabella Bank", mask_number="x0193", type_name="Checking")
    assert method_of(bank, "ach_id", TODAY).words == "Isabella Bank x0193"
    token = record("tokenized", tokenized_id=3, name="PayPal", token="secret")
    assert method_of(token, "tokenized_id", TODAY).words == "PayPal"
    assert "secret" not in str(method_json(method_of(token, "tokenized_id", TODAY)))


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"default_paymethod": "crd", "default_creditcard_id": 4}, "Visa x4444"),
        ({"default_paymethod": "crd", "default_creditcard_id": "4"}, "Visa x4444"),
        ({"default_paymethod": "crd", "default_creditcard_id": 9}, "card 9"),
        ({"default_paymethod": "ach"}, "bank account"),
        ({"default_paymethod": "inv"}, "by invoice"),
    ],
)
def test_which_one_is_meant(values: dict[str, Any], label: str) -> None:
    found = chosen(values, [card()], prefix="default_")
    assert found is not None
    assert (found.label, found.default) == (label, True)


def test_none_is_meant() -> None:
    assert chosen({"default_paymethod": None}, [card()], prefix="default_") is None
    assert chosen({}, [card()]) is None
    known = chosen({"paymethod": "crd", "creditcard_id": 8, "paymethod_detail": "x9999"}, [])
    assert known is not None
    assert known.label == "x9999"


def test_the_default_comes_first() -> None:
    other = card(creditcard_id=5)
    found = with_default([other, card()], card()._replace(default=True))
    assert [(one.ref, one.default) for one in found] == [(4, True), (5, False)]
    row = method_row(found[0])
    assert (row.resource_id, row.said) == ("creditcard", "Visa x4444, expires 2027-03, default")
    assert method_json(found[0]) == {
        "kind": "card",
        "id": 4,
        "label": "Visa x4444",
        "expires": "2027-03",
        "expired": False,
        "default": True,
    }
    assert method_json(None) is None
    assert Method("invoice", None, "by invoice").said == "invoice"
