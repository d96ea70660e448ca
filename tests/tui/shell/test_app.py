"""What all screens share: tabs, keys of the user's own, the mouse, the account's line, the end."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from cotui.settings import Interface, Profile
from cotui.tui.base.session import Session
from cotui.tui.base.top_bar import TopBar
from cotui.tui.shell.app import CotuiApp
from cotui.tui.shell.keymap import named_bindings
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text

SIZE = (120, 40)
BAR = "TopBar"


def with_keys(session: Session, **keys: str) -> CotuiApp:
    """The app of somebody who has overridden keys: `browse__copy` stands for `browse.copy`."""
    own = {name.replace("__", "."): key for name, key in keys.items()}
    session.settings = replace(session.settings, keys=own)
    return CotuiApp(session)


async def click(pilot: Pilot[None], line: int, words: str) -> None:
    """Click on words of a line of the screen."""
    assert isinstance(pilot.app, CotuiApp)
    column = text_of(pilot.app).splitlines()[line].index(words)
    await pilot.click(offset=(column + 1, line))
    await settle(pilot)


# -- tabs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "listing"), [("1", "customers"), ("2", "users"), ("3", "invoices"), ("4", "reports")]
)
async def test_number_keys_open_the_lists(app: CotuiApp, key: str, listing: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, key)
        assert browse(app).listing.key == listing
        assert app.session.state.account("demo").last_screen in (listing, "")


async def test_a_tab_shown_again_asks_nothing_again(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "2", "4")
        asked = len(wire.requests)
        await press(pilot, "1", "3", "2", "4", "1")
        assert len(wire.requests) == asked


async def test_a_tab_keeps_filter_order_columns_cursor_scroll_and_open_record(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "slash")
        await type_text(pilot, "status = paid")
        await press(pilot, "enter", "right", "o", *["pagedown"] * 2)
        list_ = browse(app)
        place = (list_.bar.applied, list_.table.cursor, list_.table.scroll_offset.y, list_.table.order)
        await press(pilot, "enter")
        record = record_page(app)
        await press(pilot, "1", "down", "3")
        assert app.screen is record
        await press(pilot, "escape")
        assert app.screen is list_
        assert place == (
            list_.bar.applied, list_.table.cursor, list_.table.scroll_offset.y, list_.table.order
        )  # fmt: skip
        assert list_.bar.input.value == list_.bar.applied


async def test_a_tab_pressed_where_one_is_leads_back_to_its_list(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "u", "enter", "1")
        assert len(app.screen_stack) == 1
        assert browse(app).listing.key == "customers"


@pytest.mark.parametrize(
    ("chosen", "named", "last", "first"),
    [
        ("last", "", "invoices", "invoices"),
        ("last", "users", "invoices", "users"),
        ("reports", "", "invoices", "reports"),
        ("last", "", "no such screen", "customers"),
        ("last", "", "", "customers"),
    ],
)
async def test_where_it_starts(session: Session, chosen: str, named: str, last: str, first: str) -> None:
    session.settings = replace(session.settings, interface=Interface(start_screen=chosen))  # type: ignore[arg-type]
    session.screen = named
    session.state.account(session.account).last_screen = last
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert browse(app).listing.key == first


# -- keys of the user's own -------------------------------------------------------------------------


async def test_an_overridden_key_does_what_it_is_told(session: Session) -> None:
    app = with_keys(session, app__invoices="9", table__down="ctrl+n,down", browse__filter="ctrl+o")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+n", "down")
        assert browse(app).table.cursor == 2
        await press(pilot, "j")
        assert browse(app).table.cursor == 2, "the keys that were there are gone"
        await press(pilot, "3")
        assert browse(app).listing.key == "customers"
        await press(pilot, "slash")
        assert browse(app).table.has_focus
        await press(pilot, "ctrl+o")
        assert browse(app).bar.input.has_focus
        await press(pilot, "escape", "9")
        assert browse(app).listing.key == "invoices"


async def test_help_and_hints_show_the_overridden_key(session: Session) -> None:
    app = with_keys(session, browse__find="ctrl+o", app__help="f1", record__previous="less_than_sign")
    async with app.run_test(size=(220, 50)) as pilot:
        await settle(pilot)
        assert "ctrl+o find" in status(app)
        assert "f1 keys" in status(app)
        await press(pilot, "f1")
        rows = [line.split() for line in text_of(app).splitlines()]
        assert any(row[i : i + 2] == ["ctrl+o", "Find"] for row in rows for i in range(len(row)))
        await press(pilot, "escape", "enter")
        assert "[ previous" not in status(app)
        await press(pilot, "f1")
        assert "<" in text_of(app)


async def test_a_clash_of_keys_is_told(session: Session) -> None:
    app = with_keys(session, browse__copy="f")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert status(app) == "[keys] puts “Copy” on f, which is also “Find”"
        await press(pilot, "down")
        assert "[keys]" not in status(app)
        await press(pilot, "f")
        assert "Customer id 2" in status(app)
        await press(pilot, "2", "1")
        assert "[keys]" not in status(app), "it is told once"


@pytest.mark.parametrize(
    ("action", "key", "other"),
    [
        ("browse__copy", "o", "Order by column"),  # the table comes before the screen
        ("app__quit", "slash", "Filter"),
        ("browse__preview", "i", "Invoices"),
        ("table__open", "q", "Quit"),
    ],
)
async def test_a_clash_with_another_part_of_the_screen_is_told(
    session: Session, action: str, key: str, other: str
) -> None:
    app = with_keys(session, **{action: key})
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert f"which is also “{other}”" in status(app)


async def test_two_actions_that_trade_keys_do_not_clash(session: Session) -> None:
    app = with_keys(session, browse__find="y", browse__copy="f")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "[keys]" not in status(app)
        await press(pilot, "y")
        assert not browse(app).table.has_focus


# -- the mouse ----------------------------------------------------------------------------------------


async def test_tabs_are_clicked(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for label, key in (("Invoices", "invoices"), ("Reports", "reports"), ("Customers", "customers")):
            await click(pilot, 0, label)
            assert browse(app).listing.key == key


async def test_narrow_tabs_are_clicked_too(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        column = text_of(app).splitlines()[0].index(" 3 ") + 1
        await pilot.click(offset=(column, 0))
        await settle(pilot)
        assert browse(app).listing.key == "invoices"


async def test_a_row_is_selected_by_one_click_and_opened_by_the_next(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await click(pilot, 7, "Harbor Freight")
        assert browse(app).table.cursor == 4
        await click(pilot, 7, "Harbor Freight")
        assert record_page(app).record is not None
        assert record_page(app).record.id == 5


async def test_a_heading_is_clicked_to_order(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await click(pilot, 2, "Company")
        assert browse(app).bar.applied == "order by company"
        await click(pilot, 2, "Company")
        assert browse(app).bar.applied == "order by company desc"
        assert "order=company%3ADESC" in "".join(wire.paths[-2:])


async def test_the_wheel_scrolls_and_leaves_the_cursor(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        table = browse(app).table
        for _ in range(5):
            await pilot._post_mouse_events([_scroll_down()], widget=table, offset=(10, 10))
        await settle(pilot)
        assert table.scroll_offset.y > 0
        assert table.cursor == 0
        first = table.scroll_offset.y + 1
        assert f"{first}–" in text_of(app)


def _scroll_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_the_filter_line_is_clicked_to_type(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.click(offset=(30, 1))
        await type_text(pilot, "id = 3")
        await press(pilot, "enter")
        assert browse(app).bar.applied == "id = 3"


async def test_clicks_where_nothing_is_do_nothing(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        for offset in ((60, 35), (119, 0), (60, 39), (1, 2)):
            await pilot.click(offset=offset)
            await settle(pilot)
        assert browse(app).listing.key == "reports"
        assert browse(app).table.cursor == 0


# -- whose account it is --------------------------------------------------------------------------------


def as_profile(session: Session, profile: Profile, *, read_only: bool = False) -> CotuiApp:
    session.demo, session.profile, session.read_only = False, profile, read_only
    return CotuiApp(session)


@pytest.mark.long
async def test_production_is_unmistakable_on_every_screen(session: Session) -> None:
    app = as_profile(session, Profile("acme live", "acme", "key", production=True))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in ([], ["enter"], ["2"], ["3", "enter", "x"], ["4", "enter"]):
            await press(pilot, *keys)
            bar = app.screen.query_one(TopBar)
            assert " acme live " in text_of(app).splitlines()[0]
            assert " PRODUCTION " in text_of(app).splitlines()[0]
            red, green, blue = bar.styles.background.rgb
            assert red > 3 * max(green, 1)
            assert red > 1.5 * blue


async def test_other_accounts_look_otherwise(session: Session) -> None:
    app = as_profile(session, Profile("acme test", "acme", "key", colour="green"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = text_of(app).splitlines()[0]
        assert "acme test" in first
        assert "PRODUCTION" not in first
        assert "read-only" not in first
        assert not app.screen.query_one(TopBar).has_class("production")
        name = next(
            segment
            for segment in app.screen._compositor.render_strips()[0]
            if "acme test" in segment.text
        )  # fmt: skip
        assert name.style is not None
        assert name.style.bgcolor is not None
        assert name.style.bgcolor.get_truecolor() == (0, 128, 0)


async def test_read_only_is_said(session: Session) -> None:
    app = as_profile(session, Profile("acme", "acme", "key"), read_only=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert " read-only " in text_of(app).splitlines()[0]


async def test_a_hostile_profile_name_stays_a_name(session: Session) -> None:
    app = as_profile(session, Profile("[red]x[/] \x1b[2J\u202ename", "acme", "key"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = text_of(app).splitlines()[0]
        assert "[red]x[/]" in first
        assert not set(first) & {"\x1b", "\u202e"}


async def test_notices_of_the_start_are_shown_until_a_key_is_pressed(session: Session) -> None:
    session.notices = ("password from the keyring", "state.json was damaged")
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert status(app) == "password from the keyring · state.json was damaged"
        await press(pilot, "down")
        assert "keyring" not in status(app)


# -- the end ------------------------------------------------------------------------------------------------


def kept(path: Path) -> Any:
    """What the state file holds; None while there is none."""
    return json.loads(path.read_text()) if path.exists() else None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_it_with_its_state_kept(app: CotuiApp, number: signal.Signals) -> None:
    path: Path = app.session.state.path
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "id = 3")
        await press(pilot, "enter", "3")
        assert kept(path) is None
        signal.raise_signal(number)
        await pilot.pause()
    assert app.return_code == 128 + number
    state = kept(path)["accounts"]["demo"]
    assert state["last_screen"] == "invoices"
    assert state["screens"]["customers"]["filter"] == "id = 3"


async def test_q_quits_from_a_list_and_from_a_record_but_escape_never_does(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "escape", "escape", "enter", "escape", "escape")
        assert app.return_value is None
        assert not app._exit
        await pilot.press("q")
        await pilot.pause()
        assert app._exit
    assert app.return_code == 0


async def test_state_that_cannot_be_written_does_not_stop_the_end(session: Session, tmp_path: Path) -> None:
    tmp_path.joinpath("wall").write_text("")
    session.state.path = tmp_path / "wall" / "state.json"
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "q")
    assert app.return_code == 0


def test_every_named_key_can_be_overridden_and_is_listed_once() -> None:
    names = [binding.id for binding in named_bindings()]
    assert len(set(names)) == len(names)
    assert {"app.help", "browse.filter", "table.down", "record.down", "record.next", "filter.leave"} <= set(
        names
    )
