"""The palette runs commands by name, about the screen that it was opened on."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from cotui.catalog import RESOURCES
from cotui.catalog.names import object_named
from cotui.tui.base.top_bar import TopBar
from cotui.tui.forms.discard import DiscardDialog
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.palette import Names, Palette
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text
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
        await run(pilot, typed)
        assert browse(app).listing.resource.plural.casefold() == listed


@pytest.mark.parametrize(
    ("typed", "title", "applied"),
    [
        ("declines", "Declines", "gateway_status = failure"),
        ("refund", "Refunds", "type = refund"),
        ("cheques", "Cheques", "method = check"),
        ("log", "System log", ""),
        ("go to notes", "Notes", ""),
    ],
)
async def test_a_list_on_no_number_key_says_what_it_shows(
    app: CotuiApp, typed: str, title: str, applied: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await run(pilot, typed)
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


async def run(pilot: Pilot[None], typed: str) -> list[str]:
    """Run the first command that a text finds; the words of all of them."""
    await press(pilot, "colon")
    pilot.app.screen.query_one(Input).insert_text_at_cursor(typed)
    await settle(pilot)
    found = [str(option.prompt).splitlines()[0] for option in pilot.app.screen.query_one(OptionList).options]
    await press(pilot, "enter")
    if isinstance(pilot.app.screen, CommandPalette):
        await press(pilot, "enter")
    return found


def marked_tab(app: CotuiApp) -> str:
    return app.screen.query_one(TopBar)._current


async def test_a_name_leads_to_the_list_itself_and_a_list_without_a_tab_marks_none(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert marked_tab(app) == "payments"
        await run(pilot, "workers")
        assert (browse(app).listing.resource.id, marked_tab(app)) == ("admin", "")
        await press(pilot, "enter")
        assert marked_tab(app) == ""
        for key, typed in (("1", "payments"), ("5", "go to payments"), ("1", "payment")):
            await press(pilot, key)
            await run(pilot, typed)
            assert browse(app).listing.resource.id == "transaction"
            assert (len(app.screen_stack), marked_tab(app)) == (1, "payments")
            await run(pilot, "workers")
        await press(pilot, "5", "5")
        assert browse(app).listing.resource.id == "transaction"


async def test_a_name_asks_before_something_typed_is_lost(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "escape")
        if app.screen.focused is not browse(app).table:
            await press(pilot, "escape")
        await run(pilot, "customers")
        assert isinstance(app.screen, DiscardDialog)
        await press(pilot, "escape")
        assert browse(app).listing.resource.id == "invoice"
        await run(pilot, "customers")
        await press(pilot, "tab", "enter")
        assert (browse(app).listing.resource.id, len(app.screen_stack)) == ("customer", 1)


@pytest.mark.parametrize("typed", ["customer 21", "Customer #21", "clients 21", "go to customer 21"])
async def test_a_number_behind_a_name_is_a_record_s(app: CotuiApp, typed: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert (await run(pilot, typed))[0] == "Go to customer 21"
        page = record_page(app)
        assert page.view.record is not None
        assert (page.resource.id, page.view.record.id) == ("customer", 21)
        assert marked_tab(app) == ""


@pytest.mark.parametrize("typed", ["report 21", "custmer 21"])
async def test_a_number_behind_what_has_no_page_gives_nothing(app: CotuiApp, typed: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert not [words for words in await run(pilot, typed) if words.startswith("Go to")]


async def test_the_exact_name_of_a_list_comes_first_and_once(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        names = "notes items invoices coupons log cards usages subscriptions card clients coupns declines"
        screen = app.screen
        provider = Names(screen)
        for name in names.split():
            hits = sorted([hit async for hit in provider.search(name)], key=lambda hit: -hit.score)
            leads = [str(hit.text) for hit in hits if str(hit.text).startswith("Go to ")]
            assert str(hits[0].text) == leads[0], name
            found = object_named(name)
            if found is not None:
                assert leads[0].startswith(f"Go to {found.plural.casefold()}")
            bare = [words.partition(" (")[0] for words in leads]
            assert len(set(bare)) == len(bare), leads
