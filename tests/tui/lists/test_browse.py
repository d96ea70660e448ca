"""A list: what it asks for, its order, its cursor, and what it remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cotui.settings import StateStore
from cotui.tui.base.cells import cell_len
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.page_size import pages
from tests.tui.conftest import TODAY, Wire
from tests.tui.flow import browse, press, settle, status, text_of, type_text

SIZE = (120, 40)


async def test_rows_and_count_are_the_only_requests_of_the_first_screen(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "1–36 of 120" in text_of(app)
        assert "Northwind Analytics" in text_of(app)
        assert len(wire.requests) == 1 + pages(36)
        await press(pilot, *["down"] * 40, "pagedown", "home")
        # of 120 rows in two pages the second was asked for ahead of time, nothing was asked for twice
        assert len(set(wire.paths)) == len(wire.paths)
        assert len(wire.paths) <= 1 + pages(120)


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


@pytest.mark.long
async def test_columns_without_room_are_counted(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "+4" in text_of(app).splitlines()[2]
        await press(pilot, *["right"] * 10)
        assert "Terms" in text_of(app).splitlines()[2]


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


async def test_widths_are_set_by_hand_kept_and_given_back(session: Session, wire: Wire) -> None:
    def width(app: CotuiApp, heading: str) -> int:
        placed = browse(app).table._placing.placed
        return next(item.width for item in placed if item.column.heading == heading)

    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        company, asked = width(app, "Company"), len(wire.requests)
        await press(pilot, "right", "right", *["less_than_sign"] * 4)
        assert width(app, "Company") == company - 4
        await press(pilot, "greater_than_sign")
        assert width(app, "Company") == company - 3
        await press(pilot, *["right"] * 4, *["less_than_sign"] * 9)
        assert "Cur can't be narrower than 3 cells: its values are never cut" in status(app)
        await press(pilot, "3", "1")
        assert width(app, "Company") == company - 3
        assert len(wire.requests) <= asked + pages(40) + 2  # rows, their number, and names
        session.state.save()
    assert session.api is not None
    api = type(session.api)(session.api.connection, transport=wire)
    again = CotuiApp(replace(session, api=api, state=StateStore(session.state.path)))
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert width(again, "Company") == company - 3
        await press(pilot, "C", "ctrl+d")
        assert width(again, "Company") == company
        assert not again.memory("customers").widths
        await press(pilot, "left", "less_than_sign", "less_than_sign", "ctrl+d")
        assert not again.memory("customers").widths
        assert status(again) == "columns have their own widths again"


async def test_a_column_is_made_as_wide_as_its_rows_by_one_key_and_no_wider_than_there_is_room(
    session: Session,
) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        table = browse(app).table
        at = next(at for at, item in enumerate(table.columns) if item.heading == "Company")
        table._placing.selected = at
        shown = len(table._placing.placed)
        await press(pilot, *["less_than_sign"] * 3, "equals_sign")
        assert table.rows is not None
        rows = [table.rows.row(index) for index in range(*table.visible_range)]
        assert table.width_of(table.columns[at]) == max(cell_len(row.raw["company"]) for row in rows if row)
        kept = dict(app.memory("customers").widths)
        await press(pilot, *["greater_than_sign"] * 60)
        assert status(app) == "Company can't be wider here: another column would go"
        assert len(table._placing.placed) == shown
        assert app.memory("customers").widths["company"] < kept["company"] + 60


@pytest.mark.painted
async def test_invoices_at_80_columns_answer_who_owes_what_by_when(app: CotuiApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        heads = text_of(app).splitlines()[2].split()
        assert heads[:2] == ["Number", "Company"]
        assert {"Due", "Status", "Balance", "Cur"} < set(heads)
        assert heads[-1].startswith("+")
        await press(pilot, "v")
        heads = text_of(app).splitlines()[2].split()
        assert {"Company", "Balance", "Cur"} < set(heads), "the preview takes none of these"
