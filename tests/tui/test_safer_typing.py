"""Words typed in the wrong place: nothing is sent, nothing that was typed is lost, and Esc leads out again."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.engine import key_queue
from cotui.tui.engine.key_queue import KeyQueueApp
from cotui.tui.forms.base_form import BaseForm
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text, until
from tests.tui.writing import Account, account, asked, typed, words

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
        if isinstance(app.screen, DiscardDialog) and "Quit" not in text_of(app):
            await press(pilot, "tab", "enter")  # whatever letters came before, this is a yes
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
        monkeypatch.setattr(key_queue, "WORD", 0.0)
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


@pytest.mark.sample("a")
@pytest.mark.parametrize("stray", ["a", "1", "space", "full_stop", "minus", "P"])
async def test_after_keys_that_mean_nothing_only_the_button_says_yes(users: Account, stray: str) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        await asked(pilot)
        await press(pilot, stray, "y", "y", "y")
        assert "tab to Yes and enter, or esc" in text_of(users.app)
        assert users.line.sent == []
        await press(pilot, "enter")  # no is still the answer that is marked
        assert users.line.sent == []
        await press(pilot, "p")
        await asked(pilot)
        await press(pilot, stray, "tab", "enter")
        await until(lambda: len(users.line.sent) == 1)


async def test_a_question_that_is_asked_again_takes_its_key_again(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        await asked(pilot)
        await press(pilot, "a", "escape", "p")
        await asked(pilot)
        await press(pilot, "y")
        await until(lambda: len(users.line.sent) == 1)


# -- words at a pace ---------------------------------------------------------------------------------


_KEYS = {"\t": "tab", "\r": "enter", "\n": "enter"}


class Pace:
    """A clock that stands still between keys, and somebody who types by it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        monkeypatch.setattr(KeyQueueApp, "clock", staticmethod(lambda: self.now))

    async def type(self, pilot: Pilot[None], text: str, seconds: float) -> None:
        """So many seconds before each key."""
        for character in text:
            self.now += seconds
            event = events.Key(_KEYS.get(character) or _character_to_key(character), character)
            event.time = self.now
            pilot.app.post_message(event)
            await settle(pilot)


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> Pace:
    return Pace(monkeypatch)


#: each sent a password reset from the users, before every printable key counted
SENT = ("pay y", "paddy y", "p. y", "p1y", "p-y", "pyy", "p y", "py", "pYy", "p y y y", "apay y", "pay y\n")


@pytest.mark.hasty
@pytest.mark.sample("pay y-0.1", "pyy-0.35", "p1y-0.06")
@pytest.mark.parametrize("seconds", [0.06, 0.1, 0.24, 0.35, 0.49])
@pytest.mark.parametrize("text", SENT)
async def test_no_text_typed_on_rows_sends(users: Account, pace: Pace, text: str, seconds: float) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, text, seconds)
        assert users.line.sent == []
        assert not users.app._exit


@pytest.mark.hasty
async def test_a_slow_word_sends_nothing_either(users: Account, pace: Pace) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, "pay y y", 0.8)
        assert isinstance(users.app.screen, ConfirmDialog)
        assert users.line.sent == []


@pytest.mark.hasty
async def test_a_key_that_is_meant_is_an_answer(users: Account, pace: Pace) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, "p", 0.6)
        await pace.type(pilot, "y", 0.3)
        assert "press it again, alone" in text_of(users.app)
        assert users.line.sent == []
        await pace.type(pilot, "y", 0.6)
        await until(lambda: len(users.line.sent) == 1)


@pytest.mark.hasty
async def test_tab_and_enter_out_of_a_text_are_no_yes(users: Account, pace: Pace) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, "pay\t\r", 0.1)
        assert isinstance(users.app.screen, ConfirmDialog)
        assert users.line.sent == []
        assert users.app.focused is not None
        users.app.focused.remove_class(
            "-active"
        )  # a button takes no key while it looks pressed, by the real clock
        await pace.type(pilot, "\r", 0.6)
        await until(lambda: len(users.line.sent) == 1)


@pytest.mark.hasty
@pytest.mark.sample("q y-0.1", "cq1y-0.35")
@pytest.mark.parametrize("seconds", [0.06, 0.1, 0.24, 0.35, 0.49])
@pytest.mark.parametrize("text", ["q y", "xq y", "cq1y", "qyy", "qy", "q.y", "1q y", "quality y"])
async def test_no_text_ends_the_program_and_loses_a_filter(
    users: Account, pace: Pace, text: str, seconds: float
) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "email ~ acme")
        await press(pilot, "escape", "escape")
        pace.now += 1
        await pace.type(pilot, text, seconds)
        assert not users.app._exit
        list_screen = users.app._screen_stacks["users"][0]
        assert isinstance(list_screen, BrowseScreen)
        assert list_screen.bar.text == "email ~ acme"


@pytest.mark.hasty
@pytest.mark.sample("1q")
@pytest.mark.parametrize("text", ["x q", "1q", "vq", ".q", "jjjq", "qq"])
async def test_q_right_behind_any_printable_key_asks(users: Account, pace: Pace, text: str) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, text[:-1] if text != "qq" else "xq", 0.24)
        await pace.type(pilot, "q", 0.24)
        assert isinstance(users.app.screen, DiscardDialog)
        assert not users.app._exit


@pytest.mark.long
@pytest.mark.hasty
@pytest.mark.parametrize("seed", range(40))
async def test_random_texts_send_nothing_and_lose_nothing(own: Account, pace: Pace, seed: int) -> None:
    """Whatever is typed on rows at the pace of a text."""
    dice = random.Random(seed)
    signs = string.ascii_letters + string.digits + "    .,-_'@"
    text = "".join(dice.choice(signs) for _ in range(dice.randint(4, 16))) + dice.choice(
        ["y", " y", "yy", "q y"]
    )
    text = text.lstrip("q")  # a q that comes first and alone is meant
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, text, dice.choice([0.02, 0.06, 0.15, 0.3, 0.45]))
        assert own.line.sent == []
        assert not own.app._exit


# -- a word that opens a form ------------------------------------------------------------------------


@pytest.mark.hasty
@pytest.mark.sample("delete void-0.1")
@pytest.mark.parametrize("seconds", [0.06, 0.1, 0.35])
@pytest.mark.parametrize("text", ["delete void", "edit", "e5", "e y", "extra\r"])
async def test_the_rest_of_a_word_changes_no_record(
    users: Account, pace: Pace, text: str, seconds: float
) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, text, seconds)
        form = next(screen for screen in users.app.screen_stack if isinstance(screen, BaseForm))
        assert not form.typed
        await pace.type(pilot, "Z", 0.6)
        assert form.typed


@pytest.mark.hasty
async def test_what_was_left_out_is_told(users: Account, pace: Pace) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, "else y", 0.1)
        assert "“lse y” came right behind the key for this form and was left out" in text_of(users.app)


# -- quitting ---------------------------------------------------------------------------------------


@pytest.mark.hasty
async def test_q_in_a_word_asks(users: Account, pace: Pace) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pace.type(pilot, "vq", 0.1)
        assert isinstance(users.app.screen, DiscardDialog)
        assert "Quit cotui?" in text_of(users.app)
        assert not users.app._exit
        await pace.type(pilot, "uy", 0.1)  # the word goes on: no yes either
        assert isinstance(users.app.screen, DiscardDialog)
        assert "tab to Yes and enter, or esc" in words(users)
        await press(pilot, "escape")
        assert isinstance(users.app.screen, BrowseScreen)
        await pace.type(pilot, "q", 0.6)  # alone
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
        assert browse(users.app).bar.text == "email ~ acme"


async def test_leaving_a_list_asks_before_a_typed_filter_goes(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "i", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "escape", "escape")
        assert isinstance(users.app.screen, DiscardDialog)
        assert "invoices: customer = 1 status = paid, a filter that" in text_of(users.app)
        await press(pilot, "escape")
        assert "status = paid" in browse(users.app).bar.text


async def test_a_number_key_asks_before_a_typed_filter_goes(users: Account) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "1", "i", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "escape", "1")
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert "status = paid" in browse(users.app).bar.text
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
        assert users.app.screen_stack[-1] is dialog


@pytest.mark.sample("find", "columns")
@pytest.mark.parametrize(
    ("keys", "text", "then"),
    [
        pytest.param(["f"], "acme", [], id="find"),
        pytest.param(["ctrl+p"], "act", [], id="palette"),
        pytest.param(["a"], "reset", [], id="action menu"),
        pytest.param(["C"], "", ["space"], id="columns"),
        pytest.param(["space", "space", "p"], "2", [], id="number"),
    ],
)
async def test_ctrl_q_asks_wherever_something_is_typed(
    users: Account, keys: list[str], text: str, then: list[str]
) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "up", *keys)
        if text:
            await type_text(pilot, text)
        await press(pilot, *then)
        screen = users.app.screen
        await press(pilot, "ctrl+q")
        assert isinstance(users.app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert users.app.screen is screen


@pytest.mark.sample("keys0")
@pytest.mark.parametrize("keys", [["slash"], ["f"], ["ctrl+p"], ["a"], ["C"], ["e"], ["space", "space"]])
async def test_nothing_typed_is_nothing_to_ask_about(users: Account, keys: list[str]) -> None:
    async with users.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *keys, "ctrl+q")
        await until(lambda: users.app._exit)


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
            "AnswerScreen",
            "AnswerScreen",
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
