"""Help, the choice of columns and the palette."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from cotui.api import Api, Connection
from cotui.settings import StateStore
from cotui.tui.base.session import Session
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.columns_dialog import ColumnsDialog
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.help import HelpDialog
from cotui.tui.shell.palette import Palette
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of
from tests.tui.turns import turns

SIZE = (120, 50)


def names(app: CotuiApp) -> list[str]:
    """The fields the table on the screen shows."""
    screen = app.screen_stack[0]
    assert isinstance(screen, BrowseScreen)
    return [column.field.name for column in screen.table.columns]


# -- help ---------------------------------------------------------------------------------------


async def test_help_lists_what_is_valid_on_the_list(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        text = text_of(app)
        for words in ("Order by column", "Columns", "Main contact", "Filter of customers", "Quit"):
            assert words in text
        assert "Raw JSON" not in text
        await press(pilot, "escape")
        assert browse(app).table.has_focus


async def test_help_of_a_record_lists_other_keys(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "question_mark")
        text = text_of(app)
        assert "Raw JSON" in text
        assert "Order by column" not in text
        await press(pilot, "escape")
        assert record_page(app).is_current


async def test_every_key_that_help_names_has_one_meaning(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in ([], ["enter"]):
            await press(pilot, *keys, "question_mark")
            dialog = app.screen
            assert isinstance(dialog, HelpDialog)
            shown = [key for _, rows in dialog._groups for keys_, _ in rows for key in keys_.split()]
            assert sorted(set(shown)) == sorted(shown)
            await press(pilot, "escape")


async def test_help_is_not_opened_over_itself(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark", "question_mark", "escape")
        assert len(app.screen_stack) == 1


async def test_help_can_be_read_to_its_end_in_a_small_terminal(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert "esc closes" in text_of(app)
        assert "all mean AND" not in text_of(app)
        seen = text_of(app)
        for _ in range(8):
            await press(pilot, "pagedown")
            seen += text_of(app)
        assert "Order by column" in seen
        assert "all mean AND" in seen
        assert "esc closes" in text_of(app)


# -- columns ------------------------------------------------------------------------------------


async def test_columns_are_hidden_moved_and_remembered(session: Session, wire: Wire) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        asked = len(wire.requests)
        await press(pilot, "C", "down", "space", "J")
        assert names(app) == before, "nothing changes before the choice is taken"
        await press(pilot, "enter")
        chosen = names(app)
        assert chosen == [before[0], *before[2:]]
        assert len(wire.requests) == asked
        await press(pilot, "C", "J", "enter")
        chosen = names(app)
        assert chosen == [before[2], before[0], *before[3:]]
        first, second = text_of(app).splitlines()[2].split()[:2]
        assert second == "ID", (first, second)
    api = Api(Connection("demo", "localhost", "demo", "demo"), transport=wire)
    again = CotuiApp(replace(session, api=api, state=StateStore(session.state.path)))
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert names(again) == chosen
        await press(pilot, "C", "d")
        assert names(again) == before


async def test_a_field_that_is_no_default_column_can_be_shown(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        await press(pilot, "C", "end", "space", "enter")
        assert len(names(app)) == len(before) + 1
        assert names(app)[:-1] == before


async def test_leaving_the_choice_changes_nothing(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        await press(pilot, "C", "space", "down", "space", "J", "escape")
        assert names(app) == before


@pytest.mark.long
async def test_the_last_column_can_not_be_hidden(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        # the columns shown stand first in the list: hide one after the other
        shown = len(names(app))
        await press(pilot, "C")
        await pilot.press(*["space", "down"] * shown)
        await press(pilot, "enter")
        assert len(names(app)) == 1
        assert browse(app).table.record is not None


async def test_a_click_shows_or_hides(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        await press(pilot, "C")
        await pilot.click(OptionList, offset=(2, 1))
        await settle(pilot)
        assert isinstance(app.screen, ColumnsDialog)
        assert names(app) == before
        await press(pilot, "enter")
        assert names(app) == [before[0], *before[2:]]


# -- palette --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_the_palette_runs_a_command_by_name(app: CotuiApp, wire: Wire, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        asked = len(wire.requests)
        await press(pilot, key)
        assert isinstance(app.screen, Palette)
        app.screen.query_one(Input).insert_text_at_cursor("refresh")
        await settle(pilot)
        await press(pilot, "enter")
        if isinstance(app.screen, CommandPalette):
            await press(pilot, "enter")
        assert not isinstance(app.screen, CommandPalette)
        assert "refreshed" in status(app)
        assert len(wire.requests) > asked


async def test_the_palette_tells_relations_from_tabs(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert len(set(titles)) == len(titles)
        assert "Invoices of this record" in titles
        assert "Go to invoices" in titles


async def test_the_palette_of_a_record_holds_its_commands(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Raw JSON", "Copy value", "Show empty", "Users of this record", "Keys"} <= titles
        assert "Find" not in titles


async def test_the_palette_leaves_no_trace(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = text_of(app)
        await press(pilot, "ctrl+p", "escape")
        assert len(app.screen_stack) == 1
        assert browse(app).table.has_focus
        assert text_of(app) == before


async def test_the_palette_is_not_opened_over_itself(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p", "ctrl+p")
        assert sum(isinstance(screen, CommandPalette) for screen in app.screen_stack) <= 1


@pytest.mark.sample("1", "3")
@pytest.mark.parametrize("number", range(6))
async def test_the_palette_can_be_opened_again_while_the_one_before_it_goes(
    app: CotuiApp, number: int
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        app.screen.dismiss(None)
        await turns(number)
        app.action_command_palette()
        await settle(pilot)
        assert isinstance(app.screen, Palette)


@pytest.mark.parametrize("cover", ["tab", "help"])
async def test_the_palette_is_about_what_it_was_opened_on(app: CotuiApp, cover: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        under = app.screen
        app.action_command_palette()
        palette = app.screen
        assert isinstance(palette, Palette)
        if cover == "tab":  # before it is made
            app.action_tab("users")
        else:
            app.action_help()
        await settle(pilot)
        assert palette._calling_screen is under
        assert palette.query_one(OptionList).option_count > 10


@pytest.mark.long
async def test_another_theme_is_chosen_from_the_palette(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = app.theme
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).insert_text_at_cursor("Theme")
        await settle(pilot)
        await press(pilot, "enter")
        if app.screen.query_one(Input).value:  # the first one chose, the second runs it
            await press(pilot, "enter")
        assert isinstance(app.screen, Palette)  # the same, and as still
        assert not app.screen.query_one(Input).cursor_blink
        app.screen.query_one(Input).insert_text_at_cursor("textual-light")
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert app.theme != before
