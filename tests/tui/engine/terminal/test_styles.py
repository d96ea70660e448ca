"""Styles: what Textual writes is read, and the way from one to the next is short and right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.tui.engine.terminal.styles import PLAIN, UnknownStyleError, linked, read_sgr, transition
from tests.depth import examples
from tests.tui.terminal.pen import Pen, pen_after

ATTRIBUTES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 51, 52, 53)

colours = st.one_of(
    st.just("39"),
    st.integers(30, 37).map(str),
    st.integers(90, 97).map(str),
    st.integers(0, 255).map(lambda number: f"38;5;{number}"),
    st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "38;2;" + ";".join(map(str, rgb))),
)
grounds = colours.map(lambda colour: {"3": "4", "9": "10"}[colour[0]] + colour[1:])
parameters = st.builds(
    lambda attributes, *rest: ";".join([*map(str, attributes), *filter(None, rest)]),
    st.lists(st.sampled_from(ATTRIBUTES), unique=True, max_size=5),
    st.one_of(st.just(""), colours),
    st.one_of(st.just(""), grounds),
)
links = st.sampled_from(("", "id=1;https://example.org/a", "id=2;https://example.org/b"))
looks = st.tuples(parameters, links)


def style(look: tuple[str, str]) -> str:
    """Our style."""
    sgr, link = look
    return read_sgr(sgr, linked(link, PLAIN) if link else PLAIN)


def pen(look: tuple[str, str]) -> Pen:
    """A terminal's pen."""
    sgr, link = look
    return pen_after(
        f"\x1b]8;{link or ';'}\x1b\\\x1b[0;{sgr}m" if sgr else f"\x1b]8;{link or ';'}\x1b\\\x1b[0m"
    )


@given(st.lists(looks, min_size=2, max_size=6))
@settings(max_examples=examples(150))
def test_a_way_through_styles_ends_where_textual_would(looks: list[tuple[str, str]]) -> None:
    now = pen(("", ""))
    for before, after in pairwise([("", ""), *looks]):
        now = pen_after(transition(style(before), style(after)), now)
        assert now == pen(after), (before, after)


@given(looks, looks)
@settings(max_examples=examples(150))
def test_no_way_is_longer_than_from_the_beginning(before: tuple[str, str], after: tuple[str, str]) -> None:
    way = transition(style(before), style(after))
    if before[1] == after[1]:
        stock = "\x1b[0m" + (f"\x1b[{after[0]}m" if after[0] else "")
        assert len(way) < len(stock) or pen(before) == pen(after) == pen_after(stock).linked(after[1])
    assert (way == "") == (pen(before) == pen(after))


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("", "1", "\x1b[1m"),
        ("1", "", "\x1b[m"),
        ("1;31;44", "31;44", "\x1b[22m"),
        ("38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3;48;2;7;8;9", "\x1b[48;2;7;8;9m"),
        ("31;48;2;1;2;3", "48;2;1;2;3", "\x1b[39m"),
        ("1;2;38;2;10;20;30;48;2;10;20;30", "1;38;2;10;20;30;48;2;10;20;30", "\x1b[22;1m"),
        ("38;2;10;20;30;48;2;10;20;30;21", "38;2;10;20;30;48;2;10;20;30;4;21", ""),
    ],
)
def test_ways_that_are_known(before: str, after: str, way: str) -> None:
    assert transition(read_sgr(before), read_sgr(after)) == way


def test_one_style_has_one_code() -> None:
    assert read_sgr("31;1") == read_sgr("1;31") == read_sgr("0;1;39;31")
    assert read_sgr("") == read_sgr("0") == read_sgr("39;49") == PLAIN
    assert read_sgr("4;21") == read_sgr("21"), "the later of two rivals counts"


@pytest.mark.parametrize("sgr", ["38", "38;5", "38;2;1;2", "38;7;1", "58;5;1", "10", "999", "38;5;;1"])
def test_what_is_not_known_is_not_guessed(sgr: str) -> None:
    with pytest.raises(UnknownStyleError):
        read_sgr(sgr)


def test_a_link_ends() -> None:
    address = "id=1;https://example.org"
    assert linked(";", linked(address, read_sgr("1"))) == read_sgr("1")
    assert transition(PLAIN, linked(address, PLAIN)) == f"\x1b]8;{address}\x1b\\"
    assert transition(linked(address, PLAIN), PLAIN) == "\x1b]8;;\x1b\\"
