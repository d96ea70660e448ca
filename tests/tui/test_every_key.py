"""Every key that is bound on the list and the page of an object can be pressed there, and relations lead where they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.binding import BindingsMap
from textual.pilot import Pilot

from cotui.api import calls
from cotui.catalog import RESOURCES, Resource
from cotui.query import Query
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.lists.list_spec import ListSpec, ObjectListSpec, ReportRowsListSpec, ReportsListSpec
from cotui.tui.lists.relations import relation_bindings
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.help import INHERITED
from cotui.tui.statement.screen import StatementScreen
from tests.sandbox.samples import sample
from tests.tui.flow import press, settle, status, text_of
from tests.tui.writing import Account, account

SIZE = (120, 30)
#: keys that end or leave the program, or draw anew what is there
ENDING = {"q", "ctrl+q", "ctrl+c", "ctrl+z", "ctrl+l"}
#: what does the same wherever it is: tried on one object
EVERYWHERE = {"move", "page", "jump", "column", "tab", "help", "command_palette"}
#: lists without an object of the catalogue
OTHERS = ("report rows", "ways to pay")
SCREENS = [*RESOURCES, *OTHERS]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers") as made:
        yield made


async def listing_of(own: Account, name: str) -> ListSpec:
    """A list with at least one row."""
    if name == "report rows":
        return ReportRowsListSpec(own.api, 58, "Payments")
    if name == "ways to pay":
        from cotui.tui.payments.ways_to_pay import WaysToPayListSpec

        return WaysToPayListSpec(own.api, 1, "Ways to pay")
    resource = RESOURCES[name]
    if name == "report":
        return ReportsListSpec(own.api)
    if not (await own.api.page(resource, Query(), 0, 1)).rows:
        await own.api.call(calls.create(resource.path, sample(resource)))
    return ObjectListSpec(own.api, resource, title=resource.plural)


async def shown(own: Account, pilot: Pilot[None], listing: ListSpec, *, page: bool) -> FrameScreen[Any]:
    """A new screen over the first list: the list, or the page of its first record."""
    app = own.app
    if app.current_mode != "customers":
        app.switch_mode("customers")
        await settle(pilot)
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await settle(pilot)
    app.open_list(listing, tab="customers")
    await settle(pilot)
    if page:
        await press(pilot, "enter")
    found = app.screen
    assert isinstance(found, FrameScreen), text_of(app)
    return found


def keys_of(screen: FrameScreen[Any], *, all_keys: bool) -> dict[str, str]:
    """The keys that are bound where the focus is, with what they do."""
    found = {key: active.binding.action for key, active in screen.active_bindings.items() if active.enabled}
    return {
        key: action
        for key, action in found.items()
        if key not in ENDING
        and (
            all_keys
            or (
                action not in INHERITED
                and re.split(r"[.(]", action.removeprefix("app."))[0] not in EVERYWHERE
            )
        )
    }


@pytest.mark.long
@pytest.mark.parametrize("page", [False, True], ids=["list", "page"])
@pytest.mark.parametrize("name", SCREENS)
async def test_every_bound_key_can_be_pressed(own: Account, name: str, page: bool) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        listing = await listing_of(own, name)
        screen = await shown(own, pilot, listing, page=page)
        keys = keys_of(screen, all_keys=name == "customer")
        assert keys
        for key, action in keys.items():
            await shown(own, pilot, listing, page=page)
            await press(pilot, key)
            assert own.app.is_running, f"{key}: {action}"
            assert not own.app.crashed, f"{key}: {action}"
            await press(pilot, "escape")
            await settle(pilot)


async def follows(own: Account, pilot: Pilot[None], listing: ListSpec, *, page: bool) -> None:
    """Each relation's key leads to its target, or says why it does not."""
    resource: Resource = listing.resource
    assert resource.relations or resource.id not in ("transaction", "note", "report_data")
    for relation in resource.relations:
        if not relation.key:
            continue
        screen = await shown(own, pilot, listing, page=page)
        before = status(own.app)
        await press(pilot, "dollar_sign" if relation.key == "$" else relation.key)
        where = f"{resource.id} {relation.name}\n{text_of(own.app)}"
        found = own.app.screen
        if found is screen:
            assert status(own.app) != before, where
            assert (relation.lacking or f"has no {relation.label.casefold()}") in status(own.app), where
        elif isinstance(found, StatementScreen):
            assert relation.name == "statement", where
        elif isinstance(found, BrowseScreen):
            assert found.listing.resource.id in (relation.target, "pay_method"), where
            assert relation.label in found.listing.title, where
        else:
            assert isinstance(found, RecordScreen), where
            assert found.resource.id == relation.target, where


@pytest.mark.parametrize("name", ["transaction", "note", "report rows"])
async def test_relations_lead_to_what_they_say(own: Account, name: str) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        listing = await listing_of(own, name)
        await shown(own, pilot, listing, page=False)  # a report's columns are known by its rows
        await follows(own, pilot, listing, page=False)


@pytest.mark.long
@pytest.mark.parametrize("page", [False, True], ids=["list", "page"])
@pytest.mark.parametrize("name", [name for name in SCREENS if name != "report"])
async def test_all_relations_lead_to_what_they_say(own: Account, name: str, page: bool) -> None:
    async with own.app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        listing = await listing_of(own, name)
        await shown(own, pilot, listing, page=page)
        await follows(own, pilot, listing, page=page)


def test_no_relation_has_a_key_that_lists_and_pages_have_for_something_else() -> None:
    from cotui.tui.lists.record_table import RecordTable
    from cotui.tui.lists.selection import MARK_BINDINGS
    from cotui.tui.records.record_view import RecordView
    from cotui.tui.shell.app import CotuiApp

    taken = {"a", "n", "e"}
    for kind in (CotuiApp, BrowseScreen, RecordScreen, RecordTable, RecordView):
        bindings = BindingsMap(kind.BINDINGS)
        taken |= set(bindings.key_to_bindings)
    assert {"slash", "C", "o", "1", "6"} <= taken
    taken |= {key for binding in MARK_BINDINGS for key in binding.key.split(",")}
    for resource in RESOURCES.values():
        acts = {action.key for action in resource.actions if action.key}
        for binding in relation_bindings(resource):
            assert binding.key not in taken | acts, f"{resource.id}: {binding.key}"
