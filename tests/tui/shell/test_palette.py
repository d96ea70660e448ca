"""The palette runs commands by name, about the screen that it was opened on."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from cotui.catalog import RESOURCES
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.palette import Palette
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status, text_of
from tests.tui.turns import turns

SIZE = (120, 50)


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


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("cards", "credit cards"),
        ("ach", "bank accounts"),
        ("go to products", "items"),
        ("contacts", "users"),
        ("go to payments", "payments"),
        ("wrokers", "workers"),
        ("contatcs", "users"),
    ],
)
async def test_a_list_is_found_by_every_name_and_by_what_is_nearly_one(
    app: CotuiApp, typed: str, listed: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "colon")
        app.screen.query_one(Input).insert_text_at_cursor(typed)
        await settle(pilot)
        await press(pilot, "enter")
        if isinstance(app.screen, CommandPalette):
            await press(pilot, "enter")
        assert browse(app).listing.resource.plural.casefold() == listed


@pytest.mark.parametrize(
    ("typed", "title", "applied"),
    [
        ("declines", "Declines", "gateway_status = failure"),
        ("refund", "Refunds", "type = refund"),
        ("log", "System log", ""),
        ("go to notes", "Notes", ""),
    ],
)
async def test_a_list_on_no_number_key_says_what_it_shows(
    app: CotuiApp, typed: str, title: str, applied: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "colon")
        app.screen.query_one(Input).insert_text_at_cursor(typed)
        await settle(pilot)
        await press(pilot, "enter")
        if isinstance(app.screen, CommandPalette):
            await press(pilot, "enter")
        shown = text_of(app).splitlines()[1]
        assert shown.strip().startswith(title)
        assert applied in shown
        assert len(app.screen_stack) == 2


async def test_every_object_stands_in_the_palette_once(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        wanted = [f"Go to {resource.plural.casefold()}" for resource in RESOURCES.values()]
        assert [title for title in wanted if titles.count(title) != 1] == []
