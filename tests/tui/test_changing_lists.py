"""Lists whose rows come and go while somebody looks at them: the table, and stepping on a record's page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from cotui.api import Change
from cotui.api.paging.window import RecordWindow
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.table_columns import default_columns
from tests.api.paging.window_server import Clock, Server
from tests.tui.support import OneWidget


class Screen:
    """A table over a window over rows that the test changes."""

    def __init__(self, server: Server, page_size: int) -> None:
        self.server = server
        self.clock = Clock()
        self.table = RecordTable()
        self.window = RecordWindow(server, clock=self.clock, page_size=page_size)
        self.seen: set[int] = set()
        self.said = 0
        self.window.subscribe(self._hear)

    def _hear(self, change: Change) -> None:
        self.said += change.kind == "skipped"

    def on_screen(self) -> list[int]:
        first, last = self.table.visible_range
        rows = [self.window.row(index) for index in range(first, last)]
        return [row.raw["customer_id"] for row in rows if row is not None]

    async def look(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        await self.window.settled()
        self.clock.now += 1
        self.seen.update(self.on_screen())

    async def page(self, direction: int) -> None:
        self.table.action_page(direction)
        await self.look()


@asynccontextmanager
async def on_screen(server: Server, page_size: int, *, height: int = 37) -> AsyncIterator[Screen]:
    screen = Screen(server, page_size)
    async with OneWidget(screen.table).run_test(size=(60, height)):
        screen.table.set_columns(default_columns(CUSTOMER))
        screen.window.start()
        screen.table.set_rows(screen.window)
        await screen.look()
        yield screen
        await screen.window.aclose()


@pytest.mark.parametrize("height", [9, 14, 20, 23, 25, 26, 27, 31, 37, 50])
async def test_rows_deleted_above_take_none_off_the_next_screen(height: int) -> None:
    """Rows by number, descending: two screens on, three deleted above, one more."""
    server = Server(ids=list(range(400, 0, -1)))
    async with on_screen(server, page_size=25, height=height) as screen:
        await screen.page(1)
        await screen.page(1)
        before = screen.on_screen()
        del server.ids[3:6]
        for _ in range(4):
            await screen.page(1)
        assert set(range(before[-1], screen.on_screen()[-1], -1)) <= screen.seen
        assert not screen.said


async def test_rows_added_above_push_none_over_the_edge_on_the_way_up() -> None:
    server = Server.of(400)
    async with on_screen(server, page_size=25) as screen:
        screen.table.action_jump(-1)
        await screen.look()
        before = screen.on_screen()
        server.ids[5:5] = [901, 902, 903]
        await screen.page(-1)
        assert screen.on_screen()[-1] == before[0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("way", ["down", "up"])
async def test_every_row_that_stays_is_shown_once_on_the_way(seed: int, way: str) -> None:
    random = Random(seed)
    server = Server.of(600)
    async with on_screen(server, page_size=random.choice([25, 40, 100])) as screen:
        if way == "up":
            screen.table.action_jump(-1)
            await screen.look()
        throughout = set(server.ids)
        for _ in range(60):
            for _ in range(random.randint(0, 2)):
                at = random.randrange(len(server.ids) - 9)
                gone = server.ids[at : at + random.randint(1, 7)]
                throughout.difference_update(gone)
                server.ids = [row for row in server.ids if row not in gone]
            await screen.page(1 if way == "down" else -1)
        assert throughout <= screen.seen or screen.said


async def test_a_row_that_moves_alone_does_not_take_the_screen_along() -> None:
    server = Server.of(200)
    async with on_screen(server, page_size=25) as screen:
        await screen.page(1)
        before = screen.on_screen()
        server.ids.remove(before[-1])
        server.ids.insert(0, before[-1])
        await screen.page(1)
        assert set(range(1, screen.on_screen()[-1] + 1)) <= screen.seen
