"""Jumps one after the other: only where they end is asked for."""

from __future__ import annotations

from tests.api.paging.window_server import Clock, Server, Timers, idle, shown
from tests.api.paging.windows import opened, scroll


class TestJumps:
    async def test_dragging_the_scrollbar_loads_where_it_begins_and_where_it_rests(self) -> None:
        server, timers = Server.of(100_000), Timers()
        window = await opened(server, clock=Clock(), later=timers)
        server.offsets()
        for first in range(10_000, 90_000, 1_000):
            await scroll(window, first)
        assert server.offsets() == [9_999]
        assert timers.fire() == 1
        await idle()
        assert server.offsets() == [88_902, 89_001]
        assert None not in shown(window, 89_000, 89_039)

    async def test_small_moves_end_the_waiting(self) -> None:
        server, timers = Server.of(100_000), Timers()
        window = await opened(server, clock=Clock(), later=timers)
        await scroll(window, 50_000)
        await scroll(window, 70_000)
        assert window.row(70_000) is None
        await scroll(window, 70_001)
        assert None not in shown(window, 70_001, 70_040)
        assert timers.fire() == 0

    async def test_jumps_with_time_between_them_are_followed_at_once(self) -> None:
        server, timers, clock = Server.of(100_000), Timers(), Clock()
        window = await opened(server, clock=clock, later=timers)
        for first in (99_960, 0, 50_000):
            clock.now += 0.2
            await scroll(window, first)
            assert None not in shown(window, first, first + 39)

    async def test_who_waits_for_the_rows_gets_them_without_waiting_for_the_hands(self) -> None:
        window = await opened(Server.of(100_000), clock=Clock(), later=Timers())
        await scroll(window, 50_000)
        window.view(70_000, 70_001)
        await window.settled()
        assert window.row(70_000) is not None

    async def test_closing_ends_it(self) -> None:
        timers = Timers()
        window = await opened(Server.of(100_000), clock=Clock(), later=timers)
        await scroll(window, 50_000)
        await scroll(window, 70_000)
        await window.aclose()
        assert timers.fire() == 0
