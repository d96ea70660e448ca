"""A read-only session has no write actions: not on keys, not in the palette, not in help, and not underneath."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from cotui.api import Write
from cotui.catalog import RESOURCES
from cotui.catalog.editing import creation, editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.catalog.start_lists import START_LISTS
from cotui.cli.arguments import screen_options
from cotui.cli.launch import account_session, demo_session
from cotui.sandbox.demo.cache import Building
from cotui.tui.actions.dispatch import action_bindings
from cotui.tui.lists.browse import BrowseScreen
from cotui.tui.records.record import RecordScreen
from cotui.tui.shell.help import HelpDialog, keys_of
from tests.tui.flow import press, settle, text_of
from tests.tui.writing import Account, account

#: words of every action that changes something, as menus and help have them
WORDS = {
    action.label
    for resource in RESOURCES.values()
    for action in (*resource.actions, creation(resource), editing(resource))
    if action is not None
} | {binding.description for binding in action_bindings()}
KEYS = {binding.key for binding in action_bindings()}


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Account]:
    with account(tmp_path, screen="customers", read_only=True) as made:
        yield made


async def sweep(pilot: Pilot[None], own: Account) -> set[str]:
    """Every screen there is, each looked at in all ways; the kinds of screen that were seen."""
    app, seen = own.app, set()
    for number in range(1, len(START_LISTS) + 1):
        await press(pilot, str(number))
        for _ in range(3):  # the list, what is opened from it, and what from that
            seen.add(type(app.screen).__name__)
            await look(pilot, own)
            await press(pilot, "enter")
    return seen


async def look(pilot: Pilot[None], own: Account) -> None:
    app, screen = own.app, own.app.screen
    bound = {active.binding.action for active in screen.active_bindings.values()}
    assert not [action for action in bound if action.startswith(("act(", "mark")) or action == "act"]
    assert WORDS & {command.title for command in app.get_system_commands(screen)} == set()
    assert WORDS & {text for _, keys in keys_of(screen) for _, text in keys} == set()
    for key in sorted(KEYS):
        await press(pilot, key)
        assert app.screen is screen, f"{key} opened something"
        assert app._action is None
    await press(pilot, "question_mark")
    assert isinstance(app.screen, HelpDialog)
    shown = text_of(app)
    assert [word for word in ("Password", "Login link", "Actions") if word in shown] == []
    await press(pilot, "escape")


async def test_no_screen_offers_a_write(own: Account) -> None:
    async with own.app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert await sweep(pilot, own) == {"BrowseScreen", "AnswerScreen", "RecordScreen"}
        assert own.line.sent == []
        assert own.app._writer is None, "nobody asked for the writer"
    assert own.audited == []


async def test_a_session_that_may_write_does_offer_them(tmp_path: Path) -> None:
    """The sweep above sees what it looks for."""
    with account(tmp_path, screen="users") as own:
        async with own.app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            for kind in (BrowseScreen, RecordScreen):
                assert isinstance(own.app.screen, kind)
                active = own.app.screen.active_bindings
                assert {active[key].binding.action for key in ("a", "p", "L")} == {
                    "act",
                    "act('password')",
                    "act('getLoginURL')",
                }
                titles = {command.title for command in own.app.get_system_commands(own.app.screen)}
                assert WORDS & titles
                await press(pilot, "enter")


@pytest.mark.parametrize(
    ("resource", "name"), [(USER, "password"), (USER, ""), (CUSTOMER, "create"), (INVOICE, "void")]
)
async def test_what_begins_actions_refuses(own: Account, resource: Any, name: str) -> None:
    async with own.app.run_test() as pilot:
        await settle(pilot)
        screen = own.app.screen
        assert isinstance(screen, BrowseScreen)
        reads = len(own.line.reads)
        own.app.act(screen, resource, name, [None if name == "create" else 1])
        screen.action_act(name)
        await settle(pilot)
        assert own.app.screen is screen
        assert (len(own.line.reads), own.line.sent) == (reads, [])


async def test_the_writer_refuses(own: Account) -> None:
    async with own.app.run_test() as pilot:
        await settle(pilot)
        write = Write(USER, USER.action("password"), 1)
        with pytest.raises(PermissionError, match="read-only"):
            await own.app.writer.send(write)
        with pytest.raises(PermissionError, match="read-only"):
            await own.app.writer.send_together([write])
    assert own.line.sent == []
    assert own.audited == []


@pytest.mark.parametrize(
    ("words", "in_profile", "expected"),
    [([], False, False), (["--read-only"], False, True), ([], True, True), (["--read-only"], True, True)],
)
def test_profile_and_option_both_make_it_so(
    words: list[str], in_profile: bool, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cotui.cli.launch._on_terminal", lambda: True)
    monkeypatch.setattr("cotui.api.Api.begin", lambda *_: None)  # no network
    monkeypatch.setattr("cotui.cli.demo_data.start_building", lambda *_: Building(tmp_path / "never opened"))
    config = tmp_path / "config.toml"
    config.write_text(
        f'[profiles.a]\nurl = "acme"\nusername = "k"\npassword_env = "E"\nread_only = {str(in_profile).lower()}\n'
    )
    env = {
        "COTUI_CONFIG": str(config),
        "COTUI_STATE_DIR": str(tmp_path),
        "COTUI_CACHE_DIR": str(tmp_path / "c"),
        "E": "secret",
    }
    session = account_session(screen_options(words), env)
    assert session.read_only is expected
    if not in_profile:
        demo = demo_session(screen_options(["--demo", "--customers", "1", *words]), env)
        assert demo.read_only is expected
