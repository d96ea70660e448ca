"""When a key is no answer to a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.tui.base.asking import AskingDialog
from cotui.tui.base.choose import ChooseDialog
from cotui.tui.forms.discard import DiscardDialog
from tests.tui.flow import press, settle
from tests.tui.writing import Account, account


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, customers=1) as opened:
        yield opened


async def test_only_printable_keys_that_do_nothing_take_the_answer_away(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        dialog: AskingDialog[bool] = DiscardDialog("Discard", "discard")
        own.app.push_screen(dialog)
        await settle(pilot)
        await press(pilot, "left", "tab", "f9", "ctrl+x", "f1", "escape")
        assert not dialog.strayed


async def test_a_blank_takes_it_away(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        dialog: AskingDialog[bool] = DiscardDialog("Discard", "discard")
        own.app.push_screen(dialog)
        await settle(pilot)
        await press(pilot, "space", "y")
        assert dialog.strayed
        assert own.app.screen is dialog


async def test_another_choice_that_was_not_taken_is_something_typed(own: Account) -> None:
    async with own.app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        dialog = ChooseDialog("Which?", [("a", "A"), ("b", "B")], "b")
        own.app.push_screen(dialog)
        await settle(pilot)
        assert not dialog.typed
        await press(pilot, "up")
        assert dialog.typed
