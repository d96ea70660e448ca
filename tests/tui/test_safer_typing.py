"""Words typed in the wrong place: nothing is sent, nothing that was typed is lost, and Esc leads out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.engine.key_queue import KeyQueueApp
from cotui.tui.forms.base_form import BaseForm
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text, until
from tests.tui.writing import Account, account, asked, typed

SIZE = (100, 30)
WORDS = (
    "python y",
    "payroll company",
    "delete yes",
    "laura young",
    "my email ~ yahoo",
    "no balance yet",
    "payment by y",
)


@pytest.fixture(params=["users", "customers", "invoices"])
def own(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Account]:
    with account(tmp_path, screen=request.param, customers=5) as opened:
        yield opened


@pytest.fixture
def users(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, customers=3) as opened:
        yield opened


def keys_of(word: str) -> list[str]:
    names = {" ": "space", "~": "tilde", "/": "slash"}
    return [names.get(letter, letter) for letter in word]


async def leads_out(pilot: Pilot[None], own: Account) -> None:
    """Nothing was sent, and Esc goes back to a list; what a form asks about is not thrown away without a yes."""
    app = pilot.app
    assert isinstance(app, CotuiApp)
    assert own.line.sent == []
    assert not app._exit
    for _ in range(12):
        if isinstance(app.screen, BrowseScreen):
            break
        if isinstance(app.screen, DiscardDialog):
            await press(pilot, "y")
        else:
            await press(pilot, "escape")
    assert isinstance(app.screen, BrowseScreen)
    assert own.line.sent == []


# -- words ------------------------------------------------------------------------------------------


@pytest.mark.sample("users", "payroll company")
@pytest.mark.parametrize("word", WORDS[1:])  # who takes half a second for a letter means “p, y” as it is
async def test_a_word_typed_on_rows_letter_by_letter_sends_nothing(own: Account, word: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in keys_of(word):
            await press(pilot, key)
        await leads_out(pilot, own)


@pytest.mark.hasty
@pytest.mark.sample("users", "python y", "my email ~ yahoo")
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("first", ["", "enter"])
async def test_a_word_that_arrives_at_once_sends_nothing(
    own: Account, word: str, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        if first:
            await press(pilot, first)
        typed(own.app, *keys_of(word), "enter")
        await settle(pilot)
        monkeypatch.setattr(KeyQueueApp, "in_word", False)
        await leads_out(pilot, own)


@pytest.mark.hasty
async def test_yes_right_behind_a_letter_is_no_answer(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        dialog = await asked(pilot)
        typed(users.app, "b", "y")  # b is a key of the dialog
        await settle(pilot)
        assert isinstance(users.app.screen, ConfirmDialog)
        assert users.line.sent == []
        assert dialog.phase.name == "ASKING"


async def test_yes_after_letters_that_mean_nothing_has_to_come_alone(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        await asked(pilot)
        await press(pilot, "a", "y")
        assert "that key came among other letters" in text_of(users.app)
        assert users.line.sent == []
        await press(pilot, "y")
        await until(lambda: len(users.line.sent) == 1)


# -- quitting ---------------------------------------------------------------------------------------


@pytest.mark.hasty
async def test_q_in_a_word_asks(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        typed(users.app, "v", "q")
        await settle(pilot)
        assert isinstance(users.app.screen, DiscardDialog)
        assert "Quit cotui?" in text_of(users.app)
        assert not users.app._exit
        typed(users.app, "u", "y")  # the word goes on: no yes either
        await settle(pilot)
        assert isinstance(users.app.screen, DiscardDialog)
        assert "y again quits" in text_of(users.app)
        await press(pilot, "escape")
        assert isinstance(users.app.screen, BrowseScreen)
        typed(users.app, "down", "q")  # no letter before it
        await until(lambda: users.app._exit)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_a_filter_that_was_not_applied_is_not_dropped(users: Account, key: str) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "email ~ acme")
        await press(pilot, "escape", "escape", key)
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert browse(users.app).bar.input.value == "email ~ acme"


async def test_leaving_a_list_asks_before_a_typed_filter_goes(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "i", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "escape", "escape")
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert "status = paid" in browse(users.app).bar.input.value


async def test_a_number_key_asks_before_a_typed_filter_goes(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "i", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "escape", "1")
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert "status = paid" in browse(users.app).bar.input.value
        await press(pilot, "1", "y")
        assert browse(users.app).listing.key == "customers"
        assert len(users.app.screen_stack) == 1


async def test_what_was_typed_into_a_question_is_not_dropped(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        dialog = await asked(pilot)
        await press(pilot, "b")
        assert isinstance(users.app.focused, Input)
        await type_text(pilot, "192.0.2.1")
        await press(pilot, "ctrl+q")
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert users.app.screen is dialog


# -- the way back -----------------------------------------------------------------------------------


async def test_slash_on_a_record_goes_to_the_filter_of_its_list(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(users.app.screen, RecordScreen)
        typed(users.app, *keys_of("/name"))
        await settle(pilot)
        assert browse(users.app).bar.input.has_focus
        assert browse(users.app).bar.input.value == "name"
        await press(pilot, "ctrl+u", "escape")
        assert browse(users.app).table.cursor == 1


async def test_slash_goes_past_records_that_were_opened_from_others(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "c", "i", "enter", "c")
        assert [type(screen).__name__ for screen in users.app.screen_stack[-3:]] == [
            "BrowseScreen",
            "RecordScreen",
            "RecordScreen",
        ]
        await press(pilot, "slash")
        assert browse(users.app).listing.resource.id == "invoice"
        assert browse(users.app).bar.input.has_focus


async def test_esc_goes_from_json_to_the_page_and_then_to_the_list(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "x", "escape")
        assert not record_page(users.app).view.raw
        await press(pilot, "escape")
        assert isinstance(users.app.screen, BrowseScreen)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_the_way_back_is_in_sight(users: Account, size: tuple[int, int]) -> None:
    async with users.app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "esc back" not in status(users.app)
        await press(pilot, "enter")
        assert status(users.app).endswith("esc back · ? keys")
        await press(pilot, "c", "i")
        assert status(users.app).endswith("esc back · ? keys")
        await press(pilot, "enter", "e")
        assert isinstance(users.app.screen, BaseForm)
        assert status(users.app).endswith("esc leave · f1 keys")
