"""Through a list of the sandbox from top to end while its rows are deleted: each that stays is shown, or it is said."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import httpx
import pytest

from cotui.api import Api, Change, ListSource, RecordWindow
from cotui.catalog import RESOURCES
from cotui.query import Query
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.origin_check import OriginCheck
from tests.api.paging.window_server import Clock
from tests.api.support import PASSWORD, connection
from tests.sandbox import account

#: seconds between two screens, of somebody who holds PgDn down
STEP = 0.2
SCREEN = 36


@pytest.fixture
def store() -> Iterator[Store]:
    made = account.build()
    yield made
    made.close()


class Deleter(httpx.AsyncBaseTransport):
    """The way to the sandbox; on it notes are deleted between requests.

    Args:
        store: the sandbox's data, which gets so many notes.
        rows: how many.
        seed: which of them are deleted.
        rate: deletions for each request, on average.
    """

    def __init__(self, store: Store, rows: int, seed: int, rate: float) -> None:
        app = create_app(
            store,
            credentials={"pub": PASSWORD},
            clock=account.now,
            origin_check=OriginCheck(frozenset({"acme.chargeover.com"})),
        )
        self._inner = httpx.ASGITransport(app=app)
        self._store, self._random, self._rate = store, Random(seed), rate
        with store.write() as data:
            data.executemany(
                "INSERT INTO notes (note, note_datetime) VALUES (?, ?)",
                [(f"note {number}", 1_700_000_000 + number) for number in range(rows)],
            )
            self.ids = [number for (number,) in data.execute("SELECT note_id FROM notes")]
        self.asked = self.deleted = 0

    def delete(self, often: float) -> None:
        """Delete one note, or as many as that, on average."""
        while self.ids and self._random.random() < often:
            number = self.ids.pop(self._random.randrange(len(self.ids)))
            with self._store.write() as data:
                data.execute("DELETE FROM notes WHERE note_id = ?", (number,))
            self.deleted += 1
            often -= 1

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.asked > 2:  # the first page and its count are one look
            self.delete(self._rate)
        return await self._inner.handle_async_request(request)


class Reader:
    """Somebody who holds PgDn down, and what is shown and said meanwhile."""

    def __init__(self, window: RecordWindow, clock: Clock, height: int) -> None:
        self.window, self.clock, self.height = window, clock, height
        self.top = 0
        self.seen: set[object] = set()
        self.said = 0
        window.subscribe(self._hear)

    def _hear(self, change: Change) -> None:
        if change.kind == "moved":
            self.go(self.top + change.by)
        self.said += change.kind == "skipped"

    def go(self, top: int) -> None:
        self.top = max(0, min(top, self.window.length - self.height))
        self.window.view(self.top, self.top + self.height - 1)

    async def look(self) -> None:
        await self.window.settled()
        self.clock.now += STEP
        rows = [self.window.row(index) for index in range(self.top, self.top + self.height)]
        self.seen.update(row.id for row in rows if row is not None)

    @property
    def at_end(self) -> bool:
        return self.top + self.height >= self.window.length


async def through(
    deleter: Deleter, *, page_size: int, height: int = SCREEN, per_screen: float = 7.5 * STEP
) -> tuple[set[object], int]:
    """From top to end. The rows that were there all the time and never shown, and how often something was said."""
    api = Api(connection("acme"), transport=deleter, wall_clock=account.NOW.timestamp)
    clock = Clock()
    window = RecordWindow(ListSource(api, RESOURCES["note"], Query()), page_size=page_size, clock=clock)
    reader = Reader(window, clock, height)
    window.start()
    await reader.look()
    reader.go(0)
    await reader.look()
    while not reader.at_end:
        deleter.delete(per_screen)
        reader.go(reader.top + height)
        await reader.look()
    await window.aclose()
    await api.aclose()
    return set(deleter.ids) - reader.seen, reader.said


async def test_rows_deleted_at_every_other_request_are_told_of_once_at_most(store: Store) -> None:
    deleter = Deleter(store, 200, seed=2, rate=0.5)
    lost, said = await through(deleter, page_size=25, height=20)
    assert deleter.deleted > 10
    assert said or not lost
    assert said <= 1


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
async def test_seven_deletions_a_second(store: Store, seed: int) -> None:
    """A request of the sandbox takes a few hundredths of a second; a tenth of them has a deletion before it."""
    deleter = Deleter(store, 2000, seed, rate=0.1)
    lost, said = await through(deleter, page_size=100)
    assert deleter.deleted > 50
    assert not lost
    assert said <= 1


@pytest.mark.long
@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
async def test_faster_than_it_can_be_read(store: Store, rate: float) -> None:
    """Rows may be passed over then; that is said, but not at every key."""
    deleter = Deleter(store, 2000, seed=1, rate=rate)
    lost, said = await through(deleter, page_size=100)
    assert said or not lost
    assert said <= 5
