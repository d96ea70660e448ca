"""What every full screen has: whose account it is, unmistakably, and that it may not be written to."""

from __future__ import annotations

import pytest

from cotui.settings import Profile
from cotui.tui.base.session import Session
from cotui.tui.base.top_bar import TopBar
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import as_profile, press, settle, status, text_of

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


async def test_where_a_record_leads_comes_before_what_is_rarely_used(session: Session) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        shown = status(app).split(" · ")
        assert shown[:5] == ["enter open", "i invoices", "a actions", "$ payments", "/ filter"]
        assert shown[5:] == ["b statement", "S subscriptions", "K ways to pay", "? keys"]
        await press(pilot, "5")
        assert status(app).startswith("enter open · c customer · i invoices · a actions · F refunds")
        await press(pilot, "enter")
        assert status(app).startswith("enter open · c customer · i invoices · a actions · F refunds")
        await press(pilot, "3")
        assert "i invoices · a actions · $ payments" in status(app)


async def test_on_a_narrow_terminal_the_way_on_and_what_is_done_most_are_left(session: Session) -> None:
    app = CotuiApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert status(app) == "enter open · c customer · i invoices · a actions · $ payments · ? keys"
