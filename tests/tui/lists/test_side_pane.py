"""The record beside its list: there where there is room, and never asked for."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle


async def test_the_preview_follows_the_cursor_without_a_request(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        before = len(wire.requests)
        await press(pilot, "down")
        assert browse(app).preview.record is browse(app).table.record
        await press(pilot, "v")
        assert not browse(app).has_class("previewing")
        assert len(wire.requests) == before
