"""Marked rows: by their ids, in order, through everything that moves rows about."""

from __future__ import annotations

import json

import httpx
import pytest

from cotui.tui.lists.selection import LIMIT
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, marked_lines, marks_of, press, settle, status, text_of, type_text

SIZE = (120, 40)


# -- the keys -------------------------------------------------------------------------------------


async def test_space_marks_a_row_and_goes_down(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space", "down", "space")
        assert marks_of(app) == [1, 2, 4]
        assert browse(app).table.cursor == 4
        assert len(marked_lines(browse(app).table)) == 3
        assert status(app).startswith("3 marked: a actions · U unmark all")
        await press(pilot, "up", "space")
        assert marks_of(app) == [1, 2]
        await press(pilot, "U")
        assert marks_of(app) == []
        assert "2 unmarked" in status(app)
        assert marked_lines(browse(app).table) == []


async def test_a_range_goes_from_the_last_mark_to_the_cursor(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "V")
        assert marks_of(app) == [1]
        await press(pilot, "down", "down", "down", "V")
        assert marks_of(app) == [1, 2, 3, 4]
        await press(pilot, "U", *["down"] * 4, "space", "home", "V")
        assert set(marks_of(app)) == set(range(1, 9))


async def test_shift_with_the_arrows_marks_as_it_goes(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "shift+down", "shift+down")
        assert marks_of(app) == [1, 2, 3]
        await press(pilot, "down", "down", "shift+up")
        assert set(marks_of(app)) == {1, 2, 3, 5, 4}


async def test_a_range_over_rows_that_are_not_loaded_marks_nothing(app: CotuiApp, wire: Wire) -> None:
    wire.instead = many_customers(5000)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "end", "V")
        assert marks_of(app) == [1]
        assert "nothing was marked" in status(app)


async def test_marks_stay_with_their_records_when_rows_are_ordered_and_read_again(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space", "r")
        assert marks_of(app) == [1, 2]
        first = marked_lines(browse(app).table)
        await press(pilot, "right", "right", "o", "o")  # by company, descending
        assert marks_of(app) == [1, 2]
        table = browse(app).table
        window = browse(app).window
        assert window is not None
        while (place := window.index_of(1)) is None:
            await press(pilot, "pagedown")
        table.move_to(place)
        await settle(pilot)
        assert any(line.split()[1] == "1" for line in marked_lines(table))
        assert len(first) == 2


async def test_marks_go_when_the_filter_changes_and_that_is_said(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space", "slash")
        await type_text(pilot, "country = Canada")
        await press(pilot, "enter")
        assert marks_of(app) == []
        assert status(app) == "2 unmarked: the filter was changed"


async def test_escape_unmarks_before_it_goes_back(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await type_text(pilot, "an")
        await press(pilot, "enter", "A")
        assert "all found rows" in status(app)
        found = browse(app).table.length
        assert len(marks_of(app)) == found > 0
        await press(pilot, "escape")
        assert marks_of(app) == []
        assert browse(app).table.length == found
        await press(pilot, "escape")
        assert browse(app).table.length > found


@pytest.mark.painted
async def test_a_mark_repaints_one_line(app: CotuiApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        table = browse(app).table
        await press(pilot, "space", "end")
        drawn: list[int] = []
        paint = table.render_line
        monkeypatch.setattr(table, "render_line", lambda y: drawn.append(y) or paint(y))
        await pilot.press("space")  # on the last row the cursor stays where it is
        await pilot.pause()
        assert set(drawn) == {table.cursor - table.scroll_offset.y + 1}


async def test_marks_can_be_seen_at_any_size(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        await press(pilot, "space", "space")
        assert len(marked_lines(browse(app).table)) == 2
        assert "2 marked: a actions" in text_of(app)


# -- all -----------------------------------------------------------------------------------------


def many_customers(number: int, *, fail_from: int | None = None):
    """Lists of as many customers as one likes; from one offset on they can't be had."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        path, query = request.url.path, request.url.params
        if path.endswith("/customer/_count"):
            return reply(number)
        if request.method != "GET" or not path.endswith("/customer"):
            return None
        offset, limit = int(query.get("offset", 0)), int(query.get("limit", 100))
        if fail_from is not None and offset >= fail_from:
            return httpx.Response(
                400, json={"code": 400, "status": "Error", "message": "no more", "response": False}
            )
        rows = range(offset + 1, min(number, offset + limit) + 1)
        return reply([{"customer_id": row, "company": f"Company {row}"} for row in rows])

    return answer


def reply(response: object) -> httpx.Response:
    body = {"code": 200, "status": "OK", "message": "", "response": response}
    return httpx.Response(
        200, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )


async def test_all_loaded_rows_and_then_all_that_match(app: CotuiApp, wire: Wire) -> None:
    wire.instead = many_customers(730)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A")
        loaded = len(marks_of(app))
        assert 100 <= loaded < 730
        assert f"{loaded} marked: all loaded rows · A again marks all 730 that match" in status(app)
        await press(pilot, "A")
        assert marks_of(app) == list(range(1, 731))
        assert status(app) == "730 marked: all that match"


async def test_the_limit_is_kept_and_said(app: CotuiApp, wire: Wire) -> None:
    wire.instead = many_customers(5200)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A")
        assert "A again marks 1,000 of the 5,200 that match" in status(app)
        await press(pilot, "A")
        assert marks_of(app) == list(range(1, LIMIT + 1))
        assert status(app) == "1,000 of 5,200 are marked, which is the most at once"
        offsets = [int(httpx.URL(path).params.get("offset", 0)) for path in wire.paths]
        assert max(offsets) < 1200
        await press(pilot, "end", "space")
        assert len(marks_of(app)) == LIMIT
        assert "the most at once" in status(app)


async def test_a_failure_keeps_what_was_marked_and_says_so(app: CotuiApp, wire: Wire) -> None:
    wire.instead = many_customers(900, fail_from=300)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "A")
        assert 200 <= len(marks_of(app)) < 500
        assert "are marked so far · A reads on" in status(app)


async def test_escape_stops_reading(app: CotuiApp, wire: Wire) -> None:
    answer = many_customers(900)

    def answer_and_escape(request: httpx.Request) -> httpx.Response | None:
        if request.url.params.get("offset") == "396":
            browse(app).action_back()
        return answer(request)

    wire.instead = answer_and_escape
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "A")
        assert 300 <= len(marks_of(app)) <= 400
        assert "stopped" in status(app)
        assert not any("offset=594" in path for path in wire.paths)


async def test_a_list_that_shrinks_while_it_is_read_is_told_of(app: CotuiApp, wire: Wire) -> None:
    counted, there = many_customers(300), many_customers(200)

    def shrinking(request: httpx.Request) -> httpx.Response | None:
        return (counted if request.url.path.endswith("_count") else there)(request)

    wire.instead = shrinking
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "A", "A")
        assert len(marks_of(app)) == 200
        assert "200 are marked, others may be missing: the server counts 300 and sent 200" in status(app)
