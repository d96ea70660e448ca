"""Names that no key has are told with the one that was meant."""

from __future__ import annotations

import pytest

from cotui.tui.base.session import Session
from cotui.tui.shell.key_names import wrong_key, wrong_keys
from cotui.tui.shell.keymap import named_bindings
from tests.tui.flow import press, settle, status, with_keys


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


def test_each_is_told_with_its_action() -> None:
    keymap = {"table.order": "ctrl+", "browse.find": "k, blub", "app.quit": "f9", "browse.copy": ""}
    assert list(wrong_keys(keymap)) == [
        'table.order: there is no key "ctrl+"',
        'browse.find: there is no key "blub"',
    ]


async def test_an_action_whose_key_there_is_not_is_told_at_the_start(session: Session) -> None:
    app = with_keys(session, table__order="ctrl+", browse__find="strg+g", browse__copy="blub")
    async with app.run_test(size=(140, 40)) as pilot:
        await settle(pilot)
        assert status(app) == '[keys] table.order: there is no key "ctrl+" and 2 more · cotui config check'
        await press(pilot, "down")
        assert "[keys]" not in status(app)
