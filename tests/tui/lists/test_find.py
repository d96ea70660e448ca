"""Find narrows the rows that are loaded, and the way back stays on what was found."""

from __future__ import annotations

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
