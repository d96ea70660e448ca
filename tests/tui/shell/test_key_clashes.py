"""A key of the user's own that another action has here is told, once."""

from __future__ import annotations

import pytest

from cotui.tui.base.session import Session
from tests.tui.flow import browse, press, settle, status, with_keys

SIZE = (120, 40)


async def test_a_clash_of_keys_is_told(session: Session) -> None:
    app = with_keys(session, browse__copy="f")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert status(app) == "[keys] puts “Copy” on f, which is also “Find”"
        await press(pilot, "down")
        assert "[keys]" not in status(app)
        await press(pilot, "f")
        assert "Customer id 2" in status(app)
        await press(pilot, "2", "1")
        assert "[keys]" not in status(app), "it is told once"


@pytest.mark.parametrize(
    ("action", "key", "other"),
    [
        ("browse__copy", "o", "Order by column"),  # the table comes before the screen
        ("app__quit", "slash", "Filter"),
        ("browse__preview", "i", "Invoices"),
        ("table__open", "q", "Quit"),
    ],
)
async def test_a_clash_with_another_part_of_the_screen_is_told(
    session: Session, action: str, key: str, other: str
) -> None:
    app = with_keys(session, **{action: key})
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert f"which is also “{other}”" in status(app)


async def test_two_actions_that_trade_keys_do_not_clash(session: Session) -> None:
    app = with_keys(session, browse__find="y", browse__copy="f")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "[keys]" not in status(app)
        await press(pilot, "y")
        assert not browse(app).table.has_focus
