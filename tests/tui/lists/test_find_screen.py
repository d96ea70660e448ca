"""The keys of finding: where they lead, and that they are there only while they do something."""

from __future__ import annotations

from cotui.tui.lists.list_screen import key_of
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, press, settle, type_text

SIZE = (120, 40)


async def test_the_rest_has_a_key_only_while_something_is_looked_for(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert key_of(browse(app), "load_rest") == ""
        await press(pilot, "f")
        assert key_of(browse(app), "load_rest") == "ctrl+r"
        await type_text(pilot, "maple")
        await press(pilot, "enter")
        assert browse(app).focused is browse(app).table
        assert key_of(browse(app), "load_rest") == "ctrl+r"
        await press(pilot, "escape")
        assert key_of(browse(app), "load_rest") == ""
