"""The first line: whose account it is, and tabs that can be clicked."""

from __future__ import annotations

from cotui.settings import Profile
from cotui.tui.base.session import Session
from cotui.tui.base.top_bar import TopBar
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import as_profile, browse, click, settle, text_of

SIZE = (120, 40)


async def test_tabs_are_clicked(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for label, key in (("Invoices", "invoices"), ("Reports", "reports"), ("Customers", "customers")):
            await click(pilot, 0, label)
            assert browse(app).listing.key == key


async def test_narrow_tabs_are_clicked_too(app: CotuiApp) -> None:
    async with app.run_test(size=(60, 16)) as pilot:
        await settle(pilot)
        column = text_of(app).splitlines()[0].index(" 3 ") + 1
        await pilot.click(offset=(column, 0))
        await settle(pilot)
        assert browse(app).listing.key == "invoices"


async def test_other_accounts_look_otherwise(session: Session) -> None:
    app = as_profile(session, Profile("acme test", "acme", "key", colour="green"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = text_of(app).splitlines()[0]
        assert "acme test" in first
        assert "PRODUCTION" not in first
        assert "read-only" not in first
        assert not app.screen.query_one(TopBar).has_class("production")
        name = next(
            segment
            for segment in app.screen._compositor.render_strips()[0]
            if "acme test" in segment.text
        )  # fmt: skip
        assert name.style is not None
        assert name.style.bgcolor is not None
        assert name.style.bgcolor.get_truecolor() == (0, 128, 0)


async def test_a_hostile_profile_name_stays_a_name(session: Session) -> None:
    app = as_profile(session, Profile("[red]x[/] \x1b[2J\u202ename", "acme", "key"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        first = text_of(app).splitlines()[0]
        assert "[red]x[/]" in first
        assert not set(first) & {"\x1b", "\u202e"}
