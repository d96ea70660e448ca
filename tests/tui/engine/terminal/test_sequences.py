"""What a control sequence from the terminal is: a key only where that is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from cotui.tui.engine.terminal.sequences import InputKind, Token, control_sequence, single_shift


def keys_of(token: Token | None) -> list[str]:
    """The keys that Textual makes of it."""
    if token is None:
        return []
    return [event.key for event in XTermParser().feed(token.text) if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("A", "up"), ("1;5C", "ctrl+right"), ("5A", "ctrl+up"), ("Z", "shift+tab"), ("3~", "delete"),
        ("R", "f3"), ("15;2~", "shift+f5"), ("25~", "f13"), ("97u", "a"), ("97;5u", "ctrl+a"), ("13;2u", "shift+enter"),
        ("27;5;13~", "ctrl+enter"), ("97:65:113;2:1;65u", "A"), ("27u", "escape"),
    ],
)  # fmt: skip
def test_keys_in_every_spelling(body: str, key: str) -> None:
    token = control_sequence(body)
    assert token is not None
    assert token.kind is InputKind.KEY
    assert keys_of(token) == [key]


@pytest.mark.parametrize(
    "body",
    [
        "", "99~", "0n", "1;1R", "12;40R", "?1;2c", "97;1:3u", "63000u", "1;999A", "u",
        "55296u", "1114112u", "128u", "~", "<1;2M", "8;24;80t", "48;0;80;0;0t", "?2004;1$y", "m",
    ],
)  # fmt: skip
def test_what_is_not_known_for_sure_is_nothing(body: str) -> None:
    """Reports, keys let go, keys that type nothing, numbers of no character."""
    assert control_sequence(body) is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("I", InputKind.REPORT), ("O", InputKind.REPORT), ("?2026;2$y", InputKind.REPORT),
        ("48;24;80;480;800t", InputKind.REPORT), ("<0;12;3M", InputKind.MOUSE), ("<35;-1;3m", InputKind.MOUSE),
        ("27;1;97~", InputKind.TEXT),
    ],
)  # fmt: skip
def test_reports_that_are_wanted(body: str, kind: InputKind) -> None:
    token = control_sequence(body)
    assert token is not None
    assert token.kind is kind


@pytest.mark.parametrize(
    ("body", "key"), [("P", "f1"), ("A", "up"), ("5A", "ctrl+up"), ("1;5A", "ctrl+up"), ("2R", "shift+f3")]
)
def test_keys_of_the_keypad_s_mode(body: str, key: str) -> None:
    assert keys_of(single_shift(body)) == [key]


@pytest.mark.parametrize("body", ["z", "5z", "999A", "5"])
def test_letters_that_are_no_such_key_are_nothing(body: str) -> None:
    assert single_shift(body) is None


@given(st.text("0123456789;:?<~ABCDHFPQRSuMmtynIOZ٣²", max_size=14))
def test_whatever_it_is_it_is_one_key_or_none(body: str) -> None:
    """Textual's parser ends in an exception at numbers that are no character, and takes reports for keys."""
    token = control_sequence(body)
    assert token is None or token.kind is not InputKind.KEY or len(keys_of(token)) == 1


@given(st.from_regex(r"[0-9;]{0,5}[@-~]", fullmatch=True))
def test_a_key_of_the_keypad_is_one_key_or_none(body: str) -> None:
    assert len(keys_of(single_shift(body))) <= 1
