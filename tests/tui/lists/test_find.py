"""Find narrows the rows that are loaded, and the way back stays on what was found."""

from __future__ import annotations

import httpx
import pytest

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


async def test_amounts_and_days_are_found_as_they_are_written(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        row = next(record for _, record in browse(app).window.loaded() if record.raw["total"] >= 1000)
        shown = f"{row.raw['total']:,.2f}"
        day = str(row.raw["date"])[:10]
        year, month, date = day.split("-")
        european = shown.translate(str.maketrans(",.", ".,"))
        await press(pilot, "f")
        for text in (shown, shown.replace(",", ""), f"€{european}", european, shown.partition(".")[0]):
            await type_text(pilot, text)
            await settle(pilot)
            assert browse(app).table.rows.index_of(row.id) is not None, text
            await press(pilot, "ctrl+u")
        for text in (day, f"{date}.{month}.{year}", f"{month}/{date}/{year}"):
            await type_text(pilot, text)
            await settle(pilot)
            table = browse(app).table
            assert table.rows.index_of(row.id) is not None, text
            assert all(day in str(table.rows.row(at).raw) for at in range(table.length)), text
            await press(pilot, "ctrl+u")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
async def test_the_rest_is_offered_with_its_price_and_found_in(
    app: CotuiApp, wire: Wire, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "3", "f")
        last = text_of(app).split("\n")[size[1] - 2]
        assert "ctrl+r" in last
        assert f"{browse(app).window.rest.requests} requests" in last
        said, before = browse(app).window.rest.requests, len(wire.requests)
        await press(pilot, "ctrl+r")
        await browse(app).window.settled()
        await settle(pilot)
        pages = [path for path in wire.paths[before:] if path.startswith("/api/v3/invoice?")]
        assert len(pages) == said
        total = browse(app).window.total
        assert len(list(browse(app).window.loaded())) == total
        assert "find in all rows" in text_of(app)
        await type_text(pilot, "2026")
        await settle(pilot)
        assert f" of {total:,}" in text_of(app)


async def test_the_rest_is_offered_where_nothing_was_found_and_while_it_is_kept(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "f")
        await type_text(pilot, "nobody has this")
        await settle(pilot)
        assert "None of the 100 loaded rows holds" in text_of(app)
        assert text_of(app).count("ctrl+r loads the rest") == 2
        await press(pilot, "enter", "ctrl+r")
        await browse(app).window.settled()
        await settle(pilot)
        assert f"None of the {browse(app).window.total:,} loaded rows holds" in text_of(app)
        assert "ctrl+r" not in text_of(app)


async def test_a_page_of_the_rest_that_failed_is_said(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "f")
        wire.instead = lambda request: (
            httpx.Response(404, json={"code": 404, "status": "Error", "message": "x", "response": False})
            if "offset=990&" in f"{request.url}&"
            else None
        )
        await press(pilot, "ctrl+r")
        await browse(app).window.settled()
        await settle(pilot)
        assert "1 request failed · ctrl+r tries again" in text_of(app)
        assert "find in all rows" not in text_of(app)
        wire.instead = None
        await press(pilot, "ctrl+r")
        await browse(app).window.settled()
        await settle(pilot)
        assert "find in all rows" in text_of(app)


async def test_a_long_list_is_not_offered(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cotui.api.paging.rest_of_rows.TOO_MANY", 1_000)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "f")
        assert "ctrl+r" not in text_of(app)
        assert "find in loaded rows only" in text_of(app)
        before = len(list(browse(app).window.loaded()))
        await press(pilot, "ctrl+r")
        assert len(list(browse(app).window.loaded())) == before
