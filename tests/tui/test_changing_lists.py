"""Lists whose rows come and go while somebody looks at them: the table, and stepping on a record's page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random

import httpx
import pytest

from cotui.api import Change
from cotui.api.paging.window import RecordWindow
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.lists.notices import skipped_words
from cotui.tui.lists.record_table import RecordTable
from cotui.tui.lists.table_columns import default_columns
from cotui.tui.shell.app import CotuiApp
from tests.api.paging.window_server import Clock, Server
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, record_page, settle
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


def hidden(gone: set[int]) -> Callable[[httpx.Request], httpx.Response | None]:
    """Answers of a server on which some customers were deleted, 60 of 120 left out of every list."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        path = request.url.path
        rows = [{"customer_id": ref, "company": f"Company {ref}"} for ref in range(1, 121) if ref not in gone]
        if path.endswith("/_count"):
            return httpx.Response(200, json=enveloped({"count": len(rows)}))
        if path.endswith("/customer"):
            offset, limit = (int(request.url.params.get(name, "0")) for name in ("offset", "limit"))
            return httpx.Response(200, json=enveloped(rows[offset : offset + limit]))
        ref = int(path.rpartition("/")[2])
        if ref in gone:
            return httpx.Response(404, json={"code": 404, "status": "error", "message": "not found"})
        return httpx.Response(200, json=enveloped(rows[[row["customer_id"] for row in rows].index(ref)]))

    return answer


def enveloped(response: object) -> dict[str, object]:
    return {"code": 200, "status": "OK", "message": "", "response": response}


@pytest.mark.parametrize(
    "gone_at_the_end", [(3, 4, 5), (3, 4, 5, 59), (58, 59), (60,), (59, 60, 61)], ids=lambda gone: str(gone)
)
async def test_stepping_goes_on_from_the_record_not_from_its_number(
    app: CotuiApp, wire: Wire, gone_at_the_end: tuple[int, ...]
) -> None:
    """The 60th record is the last of those that are loaded."""
    gone: set[int] = set()
    wire.instead = hidden(gone)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        browse(app).listing.page_size = 60
        browse(app)._open_window()
        await settle(pilot)
        window = browse(app).window
        assert window is not None
        assert window.row(60) is None
        await press(pilot, "enter")
        page = record_page(app)
        page._go(window, 58)
        await settle(pilot)
        assert page._ref == 59
        gone.update(gone_at_the_end)
        steps = []
        for _ in range(4):
            page.action_step(1)
            await settle(pilot)
            steps.append(page._ref)
        left = [ref for ref in range(60, 70) if ref not in gone or ref == 60]
        assert steps == left[:4]


def test_what_was_passed_over_is_named_where_it_is_known() -> None:
    assert skipped_words(Change("skipped", 67, 69)).startswith(
        "the list changed: rows 68–69 were passed over"
    )
    assert "row 68 was passed over" in skipped_words(Change("skipped", 67, 68))
    assert "may have been passed over" in skipped_words(Change("skipped"))
