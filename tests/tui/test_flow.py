"""What drives the app in tests waits for all that was started, and for nothing that was given up."""

from __future__ import annotations

import asyncio

from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import settle
from tests.tui.turns import turns


async def test_what_is_cancelled_while_it_is_waited_for_is_over(app: CotuiApp) -> None:
    """As the palette's search is where escape comes before it has ended."""
    async with app.run_test() as pilot:
        await settle(pilot)
        done: list[str] = []

        async def endless() -> None:
            await asyncio.Event().wait()

        async def quick() -> None:
            await turns(5)
            given_up.cancel()
            await turns(5)
            done.append("quick")

        given_up = app.run_worker(endless(), group="endless")
        app.run_worker(quick(), group="quick")
        await settle(pilot)
        assert done == ["quick"]
