"""Nothing typed is thrown away without a clear yes."""

from __future__ import annotations

from textual.widgets import Input

from cotui.tui.base.session import Session
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.forms.form import FormScreen
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, running, settle, text_of, type_text, until
from tests.tui.writing import Account, form


async def test_esc_asks_before_it_throws_something_away(own: Account) -> None:
    async with own.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await type_text(pilot, "X")
        await press(pilot, "escape")
        assert isinstance(own.app.screen, DiscardDialog)
        await press(pilot, "enter")
        assert form(own.app).draft.text("company").endswith("X")
        await press(pilot, "escape", "escape")
        assert form(own.app).draft.text("company").endswith("X")
        await press(pilot, "escape", "y")
        assert isinstance(own.app.screen, BrowseScreen)
        assert own.line.sent == []


SIZE = (100, 30)


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
