"""A list on a server that changes, and answers in any order, when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from cotui.api.errors import ApiError, Unreachable
from cotui.api.paging.window import Change, RecordWindow
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority


@dataclass(eq=False)
class Asked:
    """A request the server has received: offset None is a count."""

    offset: int | None
    limit: int
    priority: Priority | None
    future: asyncio.Future[Any]
    answer: Any = None
    looked: bool = False

    @property
    def open(self) -> bool:
        return not self.future.done()


@dataclass(eq=False)
class Server:
    """Rows by id, in order; implements `PageSource`.

    With `instant` every request is answered as soon as it is made; else a request waits until the
    test lets the server look at its list (`look`) and lets the answer through (`deliver`).
    """

    ids: list[int] = field(default_factory=list)
    maximum: int = 1000
    instant: bool = True
    keyed: bool = True
    countable: bool = True
    page_totals: bool = False
    log: list[Asked] = field(default_factory=list)

    joins = False
    paged = True
    came_whole = False

    @classmethod
    def of(cls, rows: int, **options: Any) -> Self:
        return cls(ids=list(range(1, rows + 1)), **options)

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        page: Page = await self._ask(offset, limit, priority)
        return page

    async def count(self) -> int | None:
        total: int | None = await self._ask(None, 0, None)
        return total

    async def _ask(self, offset: int | None, limit: int, priority: Priority | None) -> Any:
        asked = Asked(offset, limit, priority, asyncio.get_running_loop().create_future())
        self.log.append(asked)
        if self.instant:
            self.deliver(asked)
        return await asked.future

    def look(self, asked: Asked) -> None:
        """The server reads its list for this request; later changes are not in the answer."""
        asked.looked = True
        if asked.offset is None:
            asked.answer = len(self.ids) if self.countable else None
            return
        ids = self.ids[asked.offset : asked.offset + min(asked.limit, self.maximum)]
        rows = [Record({"customer_id": number}, "customer_id" if self.keyed else "") for number in ids]
        asked.answer = Page(rows, len(self.ids) if self.page_totals else None)

    def deliver(self, asked: Asked) -> None:
        if not asked.looked:
            self.look(asked)
        if asked.open:
            asked.future.set_result(asked.answer)

    def fail(self, asked: Asked, error: ApiError | None = None) -> None:
        if asked.open:
            asked.future.set_exception(error or Unreachable())

    @property
    def waiting(self) -> list[Asked]:
        return [asked for asked in self.log if asked.open]

    @property
    def pages(self) -> list[Asked]:
        return [asked for asked in self.log if asked.offset is not None]

    @property
    def counts(self) -> list[Asked]:
        return [asked for asked in self.log if asked.offset is None]

    def offsets(self) -> list[int | None]:
        """What was asked for since the last call of this, in order; None for a count."""
        offsets = [asked.offset for asked in self.log]
        self.log.clear()
        return offsets


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Timers:
    """What is to run later; it runs when the test says so."""

    class Timer:
        def __init__(self, callback: Callable[[], None]) -> None:
            self.callback = callback
            self.cancelled = False

        def cancel(self) -> None:
            self.cancelled = True

    def __init__(self) -> None:
        self.timers: list[Timers.Timer] = []

    def __call__(self, seconds: float, callback: Callable[[], None]) -> Timers.Timer:
        self.timers.append(Timers.Timer(callback))
        return self.timers[-1]

    def fire(self) -> int:
        """Run what is due and was not cancelled; how many that were."""
        due = [timer for timer in self.timers if not timer.cancelled]
        self.timers.clear()
        for timer in due:
            timer.callback()
        return len(due)


class Listener:
    """Remembers what a window told."""

    def __init__(self, window: RecordWindow) -> None:
        self.changes: list[Change] = []
        self.unsubscribe: Callable[[], None] = window.subscribe(self.changes.append)

    def kinds(self) -> list[str]:
        """Kinds told since the last call of this."""
        kinds = [change.kind for change in self.changes]
        self.changes.clear()
        return kinds


def shown(window: RecordWindow, first: int = 0, last: int | None = None) -> list[int | None]:
    """Ids of the rows as the window shows them, None for rows that are not here."""
    last = window.length - 1 if last is None else last
    rows: Iterable[Record | None] = (window.row(index) for index in range(first, last + 1))
    return [None if row is None else row.raw["customer_id"] for row in rows]


def drain(loop: asyncio.AbstractEventLoop) -> None:
    """Run everything that can run without waiting for anybody."""
    while True:
        loop.call_soon(loop.stop)
        loop.run_forever()
        if not loop._ready:  # type: ignore[attr-defined]  # there is no public way to ask
            return


async def idle() -> None:
    """The same from inside the loop."""
    for _ in range(30):
        await asyncio.sleep(0)
