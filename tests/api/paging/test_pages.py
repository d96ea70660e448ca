"""How many pages are kept."""

from __future__ import annotations

from tests.api.paging.window_server import Server, shown
from tests.api.paging.windows import opened, scroll


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
