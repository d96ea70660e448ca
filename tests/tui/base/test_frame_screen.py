"""What every full screen has: whose account it is, unmistakably, and that it may not be written to."""

from __future__ import annotations

import pytest

from cotui.settings import Profile
from cotui.tui.base.session import Session
from cotui.tui.base.top_bar import TopBar
from tests.tui.flow import as_profile, press, settle, text_of

SIZE = (120, 40)


@pytest.mark.long
async def test_production_is_unmistakable_on_every_screen(session: Session) -> None:
    app = as_profile(session, Profile("acme live", "acme", "key", production=True))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys in ([], ["enter"], ["2"], ["3", "enter", "x"], ["4", "enter"]):
            await press(pilot, *keys)
            bar = app.screen.query_one(TopBar)
            assert " acme live " in text_of(app).splitlines()[0]
            assert " PRODUCTION " in text_of(app).splitlines()[0]
            red, green, blue = bar.styles.background.rgb
            assert red > 3 * max(green, 1)
            assert red > 1.5 * blue


async def test_read_only_is_said(session: Session) -> None:
    app = as_profile(session, Profile("acme", "acme", "key"), read_only=True)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert " read-only " in text_of(app).splitlines()[0]
