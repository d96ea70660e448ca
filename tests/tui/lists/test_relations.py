"""From a record to those that belong with it."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, record_page, settle

SIZE = (120, 40)


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
