"""Hostile text becomes visible marks of one cell each, and honest text stays as it is."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cotui.api.clean import MAX_DEPTH, clean_value
from cotui.safety.text import LINE_BREAK, SUBSTITUTE, TAB, clean, clean_multiline, without_unseen

#: characters with a rule of their own, so that random text meets them often
SPECIAL = (
    "\x00\x07\x1b\t\n\r\x7f\x80\x85\x9b\x9f\u00ad\u0301\u0489\u05bf\u064b\u0e47\u061c\u1160\u1161\u11a8\u1100\uac00"
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u20e3\u3164\ufdd0\ufe00\ufe0e\ufe0f"
    "\ufeff\ufff9\ufffe\ud800\udfff\U0001f3fd\U0001f468\U0001f525\u2764\U000e0041\U000e0100\U0001ffff\U0010ffff"
    "1#a \u0646\u0915\u094d"
)
texts = st.text(st.one_of(st.sampled_from(SPECIAL), st.characters(codec=None)), max_size=60)


def is_hostile(char: str) -> bool:
    """Whether a character may never reach a terminal, by Unicode's own classes."""
    if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    code = ord(char)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xE0000 <= code <= 0xE0FFF:
        return True
    if unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}:
        return True
    return (
        char in "\u200b\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u180e\u3164\uffa0"
        or 0xFE00 <= code <= 0xFE0F
    )


@given(texts)
@example("\u2028\u0301")
@example("\ud7cb\u1160\u11a8")
def test_nothing_hostile_is_left_and_cleaning_twice_changes_nothing(text: str) -> None:
    one_line = clean(text)
    lines = clean_multiline(text)
    assert not [char for char in one_line if is_hostile(char)]
    assert not [char for char in lines if is_hostile(char) and char != "\n"]
    assert clean(one_line) == one_line
    assert clean_multiline(lines) == lines
    assert "\n" not in one_line


@given(texts)
def test_one_line_is_the_same_whether_lines_were_kept_before_or_not(text: str) -> None:
    text = text.replace("\t", " ")  # the one mark that differs between the two forms
    assert clean(clean_multiline(text)) == clean(text)


@given(texts)
def test_the_width_of_a_cleaned_text_is_the_sum_of_its_characters(text: str) -> None:
    """No joiner or selector is left that makes renderers disagree about the width of a sequence."""
    for cleaned in (clean(text), clean_multiline(text).replace("\n", "")):
        # Regional indicators are the one pair that every renderer joins alike.
        if not any(0x1F1E6 <= ord(char) <= 0x1F1FF for char in cleaned):
            assert cell_len(cleaned) == sum(cell_len(char) for char in cleaned)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x9b31mred", f"{SUBSTITUTE}31mred"),
        ("a\x00b\x7f", "a␀b␡"),
        ("12\u202e34", f"12{SUBSTITUTE}34"),
        ("Ac\u200bme", f"Ac{SUBSTITUTE}me"),
        ("1\u200d2", f"1{SUBSTITUTE}2"),
        ("A\ufe0f", f"A{SUBSTITUTE}"),
        ("\ud83d", SUBSTITUTE),
        ("flag \U000e0067", f"flag {SUBSTITUTE}"),
        ("one\r\ntwo\nthree\rfour", f"one{LINE_BREAK}two{LINE_BREAK}three␍four"),
        ("a\tb", f"a{TAB}b"),
        ("\u0301a", f"{SUBSTITUTE}a"),
        ("o" + "\u0336" * 6, "o" + "\u0336" * 4 + SUBSTITUTE * 2),
        ("\u1161x", f"{SUBSTITUTE}x"),
    ],
)
def test_hostile_text_becomes_marks(text: str, shown: str) -> None:
    assert clean(text) == shown
    # Each mark is one cell, so that tables can count on the width.
    assert cell_len(SUBSTITUTE + LINE_BREAK + TAB + "␛␡") == 5


@pytest.mark.parametrize(
    "text",
    [
        "Société Générale & Söhne – “quoted”",
        "株式会社トヨタ",
        "Nguye\u0302\u0303n",
        "شركة النور",
        "می\u200cخواهم",
        "\u1112\u1161\u11ab\u1100\u116e\u11a8",  # Korean as a Mac decomposes it
        "🎉 party 🇨🇦",
        "[bold red]markup[/]",
        "",
    ],
)
def test_honest_text_is_returned_as_the_same_object(text: str) -> None:
    assert clean(text) is text
    assert clean_multiline(text) is text


def test_joined_emoji_are_shown_as_their_pieces() -> None:
    assert clean("👨\u200d👩\u200d👧") == "👨👩👧"
    assert clean("❤\ufe0f\u200d🔥 👍🏽 1\ufe0f\u20e3") == "❤🔥 👍 1\u20e3"


def test_joined_emoji_that_are_sent_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert without_unseen(family) == family
    assert (
        without_unseen("\u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3")
        == "\u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3"
    )
    assert without_unseen("a\u200db\u202e\x1b\nc") == "ab c"
    assert clean(without_unseen(family)) == clean(family)


def test_lines_are_kept_where_wanted() -> None:
    assert clean_multiline("a\r\nb\n\tc\u2028d\x1b") == "a\nb\n    c\nd␛"


def test_values_are_cleaned_all_the_way_down_with_their_names() -> None:
    value = {"a\x1b": ["x\x00", {"b": "one\r\ntwo"}], "n": 1, "t": True, "z": None}
    assert clean_value(value) == {"a␛": ["x␀", {"b": "one\ntwo"}], "n": 1, "t": True, "z": None}
    assert clean_value("a\nb", multiline=False) == "a⏎b"


def test_a_clean_value_is_the_same_object() -> None:
    value = {"company": "Acme", "tags": ["a", "b"], "total": 1.5}
    assert clean_value(value) is value


def test_names_that_look_alike_after_cleaning_are_all_kept() -> None:
    cleaned = clean_value({"a\u200b": 1, f"a{SUBSTITUTE}": 2, "a\u200e": 3})
    assert isinstance(cleaned, dict)
    assert list(cleaned.values()) == [1, 2, 3]


def test_a_bottomless_value_is_cut_and_says_so() -> None:
    value: list[object] = []
    for _ in range(MAX_DEPTH + 10):
        value = [value]
    assert f"nested more than {MAX_DEPTH} deep" in str(clean_value(value))  # type: ignore[arg-type]


def test_the_module_needs_neither_textual_nor_rich() -> None:
    code = "import sys; sys.modules['rich'] = sys.modules['textual'] = None; import cotui.api.clean"
    subprocess.run([sys.executable, "-c", code], check=True)
