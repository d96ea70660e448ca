"""The main job by keyboard alone: find, scroll, order, open, step, go back."""

from __future__ import annotations

import pytest

from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle, status, text_of, type_text

SIZE = (120, 40)


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
        assert status(app) == "the filter was changed but not applied: / goes back to company ~ x"
        assert browse(app).bar.edited
        assert browse(app).typed
        await press(pilot, "slash")
        assert browse(app).bar.input.value == "company ~ x "
        await press(pilot, "ctrl+u", "enter")
        assert not browse(app).bar.edited
        assert not browse(app).typed


async def test_each_screen_keeps_its_place(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "down", "down", "3", "pagedown", "1")
        assert browse(app).table.cursor == 2
        await press(pilot, "3")
        assert browse(app).table.cursor > 20


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


async def test_a_filter_is_continued_behind_what_stands_there(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "i", "slash")
        await type_text(pilot, "status = open")
        await press(pilot, "enter")
        conditions = browse(app).bar.read(browse(app).bar.applied).conditions
        assert [condition.field for condition in conditions] == ["customer_id", "invoice_status_state"]


async def test_a_line_that_is_left_shows_what_the_rows_are_filtered_by(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "country = Canada")
        await press(pilot, "enter")
        held = text_of(app).splitlines()[1].split()
        assert held[:4] == ["where", "country", "=", "Canada"]
        assert "of" in held
        for typed in ("", "company ~ x"):
            await press(pilot, "slash", "ctrl+u")
            await type_text(pilot, typed)
            await press(pilot, "escape", "escape")
            assert text_of(app).splitlines()[1].split() == held
            assert browse(app).typed is bool(typed)
            assert ("not applied" in status(app)) is bool(typed)
        await press(pilot, "slash", "enter")
        assert browse(app).bar.applied == "company ~ x"
        assert not browse(app).typed


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


async def test_what_is_left_of_the_limit_is_the_same_on_every_screen(app: CotuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "i")
        below = text_of(app).splitlines()[0]
        await press(pilot, "escape", "escape")
        assert text_of(app).splitlines()[0].split()[-2:] == below.split()[-2:]
