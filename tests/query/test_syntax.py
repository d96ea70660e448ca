"""Quotation marks and escapes, off and on; signs and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.query.model import Op
from cotui.query.syntax import (
    OPERATOR_WORD,
    ORDER,
    QUOTES,
    RESERVED,
    SIGN,
    SIGN_OF,
    SIGNS,
    WORDS,
    quote,
    read_bare,
    read_string,
)


@pytest.mark.parametrize(
    ("typed", "text", "end"),
    [
        ('"a b" x', "a b", 5),
        ("'it\\'s'", "it's", 7),
        ("“curly” x", "curly", 7),
        (r'"\n\t\\ \x41\u00e9\U0001F600"', "\n\t\\ Aé😀", 29),
        ('""', "", 2),
    ],
)
def test_a_quoted_value_and_where_it_ends(typed: str, text: str, end: int) -> None:
    assert read_string(typed, 0) == (text, end, None)


def test_a_mark_that_is_not_closed_says_which_one_closes_it() -> None:
    for opening, closing in QUOTES.items():
        text, end, problem = read_string(f"x {opening}abc", 2)
        assert problem is not None
        assert (text, end, problem.expected, problem.start) == ("", 6, (closing,), 2)


@pytest.mark.parametrize(("typed", "at"), [(r'"a\q"', 2), (r'"\U00110000"', 1), (r'"ab\x4"', 3)])
def test_an_escape_that_is_not_known_is_shown_where_it_stands(typed: str, at: int) -> None:
    text, end, problem = read_string(typed, 0)
    assert problem is not None
    assert (problem.start, problem.end) == (at, at + 2)
    assert (text, end) == (typed[1:-1], len(typed))


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_what_is_quoted_reads_back_from_one_visible_line(value: str) -> None:
    written = quote(value)
    assert written.isprintable()
    assert read_string(written, 0) == (value, len(written), None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (r"a\ b", "a b"),
        (r"a\,b\:c", "a,b:c"),
        (r"\(x\)", "(x)"),
        (r"a\nb", r"a\nb"),
        ("\\\\", "\\"),
        ("a", "a"),
    ],
)
def test_a_backslash_in_an_unquoted_value_counts_before_what_would_end_it(typed: str, value: str) -> None:
    assert read_bare(typed) == value


def test_the_longest_sign_is_taken() -> None:
    for sign in SIGNS:
        found = SIGN.match(sign + "1")
        assert found is not None
        assert found[0] == sign


def test_every_operator_has_a_sign_that_is_read_as_it() -> None:
    for op in Op:
        sign = SIGN_OF[op]
        assert {**SIGNS, **WORDS}[sign] is op


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("is  not\tnull x", "is  not\tnull"),
        ("IS NULL", "IS NULL"),
        ("isn", None),
        ("is.x", None),
        ("in:", None),
    ],
)
def test_words_are_whole_with_any_blanks_between_them(typed: str, word: str | None) -> None:
    found = OPERATOR_WORD.match(typed)
    assert (found and found[0]) == word


def test_an_order_is_told_from_a_field_of_that_name() -> None:
    assert ORDER.match("order by x")
    assert ORDER.match("sort:x")
    assert ORDER.match("order=total:DESC")
    assert not ORDER.match("order:EQUALS:1")
    assert not ORDER.match("order = 5")


def test_words_of_operators_are_no_values() -> None:
    assert {"and", "null", "is", "not", "contains", "between"} <= RESERVED
    assert {word.lower() for word in RESERVED} == RESERVED
