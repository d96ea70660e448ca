"""The window's requests, prefetching, failures and refreshes, on a list that stands still or changes once."""

from __future__ import annotations

import asyncio

import pytest

from cotui.api.errors import Unreachable
from cotui.api.paging.window import RecordWindow
from cotui.api.transport.budget import Priority
from tests.api.window_server import Clock, Listener, Server, Timers, idle, shown


class SlowHands(Clock):
    """A second passes between any two moves, so that no two jumps belong together."""

    def __call__(self) -> float:
        self.now += 1
        return self.now


async def opened(server: Server, *, height: int = 40, **options: object) -> RecordWindow:
    options.setdefault("clock", SlowHands())
    window = RecordWindow(server, **options)  # type: ignore[arg-type]
    window.start()
    window.view(0, height - 1)
    await idle()
    return window


async def scroll(window: RecordWindow, first: int, height: int = 40) -> None:
    window.view(first, first + height - 1)
    await idle()


class TestRequests:
    async def test_two_requests_at_the_start_rows_first(self) -> None:
        server = Server.of(12_412)
        window = await opened(server)
        assert server.offsets() == [0, None]
        assert shown(window, 0, 99) == list(range(1, 101))
        assert (window.state, window.length, window.total, window.total_exact) == (
            "ready",
            12_412,
            12_412,
            True,
        )

    @pytest.mark.parametrize("rows", [0, 1, 99, 100])
    async def test_two_requests_are_all_for_a_result_of_one_page(self, rows: int) -> None:
        server = Server.of(rows)
        window = await opened(server)
        await scroll(window, max(rows - 40, 0))
        assert server.offsets() == [0, None]
        assert (window.length, window.total, window.total_exact) == (rows, rows, True)
        assert shown(window) == list(range(1, rows + 1))

    @pytest.mark.parametrize("page_totals", [False, True], ids=["counted", "told with the page"])
    @pytest.mark.parametrize("rows", [1, 5, 30, 99])
    async def test_a_result_that_was_short_does_not_shorten_its_pages(
        self, rows: int, page_totals: bool
    ) -> None:
        server = Server.of(rows, page_totals=page_totals)
        window = await opened(server)
        server.ids = list(range(1, 251))
        await window.refresh()
        await window.settled()
        assert {asked.limit for asked in server.pages} == {100}
        assert (window.length, window.total) == (250, 250)

    async def test_no_request_while_the_view_stays_among_loaded_rows(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        server.offsets()
        for first in [*range(10), *range(10, 0, -1), 0]:
            await scroll(window, first)
            await scroll(window, first)
        assert server.offsets() == []

    async def test_scrolling_to_the_end_row_by_row_asks_for_every_page_once(self) -> None:
        server = Server.of(1_000)
        window = await opened(server, keep_pages=20)
        for first in range(961):
            await scroll(window, first)
            assert None not in shown(window, first, first + 39)
        offsets = server.offsets()
        assert offsets == [0, None, *range(99, 1_000, 99)]

    async def test_scrolling_back_through_kept_pages_asks_for_nothing(self) -> None:
        server = Server.of(1_000)
        window = await opened(server, keep_pages=20)
        for first in range(0, 961, 20):
            await scroll(window, first)
        server.offsets()
        for first in range(960, -1, -20):
            await scroll(window, first)
        assert server.offsets() == []

    async def test_a_jump_asks_for_the_pages_in_view_only(self) -> None:
        server = Server.of(100_000)
        window = await opened(server)
        server.offsets()
        await scroll(window, 50_000)
        assert server.offsets() == [50_000 // 99 * 99]
        await scroll(window, 99_960)
        assert server.offsets() == [99_891, 99_990]
        assert shown(window, 99_960, 99_999) == list(range(99_961, 100_001))

    async def test_limits_stay_within_the_page_size(self) -> None:
        server = Server.of(1_000)
        window = await opened(server)
        await scroll(window, 500)
        assert {asked.limit for asked in server.pages} == {100}

    async def test_rows_without_keys_overlap_as_well_and_cost_no_more_requests(self) -> None:
        server = Server.of(450, keyed=False, page_totals=True, countable=False)
        window = await opened(server)
        for first in range(0, 411, 10):
            await scroll(window, first)
        assert server.offsets() == [0, None, 99, 198, 297, 396]
        assert shown(window) == list(range(1, 451))
        assert window.total == 450
        assert window.index_of(3) is None


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


class TestMemory:
    async def test_a_long_scroll_keeps_a_bounded_number_of_rows(self) -> None:
        server = Server.of(20_000)
        window = await opened(server, keep_pages=5)
        most = 0
        for first in range(0, 19_961, 35):
            await scroll(window, first)
            server.log.clear()
            most = max(most, len(window._rows.cache.identities))
            assert None not in shown(window, first, first + 39)
        assert most <= 5 * 100
        assert len(list(window.loaded())) <= 5 * 100

    async def test_pages_in_view_are_never_evicted(self) -> None:
        server = Server.of(2_000)
        window = await opened(server, keep_pages=1, height=500)
        assert None not in shown(window, 0, 499)


class TestTotals:
    async def test_without_a_count_the_length_grows_until_a_short_page(self) -> None:
        server = Server.of(150, countable=False)
        window = await opened(server)
        assert (window.length, window.total) == (101, None)
        await scroll(window, 61)
        assert (window.length, window.total, window.total_exact) == (150, 150, True)

    async def test_a_failed_count_is_tolerated(self) -> None:
        server = Server.of(150, instant=False)
        window = await opened(server)
        server.fail(server.counts[0])
        server.deliver(server.pages[0])
        await idle()
        assert (window.state, window.length, window.total) == ("ready", 101, None)
        assert isinstance(window.count_error, Unreachable)
        server.instant = True
        window.retry()
        await idle()
        assert (window.length, window.total, window.count_error) == (150, 150, None)

    async def test_the_count_may_come_before_the_rows(self) -> None:
        server = Server.of(150, instant=False)
        window = await opened(server)
        server.deliver(server.counts[0])
        await idle()
        assert (window.state, window.length, window.row(0)) == ("loading", 150, None)
        server.deliver(server.pages[0])
        await idle()
        assert window.state == "ready"

    async def test_rows_behind_the_total_correct_it(self) -> None:
        server = Server.of(300)
        window = await opened(server)
        server.ids += range(301, 601)
        await scroll(window, 260)
        assert (window.length, window.total, window.total_exact) == (600, 600, True)

    async def test_a_list_that_shrank_is_counted_again_and_its_end_found(self) -> None:
        server = Server.of(5_000)
        window = await opened(server)
        del server.ids[1_000:]
        await scroll(window, 4_960)
        assert (window.length, window.total, window.total_exact) == (1_000, 1_000, True)
        await scroll(window, 960)
        assert shown(window, 960, 999) == list(range(961, 1_001))

    async def test_a_count_that_is_always_wrong_is_not_asked_for_forever(self) -> None:
        class Boasting(Server):
            def look(self, asked: object) -> None:
                super().look(asked)  # type: ignore[arg-type]
                if asked.offset is None:  # type: ignore[attr-defined]
                    asked.answer = 5_000  # type: ignore[attr-defined]

        server = Boasting.of(350)
        window = await opened(server)
        for _ in range(10):
            await scroll(window, max(window.length - 40, 0))
        assert window.length == 350
        assert shown(window, 310, 349) == list(range(311, 351))
        assert len(server.log) < 40

    @pytest.mark.parametrize(("rows", "maximum"), [(400, 50), (400, 20), (30, 4), (5, 2), (3, 1)])
    async def test_a_server_that_sends_fewer_rows_than_asked_for(self, rows: int, maximum: int) -> None:
        server = Server.of(rows, maximum=maximum)
        window = await opened(server, keep_pages=500)
        for first in range(0, rows, 10):
            await scroll(window, first, 20)
        assert shown(window) == list(range(1, rows + 1))
        assert window.total == rows

    @pytest.mark.parametrize("keyed", [True, False], ids=["keyed", "by content"])
    @pytest.mark.parametrize(
        ("rows", "maximum"), [(400, 50), (30, 4), (50, 50), (51, 50), (5, 2), (3, 1), (1, 1), (7, 10)]
    )
    async def test_a_server_that_sends_fewer_and_counts_nothing(
        self, rows: int, maximum: int, keyed: bool
    ) -> None:
        server = Server.of(rows, maximum=maximum, countable=False, keyed=keyed)
        window = await opened(server, height=8, keep_pages=500)
        for first in range(0, rows, 4):
            await scroll(window, first, 8)
        assert shown(window) == list(range(1, rows + 1))
        assert (window.length, window.total) == (rows, rows)

    async def test_one_look_behind_a_short_page_that_nobody_counts(self) -> None:
        server = Server.of(60, countable=False)
        window = await opened(server, height=20)
        assert (window.length, window.total) == (60, 60)
        await scroll(window, 41, 20)
        assert server.offsets() == [0, None, 59]

    async def test_a_failed_look_behind_it_is_shown_and_can_be_repeated(self) -> None:
        server = Server.of(60, countable=False, instant=False)
        window = await opened(server, height=20)
        for asked in server.waiting:
            server.deliver(asked)
        await idle()
        server.fail(server.waiting[0])
        await idle()
        assert (window.length, window.total) == (61, None)
        assert isinstance(window.error_at(60), Unreachable)
        window.retry()
        await idle()
        server.deliver(server.waiting[0])
        await idle()
        assert (window.length, window.total, window.error_at(60)) == (60, 60, None)

    async def test_a_short_list_that_grew_is_read_in_large_pages_again(self) -> None:
        server = Server.of(3, countable=False)
        window = await opened(server, height=20)
        server.ids = list(range(1, 301))
        await window.refresh()
        for first in range(0, 300, 10):
            await scroll(window, first, 20)
        assert shown(window, 280, 299) == list(range(281, 301))
        assert len(server.offsets()) < 15

    async def test_what_comes_in_one_piece_has_nothing_behind_it(self) -> None:
        class Whole(Server):
            paged = False

        server = Whole.of(30, countable=False)
        window = await opened(server)
        assert server.offsets() == [0, None]
        assert (window.length, window.total) == (30, 30)

    async def test_an_empty_result(self) -> None:
        server = Server.of(0)
        window = await opened(server)
        assert (window.state, window.length, window.total, window.row(0)) == ("ready", 0, 0, None)

    async def test_a_result_that_was_empty_fills_on_refresh(self) -> None:
        server = Server.of(0)
        window = await opened(server)
        server.ids = [7, 8, 9]
        await window.refresh()
        await window.settled()
        assert shown(window) == [7, 8, 9]
        assert window.index_of(8) == 1


class TestFailures:
    async def test_the_first_page_fails_and_is_asked_for_again(self) -> None:
        server = Server.of(150, instant=False)
        window = await opened(server)
        listener = Listener(window)
        error = Unreachable()
        server.fail(server.pages[0], error)
        await idle()
        assert (window.state, window.error) == ("failed", error)
        assert window.error_at(0) is error
        assert "state" in listener.kinds()
        await scroll(window, 0)
        assert len(server.pages) == 1  # only `retry` asks again
        server.instant = True
        window.retry()
        await idle()
        assert (window.state, window.error, window.error_at(0)) == ("ready", None, None)
        assert shown(window, 0, 99) == list(range(1, 101))

    async def test_a_later_page_fails_in_its_place(self) -> None:
        server = Server.of(500)
        window = await opened(server)
        server.instant = False
        await scroll(window, 300)
        error = Unreachable()
        server.fail(server.waiting[0], error)
        await idle()
        listener = Listener(window)
        assert (window.error_at(310), window.error_at(0), window.state) == (error, None, "ready")
        assert window.row(310) is None
        before = len(server.log)
        await scroll(window, 301)
        assert [asked.offset for asked in server.log[before:]] == []
        server.instant = True
        window.retry()
        await idle()
        assert shown(window, 300, 339) == list(range(301, 341))
        assert "rows" in listener.kinds()

    async def test_looking_again_later_asks_again(self) -> None:
        server = Server.of(1_000)
        window = await opened(server)
        server.instant = False
        await scroll(window, 500)
        server.fail(server.waiting[0])
        await idle()
        server.instant = True
        await scroll(window, 0)
        await scroll(window, 500)
        assert shown(window, 500, 539) == list(range(501, 541))

    async def test_a_page_ahead_that_failed_is_tried_again_once_when_it_is_needed(self) -> None:
        server = Server.of(1_000)
        window = await opened(server)
        server.instant = False
        server.offsets()
        for first in range(10, 30):
            await scroll(window, first)
            for asked in server.waiting:
                server.fail(asked)
            await idle()
        assert server.offsets() == [99]
        for first in range(60, 100):
            await scroll(window, first)
            for asked in server.waiting:
                server.fail(asked)
            await idle()
        assert server.offsets().count(99) == 1
        assert window.error_at(120) is not None

    async def test_a_fault_in_the_program_is_not_swallowed(self) -> None:
        class Broken(Server):
            async def page(self, offset: int, limit: int, priority: Priority) -> object:  # type: ignore[override]
                raise ZeroDivisionError

        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
        window = RecordWindow(Broken.of(3))  # type: ignore[arg-type]
        window.start()
        with pytest.raises(ZeroDivisionError):
            await window.settled()
        assert isinstance(told[0], ZeroDivisionError)

    async def test_a_request_cancelled_by_somebody_else_is_made_again(self) -> None:
        server = Server.of(50, instant=False)
        window = await opened(server)
        server.pages[0].future.cancel()
        await idle()
        server.instant = True
        for asked in server.waiting:
            server.deliver(asked)
        await idle()
        assert shown(window) == list(range(1, 51))


class TestClosing:
    async def test_everything_is_cancelled_and_nothing_told_any_more(self) -> None:
        server = Server.of(500)
        window = await opened(server)
        listener = Listener(window)
        server.instant = False
        await scroll(window, 300)
        waiting = server.waiting
        assert waiting
        await window.aclose()
        assert all(asked.future.cancelled() for asked in waiting)
        await scroll(window, 100)
        window.retry()
        assert await window.refresh(1) is None
        assert not server.waiting
        assert listener.kinds() == []
        assert shown(window, 0, 9) == list(range(1, 11))

    async def test_an_answer_of_a_source_that_ignores_cancelling_is_dropped(self) -> None:
        class Deaf(Server):
            async def page(self, offset: int, limit: int, priority: Priority):  # type: ignore[no-untyped-def]
                try:
                    return await super().page(offset, limit, priority)
                except asyncio.CancelledError:
                    return await Server.of(100).page(0, 100, priority)

        server = Deaf.of(500, instant=False)
        window = await opened(server)
        listener = Listener(window)
        await window.aclose()
        await idle()
        assert (window.state, window.row(0), listener.kinds()) == ("loading", None, [])


class TestListeners:
    async def test_what_is_told_at_the_start(self) -> None:
        window = RecordWindow(Server.of(150))
        listener = Listener(window)
        window.start()
        assert listener.changes == []
        await idle()
        assert listener.changes[0].kind == "state"
        rows = [(change.start, change.stop) for change in listener.changes if change.kind == "rows"]
        assert rows == [(0, 100)]
        assert listener.changes[-1].kind == "length"

    async def test_reading_and_looking_tell_nothing_themselves(self) -> None:
        window = await opened(Server.of(500))
        listener = Listener(window)
        window.view(300, 340)
        window.row(300), window.error_at(300), window.index_of(3), window.repeats(4)
        assert listener.changes == []
        await idle()
        assert listener.kinds() == ["rows"]

    async def test_who_unsubscribed_hears_no_more(self) -> None:
        window = RecordWindow(Server.of(150))
        listener, other = Listener(window), Listener(window)
        window.subscribe(lambda change: other.unsubscribe())
        listener.unsubscribe()
        listener.unsubscribe()
        window.start()
        await idle()
        assert listener.changes == []
        assert len(other.changes) == 1

    async def test_rows_that_came_again_unchanged_are_not_told(self) -> None:
        window = await opened(Server.of(150))
        row = window.row(3)
        listener = Listener(window)
        await window.refresh()
        await window.settled()
        assert "rows" not in listener.kinds()
        assert window.row(3) is row
