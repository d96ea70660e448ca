"""Our driver draws wherever it is exact, and what its user says wins."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from cotui.tui.engine.terminal.choice import choose, no_screens, terminal_stream


class Stream:
    """A standard stream; `terminal` is whether it is one."""

    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal


@pytest.mark.parametrize(
    "term",
    [
        "xterm-256color",
        "screen.xterm",
        "tmux-256color",
        "alacritty",
        "vt100",
        "vt220",
        "linux",
        "foot",
        "rxvt",
    ],
)
def test_ours_draws_in_terminals_of_the_xterm_family(term: str) -> None:
    assert choose("auto", {"TERM": term}, "linux").lean


@pytest.mark.parametrize(
    "term",
    ["dumb", "DUMB", "unknown", "vt52", "vt100-s", "ansi", "ansi-m", "wyse60", "wy50", "cygwin", "sun-color", "eterm-color"],
)  # fmt: skip
def test_not_where_text_is_placed_in_another_way(term: str) -> None:
    choice = choose("auto", {"TERM": term}, "linux")
    assert not choice.lean
    assert term in choice.reason


def test_not_where_nothing_is_known() -> None:
    assert not choose("auto", {}, "linux").lean
    assert not choose("auto", {"TERM": ""}, "linux").lean


def test_what_its_user_says_wins() -> None:
    assert choose("lean", {"TERM": "dumb", "TEXTUAL_DRIVER": "x:Y"}, "linux").lean
    assert not choose("stock", {"TERM": "xterm"}, "linux").lean
    assert not choose("auto", {"TERM": "xterm", "TEXTUAL_DRIVER": "x:Y"}, "linux").lean
    assert not choose("lean", {"TERM": "xterm"}, "win32").lean


@pytest.mark.parametrize(
    ("term", "none"), [("dumb", True), ("Unknown", True), ("dumber", False), ("vt52", False), ("", False)]
)
def test_a_terminal_without_a_cursor_shows_no_screens(term: str, none: bool) -> None:
    assert bool(no_screens({"TERM": term})) is none
    assert no_screens({}) == ""


@pytest.mark.parametrize(
    ("output", "errors", "taken"),
    [
        (True, True, "output"),
        (True, False, "output"),
        (False, True, "errors"),
        (False, False, "errors"),
        (None, False, "errors"),
        (False, None, "output"),
    ],
)
def test_the_screen_is_drawn_on_a_terminal_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, output: bool | None, errors: bool | None, taken: str
) -> None:
    streams: dict[str, Any] = {
        name: None if terminal is None else Stream(terminal)
        for name, terminal in (("output", output), ("errors", errors))
    }
    monkeypatch.setattr(sys, "__stdout__", streams["output"])
    monkeypatch.setattr(sys, "__stderr__", streams["errors"])
    assert terminal_stream() is streams[taken]
