"""What is told without having been asked for stays until the next key."""

from __future__ import annotations

from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import press, settle, status

SIZE = (120, 40)


async def test_notices_of_the_start_are_shown_until_a_key_is_pressed(session: Session) -> None:
    session.notices = ("password from the keyring", "state.json was damaged")
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert status(app) == "password from the keyring · state.json was damaged"
        await press(pilot, "down")
        assert "keyring" not in status(app)
