"""The page beside a list: the row at once, the answer only where the cursor rests, and no more than a request each."""

from __future__ import annotations

import httpx
import pytest

from cotui.tui.actions.action_menu import ActionMenu
from cotui.tui.pages import beside
from cotui.tui.pages.answer_screen import AnswerScreen
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, front_of, press, settle, text_of, until
from tests.tui.pages.resting import pane, rest

SIZE = (200, 50)


def bulks(wire: Wire) -> int:
    return sum(path.endswith("/_bulk") for path in wire.paths)


async def test_it_shows_what_enter_opens(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        row = browse(app).table.record
        assert row is not None
        assert str(row.raw["company"]) in text_of(app).split("\n")[2]
        assert "reading" in text_of(app)
        await rest(pilot)
        assert len(wire.requests) == before + 1
        lines = [line.strip() for line in pane(app).view.lines]
        facts = lines[: lines.index("")]
        assert facts
        assert not any("reading" in line for line in facts)
        await press(pilot, "enter")
        assert isinstance(app.screen, AnswerScreen)
        page = [line.strip() for line in app.screen.answers.lines]
        assert page[: len(facts)] == facts


async def test_what_the_cursor_passes_is_not_read_and_what_was_read_stays_a_minute(
    app: CotuiApp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        now = [app.clock()]
        monkeypatch.setattr(CotuiApp, "clock", staticmethod(lambda: now[0]))
        before = len(wire.requests)
        await press(pilot, *["down"] * 30)
        assert len(wire.requests) == before
        await rest(pilot)
        assert len(wire.requests) == before + 1
        await press(pilot, "up", "down")
        await rest(pilot)
        assert len(wire.requests) == before + 1
        now[0] += beside.FRESH + 1
        await press(pilot, "up", "down")
        await rest(pilot)
        assert len(wire.requests) == before + 2


async def test_an_answer_that_is_left_is_given_up(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        shown, window, before = pane(app), browse(app).window, bulks(wire)
        assert shown._timer is not None
        assert window is not None
        other = window.row(1)
        assert other is not None
        shown._timer.stop()
        shown._rested()
        shown.show(browse(app).listing.resource, other)  # before an answer can have come
        await settle(pilot)
        assert shown._kept == {}
        assert bulks(wire) == before
        await rest(pilot)
        assert [*shown._kept] == [("customer", other.ref)]


async def test_it_reads_nothing_where_that_takes_many_requests(app: CotuiApp, wire: Wire) -> None:
    def no_batches(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/_bulk"):
            return httpx.Response(
                404, json={"code": 404, "status": "Error", "message": "x", "response": False}
            )
        return None

    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        wire.instead = no_batches
        await rest(pilot)
        assert not pane(app).affordable
        before = len(wire.requests)
        await press(pilot, "down")
        await rest(pilot)
        assert len(wire.requests) == before
        assert "enter opens it" in text_of(app)
        assert pane(app).view.record is browse(app).table.record


async def test_what_was_written_or_read_again_is_read_again_beside(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await rest(pilot)
        before = bulks(wire)
        await press(pilot, "r")
        await until(lambda: pane(app)._timer is not None)
        await rest(pilot)
        assert bulks(wire) == before + 1


async def test_a_row_of_it_is_opened_and_acted_on_and_tab_leads_back(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await rest(pilot)
        shown = pane(app).view
        await press(pilot, "tab")
        await until(lambda: shown.has_focus or app.focused is None)
        shown.focus()
        while shown.selected_row is None or shown.selected_row.resource_id != "invoice":
            await press(pilot, "down")
        row = shown.selected_row
        await press(pilot, "a")
        assert isinstance(app.screen, ActionMenu)
        assert f"nvoice {row.ref}" in front_of(app)
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, AnswerScreen)
        assert (app.screen.resource.id, app.screen.answers.page and app.screen.answers.page.ref) == (
            "invoice",
            row.ref,
        )
        await press(pilot, "escape", "tab")
        assert not shown.has_focus


async def test_narrower_screens_and_reports_keep_the_record(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert browse(app).has_class("answering")
        await pilot.resize_terminal(160, 40)
        await settle(pilot)
        assert not browse(app).has_class("answering")
        assert browse(app).preview.record is browse(app).table.record
        assert not pane(app).display
        await pilot.resize_terminal(200, 50)
        await settle(pilot)
        assert pane(app).display
        await press(pilot, "v")
        assert not pane(app).display
        assert not browse(app).has_class("answering")
