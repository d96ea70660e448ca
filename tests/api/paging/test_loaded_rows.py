"""How long a result is, and how large its pages are, as pages and counts come."""

from __future__ import annotations

import pytest

from cotui.api.errors import Unreachable
from tests.api.paging.window_server import Server, idle, shown
from tests.api.paging.windows import opened, scroll


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


class TestWhatIsLoaded:
    async def test_the_rows_beside_others_are_those_of_all_pages_without_a_gap(self) -> None:
        server = Server.of(1_000, instant=False)
        window = await opened(server)
        assert window.loaded_around(0, 40) == (0, 0)
        server.instant = True
        server.deliver(server.pages[0])
        await idle()
        first, stop = window.loaded_around(10, 30)
        assert (first, stop > 30) == (0, True)
        assert all(window.row(index) is not None for index in range(first, stop))
        assert window.loaded_around(990, 1_000) == (990, 990)
        await scroll(window, 960)
        first, stop = window.loaded_around(960, 1_000)
        assert stop == 1_000
        assert all(window.row(index) is not None for index in range(first, stop))
