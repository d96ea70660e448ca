"""The main job by keyboard alone: find, scroll, order, open, step, go back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text

SIZE = (120, 40)


async def test_rows_and_count_are_the_only_requests_of_the_first_screen(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "1–36 of 120" in text_of(app)
        assert "Northwind Analytics" in text_of(app)
        assert len(wire.requests) == 2
        await press(pilot, *["down"] * 40, "pagedown", "home")
        # 120 rows are two pages: the second was asked for ahead of time, nothing was asked for twice
        assert len(set(wire.paths)) == len(wire.paths)
        assert len(wire.paths) <= 3


@pytest.mark.long
async def test_a_filter_is_completed_applied_and_shown_as_it_is_sent(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "coun")
        assert browse(app).bar.suggestions.items
        await press(pilot, "tab")
        assert browse(app).bar.input.value == "country "
        await type_text(pilot, "= Canada")
        assert "where=bill_country:EQUALS:Canada" in status(app)
        await press(pilot, "enter")
        assert "where=bill_country%3AEQUALS%3ACanada" in wire.paths[-1] + wire.paths[-2]
        assert browse(app).window is not None
        assert browse(app).window.length > 0
        assert browse(app).table.has_focus


async def test_a_mistake_is_named_where_it_is_and_nothing_is_sent(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "slash")
        await type_text(pilot, "company = x or country = y")
        await press(pilot, "enter")
        assert "OR" in status(app)
        assert browse(app).bar.input.value == "company = x or country = y"
        assert [path for path in wire.paths[before:] if "where" in path] == []


async def test_leaving_the_filter_keeps_what_was_typed(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "company ~ x")
        await press(pilot, "escape", "escape")
        assert browse(app).table.has_focus
        assert browse(app).bar.input.value == "company ~ x"
        assert browse(app).bar.edited
        assert "not applied" in status(app)
        assert browse(app).bar.has_class("edited")
        await press(pilot, "slash", "ctrl+u", "enter")
        assert not browse(app).bar.has_class("edited")


async def test_order_by_a_column_goes_up_down_and_back(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "right", "right", "o")
        assert "order=company%3AASC" in "".join(wire.paths[-2:])
        assert browse(app).bar.applied == "order by company"
        assert "Company ↑" in text_of(app)
        await press(pilot, "o")
        assert "order=company%3ADESC" in "".join(wire.paths[-2:])
        assert "Company ↓" in text_of(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == ""


async def test_the_last_row_is_one_key_away(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        window = browse(app).window
        assert window is not None
        assert window.total is not None
        await press(pilot, "end")
        record = browse(app).table.record
        assert browse(app).table.cursor == window.total - 1
        assert record is not None


async def test_a_record_opens_whole_and_steps_through_the_result(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter")
        page = record_page(app)
        assert page.whole
        assert page.record is not None
        assert page.record.raw["line_items"]
        first = page.record.id
        await press(pilot, "right_square_bracket")
        assert page.record.id != first
        assert page.index == 1
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert page.record.id == first
        assert "first record" in status(app)
        await press(pilot, "right_square_bracket", "right_square_bracket", "escape")
        assert browse(app).table.cursor == 2


async def test_relations_are_one_key_away(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "u")
        assert browse(app).bar.read(browse(app).bar.applied).conditions[0].value == "1"
        users = browse(app).window
        assert users is not None
        assert users.length >= 1
        await press(pilot, "c")
        assert record_page(app).resource.id == "customer"
        assert record_page(app).record is not None
        assert record_page(app).record.id == 1
        await press(pilot, "i")
        invoices = browse(app).window
        assert invoices is not None
        assert all(row.raw["customer_id"] == 1 for _, row in invoices.loaded())
        await press(pilot, "escape", "escape", "escape")
        assert browse(app).listing.key == "customers"
        assert len(app.screen_stack) == 1
        await press(pilot, "escape")
        assert app.is_running


async def test_each_screen_keeps_its_place(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "3", "pagedown", "1")
        assert browse(app).table.cursor == 2
        await press(pilot, "3")
        assert browse(app).table.cursor > 20


async def test_refresh_keeps_the_cursor_on_its_record(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *["down"] * 7)
        record = browse(app).table.record
        await press(pilot, "r")
        assert record is not None
        assert browse(app).table.record is not None
        assert browse(app).table.record.id == record.id
        assert "refreshed" in status(app)


async def test_find_narrows_the_loaded_rows_only(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "f")
        await type_text(pilot, "maple")
        await settle(pilot)
        assert 0 < browse(app).table.length < 10
        assert f"of {len(list(browse(app).window.loaded()))} loaded" in text_of(app)
        record = browse(app).table.record
        assert record is not None
        assert "maple" in str(record.raw).casefold()
        assert len(wire.requests) == before
        await press(pilot, "escape")
        assert browse(app).table.length == 120


async def test_the_preview_follows_the_cursor_without_a_request(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "down")
        assert browse(app).preview.record is browse(app).table.record
        await press(pilot, "v")
        assert not browse(app).has_class("previewing")
        assert len(wire.requests) == before


async def test_reports_open_with_columns_and_order(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "Payments" in text_of(app)
        await press(pilot, "enter")
        report = browse(app)
        assert report.window is not None
        assert report.window.length > 0
        assert report.table.columns
        await press(pilot, "right", "o")
        assert "order=" in wire.paths[-1]
        await press(pilot, "enter")
        assert record_page(app).record is not None
        await press(pilot, "escape", "escape")
        assert browse(app).listing.key == "reports"


async def test_what_was_found_stays_under_the_cursor(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "halifax")
        await settle(pilot)
        found = browse(app).table.record
        assert found is not None
        await press(pilot, "escape")
        assert browse(app).table.length == 120
        assert browse(app).table.record is found


async def test_a_filter_is_continued_behind_what_stands_there(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "slash")
        await type_text(pilot, "status = open")
        await press(pilot, "enter")
        conditions = browse(app).bar.read(browse(app).bar.applied).conditions
        assert [condition.field for condition in conditions] == ["customer_id", "invoice_status_state"]


async def test_a_filter_that_is_not_applied_is_told_from_one_that_is(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "country = Canada")
        await press(pilot, "escape", "escape")
        assert "filter not applied" in text_of(app)
        await press(pilot, "slash", "enter")
        assert "filter not applied" not in text_of(app)


async def test_the_page_of_an_invoice_names_its_customer(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "enter")
        assert "Northwind Analytics, Inc." in text_of(app).splitlines()[1]
        asked = sum(path.endswith("/customer/1") for path in wire.paths)
        await press(pilot, "right_square_bracket")
        assert "Northwind Analytics, Inc." in text_of(app).splitlines()[1]
        assert sum(path.endswith("/customer/1") for path in wire.paths) == asked == 1


@pytest.mark.long
async def test_columns_without_room_are_counted(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "+4" in text_of(app).splitlines()[2]
        await press(pilot, *["right"] * 10)
        assert "Terms" in text_of(app).splitlines()[2]


async def test_a_currency_is_named_by_its_code(app: CotuiApp, wire: Wire, session: Session) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "slash")
        await type_text(pilot, "currency = eur")
        assert "where=currency_id:EQUALS:" in status(app)
        await press(pilot, "enter")
        window = browse(app).window
        assert window is not None
        assert {row.raw["currency_iso4217"] for _, row in window.loaded()} == {"EUR"}
        # the account's list is kept, so that the next run reads the filter as it was typed
        assert session.state.screen("demo", "invoices").filter == "currency = eur"
        assert "EUR" in session.state.account("demo").words["currency_id"]


async def test_a_list_that_stays_open_over_midnight_asks_for_the_new_day(
    app: CotuiApp, session: Session, wire: Wire
) -> None:
    days = [TODAY]
    session.today = lambda: days[-1]
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "slash")
        await type_text(pilot, "date = today")
        await press(pilot, "enter", "space")
        assert any("2026-03-16" in path for path in wire.paths)
        days.append(TODAY + timedelta(days=1))
        before = len(wire.paths)
        await press(pilot, "r")
        asked = [path for path in wire.paths[before:] if "where" in path]
        assert asked
        assert all("2026-03-17" in path for path in asked)
        assert browse(app).bar.applied == "date = today"
        # nothing else has changed since: the rows are asked for again, and stay where they are
        window = browse(app).window
        await press(pilot, "r")
        assert browse(app).window is window


async def test_what_is_left_of_the_limit_is_the_same_on_every_screen(app: CotuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "i")
        below = text_of(app).splitlines()[0]
        await press(pilot, "escape", "escape")
        assert text_of(app).splitlines()[0].split()[-2:] == below.split()[-2:]
