"""What all screens share: tabs, keys of the user's own, the mouse, the account's line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cotui.settings import Interface
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, click, press, record_page, settle, text_of, type_text

SIZE = (120, 40)
BAR = "TopBar"


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


# -- the mouse ----------------------------------------------------------------------------------------


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
