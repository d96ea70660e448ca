"""A mistake as it is told: file, line, key, and what is wrong, on one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.settings.problems import ConfigError, Problem, SettingsError, counted, plain

FILE = Path("/etc/cotui.toml")


def test_what_has_no_line_or_no_key_is_told_without() -> None:
    assert (
        str(Problem(FILE, 4, "keys.quit", "error", "wrong")) == "/etc/cotui.toml:4: error: keys.quit: wrong"
    )
    assert str(Problem(FILE, 4, "", "warning", "wrong")) == "/etc/cotui.toml:4: warning: wrong"
    assert str(Problem(FILE, 0, "", "error", "open to others")) == "/etc/cotui.toml: error: open to others"


def test_a_file_s_name_is_harmless() -> None:
    assert str(Problem(Path("/a\n\x1b[2J"), 1, "", "error", "wrong")).isprintable()


def test_all_mistakes_are_told_each_on_its_line() -> None:
    error = ConfigError([Problem(FILE, line, "", "error", "wrong") for line in (1, 2)])
    assert str(error).split("\n") == ["/etc/cotui.toml:1: error: wrong", "/etc/cotui.toml:2: error: wrong"]
    assert isinstance(error, SettingsError)


@pytest.mark.parametrize(("number", "words"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_numbers_have_their_noun(number: int, words: str) -> None:
    assert counted(number, "error") == words


def test_a_text_is_cut_and_made_harmless() -> None:
    assert plain("x" * 60) == "x" * 60
    assert plain("x" * 61) == "x" * 59 + "…"
    assert plain("a\nb\x1b").isprintable()
    assert len(plain("x" * 10**6, 5)) == 5
