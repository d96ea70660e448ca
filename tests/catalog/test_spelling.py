"""Values of any shape as text, whatever their field promises."""

from __future__ import annotations

from typing import Any

import pytest

from cotui.catalog.spelling import compact_json, finite, number_text, said, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("Zoë", "Zoë"),
        (True, "true"),
        (0, "0"),
        (12.50, "12.5"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        ([1, None], "[1,null]"),
    ],
)
def test_a_value_in_a_form(value: Any, text: str) -> None:
    assert said(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.10", "0.1"),
        (" 7 ", "7"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0.00", "0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (10**30, "1" + "0" * 30),
        ("1e5", "1e5"),
        ("12 days", "12 days"),
        (None, ""),
        (True, "True"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_has_the_digits_it_was_written_with(value: Any, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("7", 7.0),
        ("1e3", 1000.0),
        (2.5, 2.5),
        (True, None),
        (None, None),
        ("seven", None),
        ("nan", None),
        (float("inf"), None),
        (10**40, None),
        (-(10**40), None),
        ("9" * 40, None),
        ([1], None),
    ],
)
def test_only_what_is_or_spells_a_finite_number_is_one(value: Any, number: float | None) -> None:
    assert finite(value) == number


def test_texts_are_no_json_and_all_else_is() -> None:
    assert text_of('a "b"') == 'a "b"'
    assert text_of({"a": "ü"}) == '{"a":"ü"}'


def test_json_comes_to_an_end_whatever_it_is_made_of() -> None:
    circle: list[Any] = []
    circle.append(circle)
    assert compact_json(circle) == "{…}"
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert compact_json(deep) == "{…}"
    assert len(compact_json(["x" * 100_000])) < 10_100
    while isinstance(deep, list):  # taken apart level by level: all at once, Python would go as deep
        deep = deep.pop()
