"""Scrolling through a list that changes meanwhile: every row that was there throughout is shown, or it is said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cotui.api.paging.window import Change, RecordWindow
from tests.api.paging.window_server import Asked, Clock, Server, idle
from tests.depth import examples


@dataclass(eq=False)
class Restless(Server):
    """Rows come and go before a request is looked at, as a script says: one entry a request."""

    script: list[tuple[float, int]] = field(default_factory=list)
    throughout: set[int] = field(default_factory=set)
    next_id: int = 10_000

    def look(self, asked: Asked) -> None:
        if self.script and len(self.log) > 2:  # the first page and its count are one look
            self.change(*self.script.pop(0))
        super().look(asked)

    def change(self, place: float, rows: int) -> None:
        """Insert so many rows somewhere, or delete them below 0."""
        where = round(place * len(self.ids))
        if rows < 0:
            self.throughout.difference_update(self.ids[where : where - rows])
            del self.ids[where : where - rows]
        else:
            self.ids[where:where] = range(self.next_id, self.next_id + rows)
            self.next_id += rows


class Viewer:
    """What the table does: it looks, goes where the window says its rows went, and notes what it shows."""

    def __init__(self, window: RecordWindow, server: Restless, height: int, clock: Clock) -> None:
        self.window, self.server, self.height = window, server, height
        self.clock = clock
        self.top = 0
        self.seen: set[int] = set()
        self.said: list[Change] = []
        window.subscribe(self.hear)

    def hear(self, change: Change) -> None:
        if change.kind == "moved":
            self.go(self.top + change.by)
        elif change.kind == "skipped":
            self.said.append(change)

    def go(self, top: int) -> None:
        self.top = max(0, min(top, self.window.length - self.height))
        self.window.view(self.top, self.top + self.height - 1)

    def show(self) -> None:
        self.clock.now += 0.2
        for index in range(self.top, self.top + self.height):
            if (row := self.window.row(index)) is not None:
                self.seen.add(next(iter(row.raw.values())))
            elif self.window.repeats(index) is not None or self.window.error_at(index) is not None:
                self.said.append(Change("skipped"))  # the line itself says why the row is not here

    async def step(self, by: int, *, wait: bool = True) -> None:
        self.go(self.top + by)
        if wait:
            await self.settle()
        self.show()

    async def settle(self) -> None:
        for _ in range(300):
            await idle()
            if not self.server.waiting:
                return
            for asked in self.server.waiting:
                self.server.deliver(asked)
        raise AssertionError("asks without end")

    async def to_the_end(
        self, step: int, script: list[list[tuple[float, int]]], *, wait: bool = True
    ) -> None:
        for _ in range(1000):
            if self.top + self.height >= self.window.length and not script and wait:
                return
            for place, rows in script.pop(0) if script else ():
                self.server.change(place, rows)
            before = self.top
            await self.step(step, wait=wait)
            if not wait:
                await idle()
                self.show()
                if self.top <= before and not script:
                    await self.settle()
                    return
        raise AssertionError("no end")

    async def to_the_top(self, step: int, script: list[list[tuple[float, int]]]) -> None:
        for _ in range(1000):
            if not self.top:
                return
            for place, rows in script.pop(0) if script else ():
                self.server.change(place, rows)
            await self.step(-step)
        raise AssertionError("no end")


def opened(server: Restless, height: int, **options: Any) -> Viewer:
    server.throughout = set(server.ids)
    loop = asyncio.get_running_loop()
    clock = Clock()
    window = RecordWindow(
        server, clock=clock, later=lambda _seconds, callback: loop.call_soon(callback), **options
    )
    viewer = Viewer(window, server, height, clock)
    window.start()
    return viewer


places = st.floats(0, 1, allow_nan=False)
changes = st.tuples(places, st.integers(-9, 9))
deletions = st.tuples(places, st.integers(-9, -1))


@st.composite
def scripts(draw: st.DrawFn, what: st.SearchStrategy[tuple[float, int]]) -> dict[str, Any]:
    height = draw(st.integers(2, 12))
    return {
        "rows": draw(st.integers(0, 120)),
        "page_size": draw(st.integers(2, 25)),
        "keep": draw(st.integers(1, 12)),
        "height": height,
        "step": draw(st.integers(1, height - 1)),
        "between": draw(st.lists(st.lists(what, max_size=3), max_size=30)),
        "during": draw(st.lists(what, max_size=12)),
        "keyed": draw(st.booleans()),
    }


SMALL = settings(max_examples=examples(300, short=60), deadline=None)


# The list grows at every request, until it is not counted again for a while.
END_NOT_COUNTED: dict[str, Any] = {
    "rows": 3,
    "page_size": 2,
    "keep": 1,
    "height": 4,
    "step": 1,
    "between": [[(0.0, 1)]],
    "during": [(0.0, 0), (0.0, 1), (0.0, 1)],
    "keyed": False,
}


@SMALL
@given(scripts(st.one_of(changes, deletions)))
@example(END_NOT_COUNTED)
def test_down_to_the_end(case: dict[str, Any]) -> None:
    async def run() -> None:
        server = Restless.of(case["rows"], instant=False, keyed=case["keyed"], script=case["during"])
        viewer = opened(server, case["height"], page_size=case["page_size"], keep_pages=case["keep"])
        await viewer.step(0)
        await viewer.to_the_end(case["step"], case["between"])
        lost = server.throughout - viewer.seen
        assert not lost or viewer.said, sorted(lost)
        await viewer.window.aclose()

    asyncio.run(run())


# Rows pushed in front make a later page look like the first one, which has to be read again to tell.
PUSHED_IN_FRONT: dict[str, Any] = {
    "rows": 38,
    "page_size": 10,
    "keep": 1,
    "height": 5,
    "step": 4,
    "between": [],
    "during": [(0.0, 9)],
    "keyed": False,
}
# Pages of an older list, beside the screen, tell nothing about where its rows are.
OLD_PAGES_BESIDE: dict[str, Any] = {
    "rows": 41,
    "page_size": 3,
    "keep": 11,
    "height": 9,
    "step": 2,
    "between": [[(0.06, -6)], [(0.4, 4)], [(0.25, 8)]],
    "during": [(0.0, 7), (0.06, 4), (0.0, -1), (0.53, 9), (0.08, -4), (0.12, -8), (0.0, 7)],
    "keyed": True,
}


@SMALL
@given(scripts(st.one_of(changes, deletions)))
@example(PUSHED_IN_FRONT)
@example(OLD_PAGES_BESIDE)
def test_up_to_the_top(case: dict[str, Any]) -> None:
    async def run() -> None:
        server = Restless.of(case["rows"], instant=False, keyed=case["keyed"])
        viewer = opened(server, case["height"], page_size=case["page_size"], keep_pages=case["keep"])
        await viewer.step(0)
        await viewer.step(case["rows"])
        server.throughout = set(server.ids)
        viewer.seen.clear()
        viewer.said.clear()
        viewer.show()
        server.script = case["during"]
        await viewer.to_the_top(case["step"], case["between"])
        lost = server.throughout - viewer.seen
        assert not lost or viewer.said, sorted(lost)
        await viewer.window.aclose()

    asyncio.run(run())
