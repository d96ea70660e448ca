"""What terminals can do: nothing is believed that another terminal may have put into the environment."""

from __future__ import annotations

import pytest

from cotui.tui.engine.terminal.abilities import abilities_of


@pytest.mark.parametrize(
    "term",
    ["xterm-256color", "tmux-256color", "alacritty", "foot", "st-256color", "rxvt-unicode-256color", "linux"],
)
def test_terminals_that_erase_in_colour(term: str) -> None:
    assert abilities_of({"TERM": term}).erases_in_colour


@pytest.mark.parametrize(
    "term", ["screen", "screen-256color", "screen.xterm-256color", "vt220", "sun", "", "strange"]
)
def test_terminals_that_do_not(term: str) -> None:
    assert not abilities_of({"TERM": term}).erases_in_colour


def test_tmux_under_any_name() -> None:
    able = abilities_of({"TERM": "screen-256color", "TMUX": "/tmp/tmux-1000/default,1,0"})
    assert able.erases_in_colour
    assert able.repeats


def test_nothing_is_known_of_who_calls_itself_xterm() -> None:
    assert not abilities_of({"TERM": "xterm-256color"}).repeats
    assert not abilities_of({}).repeats


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "screen", "XTERM_VERSION": "XTerm(390)", "STY": "1.pts"},
        {"TERM": "screen.xterm-256color", "VTE_VERSION": "7003", "STY": "1.pts"},
        {"TERM": "screen-256color", "VTE_VERSION": "7003"},
        {"TERM": "screen", "TMUX": "/tmp/tmux-1000/default,1,0", "STY": "1.pts"},
        {"TERM": "rxvt-unicode-256color", "XTERM_VERSION": "XTerm(390)"},
        {"TERM": "vt220", "VTE_VERSION": "7003"},
    ],
)
def test_a_variable_of_the_terminal_around_says_nothing(environment: dict[str, str]) -> None:
    able = abilities_of(environment)
    assert not able.repeats
    assert not able.repeats_boxes


@pytest.mark.parametrize("version", ["", "old", "7003 ", "-1", "٧٠٠٠"])
def test_a_strange_version_is_no_version(version: str) -> None:
    assert not abilities_of({"TERM": "vt220", "VTE_VERSION": version}).repeats
