"""Colours of a filter while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.catalog.model import Resource
from cotui.query import LONGEST, QueryError, parse, render, spans
from cotui.query.vocabulary import Words
from tests.query.sample import BILL, REPORT, TODAY, UNSEEN, WORDS, typed

LETTERS = {"field": "f", "operator": "o", "value": "v", "keyword": "k", "error": "!"}


def painted(text: str) -> str:
    """One letter per character, the kind's first; "." without colour."""
    out = ["."] * len(text)
    for start, end, kind in spans(text, BILL):
        out[start:end] = LETTERS[kind] * (end - start)
    return "".join(out)


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("company = Acme", "fffffff.o.vvvv"),
        ('company~"a b",balance>5', "fffffffovvvvv.fffffffov"),
        ("company is null and id = 3", "fffffff.ooooooo.kkk.ff.o.v"),
        ("company:EQUALS:x", "fffffff.oooooo.v"),
        ("where id = 3 order by total desc", "kkkkk.ff.o.v.kkkkkkkk.fffff.kkkk"),
        ("companx = a", "!!!!!!!.o.v"),
        ("total > 5", "!!!!!.o.v"),
        ("balance > x", "fffffff.o.!"),
        ("date = 2026-02-30", "ffff.o.!!!!!!!!!!"),
        ("order by memo", "kkkkkkkk.!!!!"),
        ("id = 1 or id = 2", "ff.o.v.!!.ff.o.v"),
        ("(id = 1)", "!ff.o.!!"),
        ("company like a", "fffffff.!!!!.v"),
        ("company in (a, b)", "fffffff.!!......."),
        ('company = "abc', "fffffff.o.!!!!"),
        (r'company = "a\q"', r"fffffff.o.vv!!v"),
        ("company bigger a", "fffffff.!!!!!!.!"),
        ("currency = usd", "ffffffff.o.!!!"),
        ("id ~ 5", "ff.!.v"),
        # what is only missing yet is no error
        ("company", "fffffff"),
        ("company =", "fffffff.o"),
        ("id = 1 and ", "ff.o.v.kkk."),
        ("order by ", "kkkkkkkk."),
        ("?where=id:EQUALS:1", "vvvvvvvvvvvvvvvvvv"),
        ("?where=id:EQUALS:x", "!!!!!!!!!!!!!!!!!!"),
    ],
)
def test_colours(text: str, colours: str) -> None:
    assert painted(text) == colours


@given(typed, st.sampled_from([BILL, REPORT, UNSEEN]), st.sampled_from([WORDS, {}]))
def test_parse_and_colours_agree_on_any_text(text: str, resource: Resource, words: Words) -> None:
    found = spans(text, resource, words=words)
    ends = [0, *(span.end for span in found)]
    assert all(
        before <= span.start < span.end <= len(text) for before, span in zip(ends, found, strict=False)
    )
    marked = any(span.kind == "error" for span in found)
    refused: QueryError | None = None
    try:
        query = parse(text, resource, today=TODAY, words=words)
    except QueryError as error:
        refused = error
    else:
        assert parse(render(query, resource), resource, today=TODAY) == query
    if refused is None:
        assert not marked
    else:
        assert 0 <= refused.start <= refused.end <= len(text)
        assert refused.message.isprintable()
        assert marked or refused.start == refused.end


def test_the_end_of_a_long_text_is_marked() -> None:
    found = spans("company = " + "x" * 1_000_000, BILL)
    assert found[-1] == (LONGEST, 1_000_010, "error")
