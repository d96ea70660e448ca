"""The key that orders: what it goes through, and what is said of it."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, settle, status, text_of

SIZE = (120, 30)


async def test_numbers_that_are_texts_are_said_to_be_ordered_as_texts_once(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "home", "right", "o")
        assert browse(app).bar.applied == "order by refnumber"
        assert "ChargeOver orders Number as text: 1, 10, 2" in status(app)
        await press(pilot, "o")
        assert browse(app).bar.applied == "order by refnumber desc"
        assert "as text" not in status(app)
        await press(pilot, "o", "right", "right", "o")
        assert "as text" not in status(app), "dates have an order"


async def test_reports_come_whole_and_are_ordered_here(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "4", "right", "right", "o")
        window = browse(app).window
        assert window is not None
        names = [str(row.raw["name"]).casefold() for _, row in window.loaded()]
        assert names == sorted(names)
        assert "Report ↑" in text_of(app)
        await press(pilot, "o", "o")
        assert browse(app).bar.applied == ""
