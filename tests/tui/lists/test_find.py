"""Find narrows the rows that are loaded, and the way back stays on what was found."""

from __future__ import annotations

from cotui.tui.lists.find import FindBar
from cotui.tui.lists.table_rows import MatchingRows
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, text_of, type_text

SIZE = (120, 40)


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


async def test_what_is_kept_goes_on_in_the_rows_of_another_filter(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "maple")
        await press(pilot, "enter")
        assert 0 < browse(app).table.length < 10
        await press(pilot, "slash")
        await type_text(pilot, "id > 1")
        await press(pilot, "enter")
        table, window = browse(app).table, browse(app).window
        assert window is not None
        assert window.length == 119
        assert 0 < table.length < 10
        assert table.record is not None
        assert "maple" in str(table.record.raw).casefold()
        assert f"{table.length} of {len(list(window.loaded()))} loaded" in text_of(app)
        # it is no text that was typed and left
        assert not browse(app).typed
        await press(pilot, "escape")
        assert table.length == 119
        assert not browse(app).query_one(FindBar).display


async def test_what_is_kept_is_let_go_where_no_row_came(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "maple")
        await press(pilot, "enter", "slash")
        await type_text(pilot, "id > 3000")
        await press(pilot, "enter")
        assert "No customers match this filter." in text_of(app)
        await press(pilot, "escape")
        assert not browse(app).query_one(FindBar).display
        assert browse(app).is_current


async def test_what_is_kept_is_found_again_in_rows_read_again(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "ri")
        await press(pilot, "enter", "down", "r")
        table = browse(app).table
        found = table.length
        assert 1 < found < len(list(browse(app).window.loaded()))
        assert table.cursor == 1
        assert isinstance(table.rows, MatchingRows)
        assert table.record is browse(app).window.row(table.rows.places[1])
