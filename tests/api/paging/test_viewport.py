"""What is loaded ahead of a viewport that moves."""

from __future__ import annotations

from cotui.api.paging.window import RecordWindow
from cotui.api.transport.budget import Priority
from tests.api.paging.window_server import Clock, Server, idle, shown
from tests.api.paging.windows import opened, scroll


class TestTravel:
    async def test_what_lies_ahead_is_loaded_before_it_is_needed(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        server.offsets()
        await scroll(window, 1)
        assert server.offsets() == []  # 59 loaded rows lie ahead
        await scroll(window, 12)
        assert [(asked.offset, asked.priority) for asked in server.log] == [(99, Priority.PREFETCH)]

    async def test_faster_travel_looks_further_ahead(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        server.offsets()
        await scroll(window, 40)
        await scroll(window, 80)
        assert server.offsets() == [99, 198]

    async def test_backwards_too(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        await scroll(window, 2_520)
        server.offsets()
        await scroll(window, 2_510)
        assert server.offsets() == [24 * 99]

    async def test_rows_in_view_go_before_rows_ahead(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        server.instant = False
        server.offsets()
        await scroll(window, 80)
        assert [(asked.offset, asked.priority) for asked in server.log] == [
            (99, Priority.INTERACTIVE),
            (198, Priority.PREFETCH),
            (297, Priority.PREFETCH),
        ]
        await window.aclose()

    async def test_holding_down_never_runs_dry_when_answers_take_a_while(self) -> None:
        """30 rows a second and an answer after 40 ms: little more than one row of travel."""
        server = Server.of(2_000, instant=False)
        window = RecordWindow(server, clock=Clock())
        window.start()
        await idle()
        for asked in server.waiting:
            server.deliver(asked)
        for first in range(900):
            await scroll(window, first)
            assert None not in shown(window, first, first + 39), first
            for asked in server.waiting:
                if asked.looked:
                    server.deliver(asked)
                else:
                    server.look(asked)  # answered after the next row
        await window.aclose()

    async def test_pages_no_longer_wanted_are_cancelled_and_answers_to_them_dropped(self) -> None:
        server = Server.of(100_000)
        window = await opened(server)
        server.instant = False
        server.offsets()
        await scroll(window, 30_000)
        await scroll(window, 60_000)
        first, second = server.log
        assert first.future.cancelled()
        assert second.open
        server.deliver(second)
        await idle()
        assert shown(window, 60_000, 60_039) == list(range(60_001, 60_041))
        assert shown(window, 30_000, 30_039) == [None] * 40

    async def test_a_page_ahead_that_comes_into_view_becomes_urgent(self) -> None:
        class Joining(Server):
            joins = True

        server = Joining.of(5_000)
        window = await opened(server)
        server.instant = False
        server.offsets()
        await scroll(window, 20)
        await scroll(window, 70)
        assert [(asked.offset, asked.priority) for asked in server.log][:1] == [(99, Priority.PREFETCH)]
        assert (99, Priority.INTERACTIVE) in [(asked.offset, asked.priority) for asked in server.waiting]
        assert (99, Priority.PREFETCH) not in [(asked.offset, asked.priority) for asked in server.waiting]
        for asked in server.waiting:
            server.deliver(asked)
        await idle()
        assert shown(window, 70, 109) == list(range(71, 111))
        await window.aclose()
