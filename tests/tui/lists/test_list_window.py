"""The rows that a list looks through: what it tells the filter line, and keys that wait for a row."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from tests.tui.filtering import edit, labels
from tests.tui.flow import browse, press

SIZE = (120, 40)


async def test_values_of_the_rows_on_the_screen_are_offered(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "company = Maple")
        assert any("Maple Ridge Dental" in label for label in labels(bar))
        await press(pilot, "tab", "enter")
        window = browse(app).window
        assert window is not None
        assert [row.raw["company"] for _, row in window.loaded()] == ["Maple Ridge Dental"]
