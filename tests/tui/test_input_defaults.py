"""What Textual does with keys and clicks by itself, decided on one by one: quitting, copying, focus, joiners."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events, on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from cotui.tui.base import inputs
from cotui.tui.base.inputs import HiddenInput, TypedLine
from cotui.tui.base.session import Session
from cotui.tui.engine.pasted import LineFull, PasteCut
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.forms.form import FormScreen
from cotui.tui.forms.line_input import LineInput
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, settle, status, text_of, type_text, until
from tests.tui.writing import Account, account

SIZE = (100, 30)
FAMILY = "👨\u200d👩\u200d👧"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=3) as opened:
        yield opened


def running(app: CotuiApp) -> bool:
    """Whether the app has not been told to end."""
    return not app._exit


# -- quitting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_a_list_is_quit_at_once(app: CotuiApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await until(lambda: not running(app))


async def test_quitting_asks_where_something_typed_would_be_lost(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await type_text(pilot, "X")
        await press(pilot, "ctrl+q")
        assert isinstance(own.app.screen, DiscardDialog)
        assert "Quit and discard what you typed?" in text_of(own.app)
        await press(pilot, "ctrl+q")  # again is no answer
        assert isinstance(own.app.screen, DiscardDialog)
        await press(pilot, "enter")
        assert running(own.app)
        form = own.app.screen
        assert isinstance(form, FormScreen)
        assert form.draft.text("company").endswith("X")
        # also from a dialog above the form
        await press(pilot, "ctrl+s", "ctrl+q")
        assert isinstance(own.app.screen, DiscardDialog)
        await press(pilot, "escape", "escape")
        assert own.app.screen is form
        await press(pilot, "ctrl+q")
        await pilot.press("y")
        await until(lambda: not running(own.app))
        assert own.line.sent == []


async def test_a_form_that_nothing_was_typed_into_is_quit_at_once(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await pilot.press("ctrl+q")
        await until(lambda: not running(own.app))


async def test_the_first_run_asks_too(session: Session) -> None:
    assert session.api is not None
    await session.api.aclose()
    session.api, session.demo = None, False
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await type_text(pilot, "acme")
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert app.screen.query_one("#url", Input).value == "acme"
        assert running(app)


# -- ctrl+c -----------------------------------------------------------------------------------------


async def test_ctrl_c_says_which_key_quits_here(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+c")
        assert status(own.app) == "q quits"
        await press(pilot, "slash", "ctrl+c")
        assert "ctrl+q quits" in status(own.app)
        await press(pilot, "escape", "e", "ctrl+c")
        assert "ctrl+q quits" in status(own.app)


async def test_ctrl_c_copies_what_is_marked_as_everything_is_copied(
    own: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        monkeypatch.setattr(Screen, "get_selected_text", lambda _: "marked")
        await press(pilot, "ctrl+c")
        await until(lambda: "the marked text marked: sent to" in status(own.app))


# -- clicks -----------------------------------------------------------------------------------------


def clicks(app: CotuiApp) -> None:
    """Press the mouse's button all over the screen, and beside it: the keys must go somewhere afterwards."""
    columns, rows = app.size
    for x in (0, 3, columns // 2, columns - 1, columns, columns + 40):
        for y in (*range(rows), rows, rows + 9):
            event = events.MouseDown(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
            app.screen._forward_event(event)
            assert app.focused is not None, (x, y)


@pytest.mark.sample("", "enter", "a", "/")
@pytest.mark.parametrize("keys", ["", "/", "f", "v", "enter", "e", "a", ":", "n", "C", "e X escape", "?"])
async def test_no_click_takes_the_focus_away_from_everything(own: Account, keys: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        if keys:
            await press(pilot, *keys.split())
        clicks(own.app)


async def test_a_click_beside_the_screen_does_nothing(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        for kind in (events.MouseDown, events.MouseUp):
            own.app.post_message(
                kind(None, 300, 100, 0, 0, 1, False, False, False, screen_x=300, screen_y=100)
            )
        await settle(pilot)
        await press(pilot, "down")
        assert isinstance(own.app.screen, BrowseScreen)
        assert own.app.screen.table.cursor == 2


# -- text -------------------------------------------------------------------------------------------


async def _typed(pilot: Pilot[None], text: str) -> None:
    for character in text:
        pilot.app.post_message(events.Key("key" if len(character.encode()) > 1 else character, character))
    await settle(pilot)


async def test_joined_emoji_are_typed_whole(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        line = own.app.focused
        assert isinstance(line, Input)
        await _typed(pilot, f"\u200dx\u200d {FAMILY}e\u0301")
        assert line.value == f"x {FAMILY}e\u0301"  # where there is nothing to join it would only be unseen
        assert "\u200d" not in text_of(own.app)
        line.value = ""
        own.app.post_message(events.Paste(f"{FAMILY}\u202e می\u200cخواهم"))
        await settle(pilot)
        assert line.value == f"{FAMILY}␦ می\u200cخواهم"


async def test_joined_emoji_are_typed_whole_into_forms(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form = own.app.screen
        assert isinstance(form, FormScreen)
        assert isinstance(own.app.focused, LineInput)
        before = form.draft.text("company")
        await _typed(pilot, FAMILY)
        assert form.draft.text("company") == before + FAMILY


async def test_joiners_in_texts_of_several_lines(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        area = TextArea()
        await own.app.screen.mount(area)
        area.focus()
        await settle(pilot)
        await _typed(pilot, f"\u200d\nä\u200c{FAMILY}")
        assert area.text.strip() == f"ä\u200c{FAMILY}"


async def test_a_paste_that_was_cut_is_told(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        own.app.post_message(PasteCut(1234))
        await until(lambda: "the last 1,234 characters of what was pasted were left out" in status(own.app))


async def test_a_paste_that_a_form_s_line_has_no_room_for_is_told(own: Account) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        form = own.app.screen
        assert isinstance(form, FormScreen)
        before = form.draft.text("company")
        own.app.post_message(events.Paste("x" * 10_000))
        await until(lambda: len(form.draft.text("company")) == 4_000)
        assert form.draft.text("company").startswith(f"{before}x")
        told = "10,000 characters were pasted: this line takes 4,000, the rest was left out"
        await until(lambda: told in status(own.app))


class _Lines(App[None]):
    """Lines as dialogs have them."""

    def __init__(self, kind: type[Input], text: str = "") -> None:
        super().__init__()
        self.kind = kind
        self.text = text
        self.told: list[str] = []

    @property
    def line(self) -> Input:
        return self.query_one(Input)

    def compose(self) -> ComposeResult:
        yield self.kind(value=self.text, max_length=20, select_on_focus=False)

    @on(LineFull)
    def _told(self, message: LineFull) -> None:
        self.told.append(message.words())


@pytest.mark.parametrize(
    ("pasted", "there", "taken", "told"),
    [
        ("abc", "", "abc", ""),
        ("a\nb\n", "", "a b", ""),
        ("x" * 20, "", "x" * 20, ""),
        ("x" * 21, "", "x" * 20, "21 characters were pasted: this line takes 20, the rest was left out"),
        ("xy", "x" * 19, "x" * 20, "2 characters were pasted: this line takes 20, the rest was left out"),
        ("x" * 5_000_000, "", "x" * 20, "5,000,000 characters"),
    ],
)
async def test_a_paste_into_a_line_is_whole_or_told(pasted: str, there: str, taken: str, told: str) -> None:
    app = _Lines(TypedLine, there)
    async with app.run_test() as pilot:
        app.line.post_message(events.Paste(pasted))
        await until(lambda: app.line.value == taken)
        await pilot.pause()
        assert len(app.told) == bool(told)
        assert told in "".join(app.told)


async def test_a_secret_that_has_no_room_is_not_taken_in_part() -> None:
    app = _Lines(HiddenInput)
    async with app.run_test():
        app.line.post_message(events.Paste("x" * 21))
        await until(lambda: bool(app.told))
        assert app.told == ["21 characters were pasted: this line takes 20, so none of it was taken"]
        assert app.line.value == ""
        app.line.post_message(events.Paste("x" * 20))
        await until(lambda: app.line.value == "x" * 20)


def test_every_line_tells_what_it_has_no_room_for() -> None:
    """A line of Textual's own drops a paste that is too long, without a word."""
    root = Path(inputs.__file__).parents[1]
    bare = [
        str(path)
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Input"
    ]
    assert bare == []
