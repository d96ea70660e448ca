"""What stands in a field and what it means, there and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.calls import encode
from cotui.catalog.choices import DELIVERY
from cotui.catalog.field import Field, FieldType
from cotui.catalog.types.number import json_number, read_decimal
from cotui.safety.text import clean
from cotui.tui.forms.values import to_text

TODAY = date(2026, 3, 16)
WORDS = st.text(st.characters(exclude_categories=("C", "Z", "M")), min_size=1, max_size=20)


def field(kind: FieldType, **more: Any) -> Field:
    made = Field("it", kind, "It", "A field.")
    return made._replace(**more)


def to_value(one: Field, text: str) -> object:
    return one.type.to_value(text, one, TODAY)


def resolved(kind: FieldType, text: str) -> str:
    return kind.resolved(text, field(kind), TODAY)


def same(one: Field, first: object, second: object) -> bool:
    return one.type.same(first, second, one)


def there_and_back(kind: FieldType, text: str) -> str:
    one = field(kind)
    return to_text(one, to_value(one, text))


@given(WORDS.filter(lambda text: clean(text) == text))
def test_texts_come_back_as_they_were_typed(text: str) -> None:
    for kind in (FieldType.TEXT, FieldType.PHONE):
        assert there_and_back(kind, text) == text
    assert there_and_back(FieldType.MULTILINE, f"{text}\n{text}") == f"{text}\n{text}"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_numbers_are_neither_rounded_nor_written_otherwise(number: Decimal) -> None:
    for kind in (FieldType.MONEY, FieldType.NUMBER):
        text = f"{number:f}"
        value = to_value(field(kind), text)
        assert Decimal(encode(value).decode()) == number
        assert Decimal(to_text(field(kind), value)) == number
        assert same(field(kind), value, text)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers(number: int) -> None:
    assert to_value(field(FieldType.INTEGER), str(number)) == number
    assert there_and_back(FieldType.INTEGER, str(number)) == str(number)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_come_back(day: date) -> None:
    assert there_and_back(FieldType.DATE, day.isoformat()) == day.isoformat()


@given(st.lists(WORDS.filter(lambda word: "," not in word and clean(word) == word), unique=True, max_size=6))
def test_tags_come_back(tags: list[str]) -> None:
    value = to_value(field(FieldType.TAGS), ", ".join(tags))
    assert value == tags
    assert to_value(field(FieldType.TAGS), to_text(field(FieldType.TAGS), value)) == tags


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)
)
def test_whatever_the_server_sends_is_shown_on_one_clean_line(value: object) -> None:
    for kind in FieldType:
        text = to_text(field(kind, choices=DELIVERY), value)
        if kind is FieldType.MULTILINE:
            text = text.replace("\n", "")
        assert text == clean(text)


@given(st.sampled_from(list(FieldType)), st.text(max_size=30))
def test_what_is_typed_is_a_json_value_or_said_to_make_no_sense(kind: FieldType, text: str) -> None:
    value, words = None, ""
    try:
        value = to_value(field(kind, choices=DELIVERY), text)
    except ValueError as error:
        words = str(error)
    assert words or json.loads(encode(value)) == value
    assert words == clean(words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-03-16"),
        ("+30d", "2026-04-15"),
        ("-1w", "2026-03-09"),
        ("2026-05", "2026-05-01"),
        ("next month", "2026-04-01"),
        ("2026-Q3", "2026-07-01"),
    ],
)
def test_words_for_dates_are_those_of_the_filter(typed: str, meant: str) -> None:
    assert to_value(field(FieldType.DATE), typed) == meant
    assert resolved(FieldType.DATE, typed).startswith(f"{meant}, ")


def test_the_weekday_is_said_with_a_date() -> None:
    assert resolved(FieldType.DATE, "2026-03-16") == "2026-03-16, Monday"
    assert resolved(FieldType.DATE, "soon") == ""
    assert resolved(FieldType.TEXT, "today") == ""


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (FieldType.DATE, "soon", "a date such as 2026-03-31"),
        (FieldType.DATE, "2026-02-30", "a day that the calendar has"),
        (FieldType.DATETIME, "noon", "a time such as"),
        (FieldType.MONEY, "1,50", "behind a point"),
        (FieldType.MONEY, "$5", "a number such as 12"),
        (FieldType.MONEY, "0.1234567890123456", "at most 15 digits"),
        (FieldType.INTEGER, "1.5", "a whole number"),
        (FieldType.ID, "0", "the number of a record"),
        (FieldType.ID, "-4", "the number of a record"),
        (FieldType.EMAIL, "jane", "an e-mail address"),
        (FieldType.EMAIL, "jane@example.com,", "an e-mail address"),
        (FieldType.URL, "example.com", "a web address"),
        (FieldType.BOOLEAN, "perhaps", "yes or no"),
        (FieldType.ENUM, "pigeon", "one of: By e-mail, On paper"),
        (FieldType.TEXT, "a\x1bb", "without control characters"),
        (FieldType.TEXT, "a\x00b", "without control characters"),
    ],
)
def test_what_makes_no_sense_is_told_in_words(kind: FieldType, typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        to_value(field(kind, choices=DELIVERY), typed)


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [(FieldType.TEXT, ""), (FieldType.EMAIL, ""), (FieldType.ID, None), (FieldType.MONEY, None),
     (FieldType.DATE, None), (FieldType.ENUM, None), (FieldType.TAGS, [])],
)  # fmt: skip
def test_an_emptied_field_is_what_the_api_takes_for_nothing(kind: FieldType, nothing: object) -> None:
    assert to_value(field(kind), "  ") == nothing
    assert to_text(field(kind), nothing) == ""


def test_values_and_names_of_an_enumeration_mean_the_same() -> None:
    one = field(FieldType.ENUM, choices=DELIVERY)
    assert to_text(one, "email") == "By e-mail"
    for typed in ("by E-MAIL", "email", "mail"):
        assert to_value(one, typed) == "email"
    assert to_text(one, "pigeon") == "pigeon"


def test_what_answers_spell_differently_is_the_same() -> None:
    assert same(field(FieldType.ID), 0, None)
    assert same(field(FieldType.ID), "44", 44)
    assert same(field(FieldType.BOOLEAN), "0", False)
    assert same(field(FieldType.BOOLEAN), None, False)
    assert not same(field(FieldType.BOOLEAN), 1, False)
    assert same(field(FieldType.TEXT), None, "")
    assert same(field(FieldType.MONEY), 100, "100.00")
    assert same(field(FieldType.TAGS), None, [])
    assert not same(field(FieldType.TEXT), "null", None)


def test_secrets_are_never_shown() -> None:
    assert to_text(field(FieldType.TEXT, secret=True), "hunter2") == ""


def test_decimals_keep_their_digits() -> None:
    assert read_decimal(" 0.10 ") == Decimal("0.10")
    assert json_number(Decimal("12.00")) == 12
    assert isinstance(json_number(Decimal("12.00")), int)
    assert json_number(Decimal("0.1")) == 0.1
    assert to_text(field(FieldType.NUMBER), 1e-05) == "0.00001"
    assert to_text(field(FieldType.MONEY), 1e15) == "1000000000000000"
