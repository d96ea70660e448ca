"""Which columns a table shows is chosen from all fields, remembered, and left as it was by Esc."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from cotui.api import Api, Connection
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.settings import StateStore
from cotui.tui.base.session import Session
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.columns_dialog import ColumnsDialog, matching
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, text_of, type_text

SIZE = (120, 50)


def names(app: CotuiApp) -> list[str]:
    """The fields the table on the screen shows."""
    screen = app.screen_stack[0]
    assert isinstance(screen, BrowseScreen)
    return [column.field.name for column in screen.table.columns]


async def test_columns_are_hidden_moved_and_remembered(session: Session, wire: Wire) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        asked = len(wire.requests)
        await press(pilot, "C", "down", "space", "shift+down")
        assert names(app) == before, "nothing changes before the choice is taken"
        await press(pilot, "enter")
        chosen = names(app)
        assert chosen == [before[0], *before[2:]]
        assert len(wire.requests) == asked
        await press(pilot, "C", "shift+down", "enter")
        chosen = names(app)
        assert chosen == [before[2], before[0], *before[3:]]
        first, second = text_of(app).splitlines()[2].split()[:2]
        assert second == "ID", (first, second)
    api = Api(Connection("demo", "localhost", "demo", "demo"), transport=wire)
    again = CotuiApp(replace(session, api=api, state=StateStore(session.state.path)))
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert names(again) == chosen
        await press(pilot, "C", "ctrl+d")
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
        await press(pilot, "C", "space", "down", "space", "shift+down", "escape")
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


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mail", "superuser_email"),
        ("Due DATE", "due_date"),
        ("mod_date", "mod_datetime"),
        ("cur", "currency_iso4217"),
    ],
)
def test_a_field_is_found_by_any_of_its_names(typed: str, found: str) -> None:
    resource = INVOICE if INVOICE.find(found) else CUSTOMER
    names = [field.name for field in resource.fields if field.listed]
    assert found in matching(resource, names, typed)
    assert len(matching(resource, names, typed)) < len(names)


def test_where_no_name_has_it_the_meaning_is_searched() -> None:
    names = [field.name for field in INVOICE.fields if field.listed]
    assert not any("voided" in name for name in names)
    assert matching(INVOICE, ["date", "balance"], "still to pay") == ["balance"]
    assert matching(INVOICE, names, "no such thing at all") == []
    assert matching(INVOICE, names, " ") == names


async def test_letters_search_and_what_is_found_can_be_shown_and_moved(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        await press(pilot, "C")
        await type_text(pilot, "J")  # it moved a column before letters were searched for
        await press(pilot, "backspace")
        await type_text(pilot, "city")
        assert "Columns of customers · 2 of" in text_of(app)
        await press(pilot, "space", "shift+up", *["backspace"] * 4)
        assert "Columns of customers  " in text_of(app)
        await press(pilot, "enter")
        assert names(app) == [*before, "bill_city"]


async def test_what_nothing_is_called_leaves_nothing_to_show(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = names(app)
        await press(pilot, "C")
        await type_text(pilot, "xyzzy")
        assert "none of" in text_of(app)
        await press(pilot, "space", "down", "shift+down", "pagedown", "end", "enter")
        assert names(app) == before


async def test_columns_for_which_there_is_no_room_are_said_to_be_so(session: Session) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        hidden = browse(app).table.hidden_columns
        assert hidden
        await press(pilot, "C")
        lines = [line for line in text_of(app).splitlines() if "no room here · " in line]
        assert len(lines) == len(hidden)
