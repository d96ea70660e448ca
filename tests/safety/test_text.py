"""One policy of text: what may be shown, in each of its forms."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cotui.safety.text import (
    clean,
    clean_multiline,
    for_programs,
    from_paste,
    has_controls,
    is_visible,
    json_visible,
    lines_joined,
    plain_blanks,
    replaced,
    shortened,
    to_copy,
    unseen_words,
    visible,
    without_unseen,
)
from tests.depth import examples
from tests.hostile import HOSTILE

texts = st.text(
    st.one_of(st.sampled_from("".join(HOSTILE.values())), st.characters(codec=None)), max_size=40
) | st.sampled_from(list(HOSTILE.values()))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_kind_is_seen_in_every_form(text: str) -> None:
    assert clean(text) != text
    assert not is_visible(text)
    assert visible(text) != text
    assert clean(visible(text)) == visible(text)
    shown = json_visible(json.dumps(text, ensure_ascii=False))
    assert clean(shown) == shown
    assert json.loads(shown) == text
    assert cell_len(clean(text)) >= cell_len(text)


@settings(max_examples=examples(1_000, short=40))
@given(texts)
@example("reboot\n\x1b")
@example("\x9b\r\n\x07")
@example("\U0001f8ff\ufe0f\U0001f3fb")
@example("\U0001f400\U0001f3fb")
def test_each_form_is_harmless_and_loses_nothing_that_it_keeps(text: str) -> None:
    seen = visible(text)
    assert without_unseen(seen) == seen == visible(seen)
    assert clean(seen) == replaced(seen, lambda _: "")
    assert visible(text, keep="\n").isprintable() or "\n" in text
    assert clean(replaced(text, lambda _: "")) == clean(clean(replaced(text, lambda _: "")))
    shown = json_visible(json.dumps({"a": [text]}, ensure_ascii=False))
    assert json.loads(shown) == json.loads(json.dumps({"a": [text]}))
    assert not has_controls(for_programs(text).encode("utf-8", "ignore").decode(), keep="\t\n")
    assert len(for_programs(text)) == len(text)
    assert "\n" not in to_copy(text, lines=False)
    assert not to_copy(text, lines=True).endswith("\n")
    assert to_copy(text, lines=False) == to_copy(to_copy(text, lines=True), lines=False)
    assert not has_controls(to_copy(text, lines=True).encode("utf-8", "ignore").decode(), keep="\t\n")


@pytest.mark.parametrize(
    "text", ["Zoë & Söhne", "株式会社", "شركة", "हिन्दी", "ก็ดี", "👍🏽 ❤\ufe0f", "tab\tand\nline", "é" * 9]
)
def test_programs_get_honest_text_as_it_is(text: str) -> None:
    assert for_programs(text) is text or for_programs(text) == text


def test_what_is_cut_says_so() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("a" * 1_000_003, 3) == "aaa… (1,000,000 more characters)"


def test_lines_are_kept_where_wanted() -> None:
    assert visible("a\nb\x1b", keep="\n") == "a\nb\\x1b"
    assert clean_multiline("a\nb\u3164") == "a\nb␦"
    assert visible("caf\udce9") == "caf\\xe9"


@settings(max_examples=examples(1_000, short=40))
@given(texts)
@example("\u0301\u200b\u0301a\u0301\u0301\u200b\u0301\u0301\u0301\u0301")
@example("a\r\nb\tc\u2028d")
def test_what_is_typed_is_data_and_holds_no_mark_for_what_was_left_out(text: str) -> None:
    for lines in (False, True):
        kept = without_unseen(text, lines=lines)
        assert without_unseen(kept, lines=lines) == kept
        assert bool(unseen_words(text, lines=lines)) <= (kept != text)
        for mark in "␦⇥⏎␛":
            assert kept.count(mark) == text.count(mark)
    assert clean(without_unseen(text)).count("␦") == text.count("␦")


def test_what_was_left_out_is_named() -> None:
    assert unseen_words("a\tb\u200b\ufeff") == "tab, U+200B, U+FEFF"
    assert unseen_words("a\tb\n", lines=True) == ""
    assert unseen_words("\u200b\u202a\u202b\u202c\u202d\u202e") == "U+200B, U+202A, U+202B, U+202C and 2 more"
    assert from_paste("a␛␦\u00adb") == ("ab", "control character, U+00AD")


def test_lines_of_a_filter_become_one() -> None:
    assert lines_joined("\ta = 1 \r\n\t b = x\ty\n") == "a = 1 b = x\ty"


def test_blanks_that_look_like_plain_ones_become_such_and_are_named() -> None:
    assert plain_blanks("a = x y") == ("a = x y", "")
    assert plain_blanks("Zoë\u00a0A\u202fB\u3000C") == (
        "Zoë A B\u3000C",
        "U+00A0 (now a plain blank), U+202F (now a plain blank)",
    )
