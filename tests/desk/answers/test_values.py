"""Values of rows: harmless, and None where a row does not tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cotui.desk.amounts import Amount
from cotui.desk.answers.values import (
    LONGEST,
    Currencies,
    capital,
    cycle_words,
    day_in,
    days_words,
    flag_in,
    last_digits,
    moment_in,
    parts_in,
    raw_in,
    ref_in,
    text_in,
    things,
    whole_in,
)


def test_texts_are_harmless_and_short() -> None:
    row = {"a": "", "b": " \x1b[31mred\nline ", "c": 7, "d": "x" * 10_000, "e": True, "f": ["x"]}
    assert "\x1b" not in text_in(row, "a", "b")
    assert "\n" not in text_in(row, "b")
    assert raw_in(row, "a", "b") == row["b"]
    assert text_in(row, "a", "c") == "7"
    assert len(text_in(row, "d")) < LONGEST + 40
    assert (text_in(row, "e"), text_in(row, "f"), text_in(row, "none"), raw_in(row, "c")) == (
        "",
        "",
        "",
        None,
    )


def test_days_and_numbers() -> None:
    row = {
        "day": "2026-11-30",
        "moment": "2026-11-30T23:00:00-05:00",
        "bad": "soon",
        "number": "12",
        "half": 1.5,
        "yes": "1",
        "no": 0,
        "key": "2688",
        "parts": [{"a": 1}],
        "not": [1],
    }
    assert day_in(row, "day") == day_in(row, "moment") == date(2026, 11, 30)
    assert (day_in(row, "bad"), day_in(row, "number"), day_in(row, "half")) == (None, None, None)
    moment = moment_in(row, "moment")
    assert moment is not None
    assert moment.utcoffset() is not None
    assert (moment_in(row, "bad"), moment_in(row, "half")) == (None, None)
    assert (whole_in(row, "number"), whole_in(row, "half"), whole_in(row, "bad")) == (12, None, None)
    assert (flag_in(row, "yes"), flag_in(row, "no"), flag_in(row, "bad"), flag_in(row, "parts")) == (
        True,
        False,
        None,
        None,
    )
    assert ref_in(row, "key") == 2688
    assert (parts_in(row, "parts"), parts_in(row, "not"), parts_in(row, "day")) == ([{"a": 1}], None, None)


@pytest.mark.parametrize(
    ("mask", "digits"), [("x4242", "x4242"), ("xxxx-xxxx-xxxx-4242", "x4242"), ("cheque", "cheque")]
)
def test_masks(mask: str, digits: str) -> None:
    assert last_digits(mask) == digits


def test_words() -> None:
    assert cycle_words({"paycycle": "mon"}) == "monthly"
    assert cycle_words({"paycycle": "zzz", "paycycle_name": "Each Moon"}) == "Each Moon"
    assert cycle_words({}) == ""
    assert (days_words(1), days_words(1200)) == ("1 day", "1,200 days")
    assert (things(1, "invoice"), things(2, "invoice"), things(2, "way", "ways")) == (
        "1 invoice",
        "2 invoices",
        "2 ways",
    )
    assert capital("due") == "Due"


def test_currencies_of_rows_that_lack_their_code() -> None:
    known = Currencies([{"currency_iso4217": "usd", "currency_id": 1}, {"currency_id": 2}])
    assert known.amount({"total": 5, "currency_id": "1"}, "total") == Amount("USD", Decimal(5))
    assert known.amount({"total": 5, "currency_id": 2}, "total") is None, "nobody told what 2 is"
    assert known.amount({"total": "n/a", "currency_id": 1}, "total") is None
    assert known.amount({"part": 3}, "part", {"currency_id": 1}) == Amount("USD", Decimal(3))
    assert known.zero({"currency_id": 1}) == Amount("USD", Decimal(0))
    none = Currencies([{"total": 5}])
    assert none.amount({"total": 5}, "total") == Amount("", Decimal(5)), "an account that tells no currency"
