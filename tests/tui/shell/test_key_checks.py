"""Keys of the user's own: names that no key has, and keys that mean two things on one screen."""

from __future__ import annotations

import pytest

from cotui.tui.shell.key_checks import clashes, wrong_key
from cotui.tui.shell.keymap import named_bindings


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("strg+o", "ctrl+o"),
        ("Ctrl+O", "ctrl+o"),
        ("shift+f", "F"),
        ("esc", "escape"),
        ("F5", "f5"),
        ("ctrl-x", "ctrl+x"),
        ("pgdown", "pagedown"),
        ("less_then_sign", ""),
        ("blub", ""),
        ("ctrl+", ""),
    ],
)
def test_a_name_that_no_key_has_is_told_with_the_one_that_was_meant(name: str, meant: str) -> None:
    told = wrong_key(name)
    assert told.startswith(f'there is no key "{name}"')
    assert told.endswith(f'; did you mean "{meant}"?') or not meant
    assert not meant or not wrong_key(meant)


@pytest.mark.parametrize(
    "name", ["k", "F", "?", "+", "ü", "ctrl+x", "f12", "shift+down", "less_than_sign", "alt+left", "space"]
)
def test_keys_that_there_are(name: str) -> None:
    assert wrong_key(name) == ""


def test_no_key_of_ours_is_called_wrong() -> None:
    for binding in named_bindings():
        for key in binding.key.split(","):
            assert wrong_key(key) == "", binding


def test_a_key_of_two_actions_on_one_screen_is_told_with_both_and_where() -> None:
    found = {
        (clash.action, clash.other): clash for clash in clashes({"browse.filter": "F", "browse.find": "F"})
    }
    assert found["browse.filter", "browse.find"].where == "lists"
    refunds = found["browse.find", "relation.refunds"]
    assert (refunds.key, refunds.label, refunds.where) == ("F", "Refunds", "the list of payments")


def test_actions_that_trade_keys_or_stay_on_theirs_do_not_clash() -> None:
    own = {"browse.find": "y", "browse.copy": "f", "app.help": "f1,question_mark", "record.copy": "y"}
    assert list(clashes(own)) == []
