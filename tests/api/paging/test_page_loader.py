"""Which pages a window asks for, and when."""

from __future__ import annotations

import pytest

from tests.api.paging.window_server import Server, shown
from tests.api.paging.windows import opened, scroll


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
