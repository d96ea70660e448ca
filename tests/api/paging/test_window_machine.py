"""Properties of the window over a list that changes while it is read, answers coming in any order."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cotui.api.paging.viewport import AHEAD
from cotui.api.paging.window import Change, RecordWindow
from tests.api.paging.window_server import Asked, Clock, Server, Timers, drain
from tests.depth import examples

#: position in the list, as a share of its length, so that shrinking keeps its meaning
places = st.floats(min_value=0, max_value=1, allow_nan=False)


class ChangingList(RuleBasedStateMachine):
    """Scrolls, insertions and deletions, with requests looked at, answered, failed in any order."""

    moves = False

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.faults: list[dict[str, Any]] = []
        self.loop.set_exception_handler(lambda _loop, context: self.faults.append(context))
        self.clock = Clock()
        self.timers = Timers()
        self.shifts = 0
        self.window: RecordWindow

    @initialize(
        rows=st.integers(0, 60),
        page_size=st.integers(2, 9),
        keep=st.integers(1, 6),
        maximum=st.sampled_from([1000, 1000, 5]),
        countable=st.sampled_from([True, True, False]),
    )
    def begin(self, rows: int, page_size: int, keep: int, maximum: int, countable: bool) -> None:
        self.server = Server.of(rows, instant=False, maximum=maximum, countable=countable)
        self.next_id = rows + 1
        self.throughout = set(self.server.ids)

        async def make() -> None:
            self.window = RecordWindow(
                self.server, page_size=page_size, keep_pages=keep, clock=self.clock, later=self.timers
            )
            self.window.subscribe(self.hear)
            self.window.start()

        self.loop.run_until_complete(make())
        drain(self.loop)
        self.first_page_and_count_are_one_look()

    def hear(self, change: Change) -> None:
        self.shifts += change.kind == "shifted"

    def at(self, place: float, length: int) -> int:
        return round(place * length)

    @rule(place=places, height=st.integers(1, 12))
    def scroll(self, place: float, height: int) -> None:
        first = self.at(place, max(self.window.length - 1, 0))
        self.view(first, first + height - 1)

    @rule(step=st.integers(-6, 6), height=st.integers(1, 12))
    def travel(self, step: int, height: int) -> None:
        first = max(self.window._place.viewport.first + step, 0)
        self.view(first, first + height - 1)

    def view(self, first: int, last: int) -> None:
        async def look() -> None:
            self.window.view(first, last)

        self.loop.run_until_complete(look())
        drain(self.loop)

    @rule(place=places, rows=st.integers(1, 12))
    def insert(self, place: float, rows: int) -> None:
        where = self.at(place, len(self.server.ids))
        self.server.ids[where:where] = range(self.next_id, self.next_id + rows)
        self.next_id += rows

    @rule(place=places, rows=st.integers(1, 12))
    def delete(self, place: float, rows: int) -> None:
        where = self.at(place, len(self.server.ids))
        self.throughout.difference_update(self.server.ids[where : where + rows])
        del self.server.ids[where : where + rows]

    @precondition(lambda self: self.moves and self.server.ids)
    @rule(start=places, end=places)
    def move(self, start: float, end: float) -> None:
        row = self.server.ids.pop(self.at(start, len(self.server.ids) - 1))
        self.server.ids.insert(self.at(end, len(self.server.ids)), row)

    @rule(seconds=st.sampled_from([0.1, 2.0, 70.0]))
    def time(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        """The server reads its list now, the answer is still on its way."""
        if asked := self.pick(data, [asked for asked in self.server.waiting if not asked.looked]):
            self.server.look(asked)

    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        if asked := self.pick(data, self.server.waiting):
            self.server.deliver(asked)
            drain(self.loop)

    @rule(data=st.data())
    def fail(self, data: st.DataObject) -> None:
        if asked := self.pick(data, self.server.waiting):
            self.server.fail(asked)
            drain(self.loop)

    @rule()
    def retry(self) -> None:
        async def again() -> None:
            self.window.retry()

        self.loop.run_until_complete(again())
        drain(self.loop)

    @rule(place=places)
    def refresh(self, place: float) -> None:
        row = self.window.row(self.at(place, max(self.window.length - 1, 0)))

        async def again() -> None:
            task = asyncio.get_running_loop().create_task(
                self.window.refresh(None if row is None else row.id)
            )
            self.refreshing = task

        self.loop.run_until_complete(again())
        drain(self.loop)

    def pick(self, data: st.DataObject, choices: list[Asked]) -> Asked | None:
        return data.draw(st.sampled_from(choices)) if choices else None

    @rule()
    def rest(self) -> None:
        async def fire() -> None:
            self.timers.fire()

        self.loop.run_until_complete(fire())
        drain(self.loop)

    def settle(self) -> None:
        self.rest()
        for _ in range(200):
            waiting = self.server.waiting
            if not waiting:
                return
            self.server.deliver(waiting[0])
            drain(self.loop)
        raise AssertionError("a list that no longer changes is asked for without end")

    def scroll_through(self, height: int) -> set[int]:
        """Everything seen on the way from the first to the last row."""
        seen: set[int] = set()
        first = 0
        while True:
            self.clock.now += 100
            self.view(first, first + height - 1)
            self.settle()
            seen.update(key for key in self.visible(first, first + height - 1) if key is not None)
            if first + height >= self.window.length:
                return seen
            first += max(height // 2, 1)

    def visible(self, first: int, last: int) -> list[int | None]:
        rows = (self.window.row(index) for index in range(first, last + 1))
        return [None if row is None else row.raw["customer_id"] for row in rows]

    @invariant()
    def first_page_and_count_are_one_look(self) -> None:
        """The window takes them as one (see `Extent`) where they are sent together, so the server does."""
        new = [asked for asked in self.server.waiting if not asked.looked]
        both = [asked for asked in new if not asked.offset]
        if len(both) > 1:
            for asked in both:
                self.server.look(asked)

    @invariant()
    def nothing_went_wrong(self) -> None:
        assert not self.faults

    @invariant()
    def no_record_is_shown_twice(self) -> None:
        shown = [key for key in self.visible(0, self.window.length + 50) if key is not None]
        assert len(shown) == len(set(shown))
        for index, key in enumerate(self.visible(0, self.window.length + 50)):
            if key is not None:
                assert self.window.index_of(key) == index

    @invariant()
    def memory_is_bounded(self) -> None:
        # At most 12 rows are ever in view here, and pages are evicted when others arrive.
        assert len(self.window._rows.cache) <= max(self.window._keep_pages, 12 + AHEAD + 3)

    @invariant()
    def requests_are_not_doubled(self) -> None:
        offsets = [asked.offset for asked in self.server.waiting]
        assert len(offsets) == len(set(offsets))

    def teardown(self) -> None:
        try:
            if hasattr(self, "server"):
                self.check_everything_can_be_reached()
        finally:
            if hasattr(self, "server"):
                self.loop.run_until_complete(self.window.aclose())
                assert not self.server.waiting
            self.loop.close()

    def check_everything_can_be_reached(self) -> None:
        self.retry()
        self.settle()
        if self.moves:
            self.clock.now += 1000  # a record can move without a trace; then only age helps
        for _ in range(6):
            self.shifts = 0
            seen = self.scroll_through(height=7)
            if not self.shifts:
                break
        else:
            raise AssertionError("a list that no longer changes is said to shift without end")
        assert self.throughout <= seen

        # After a refresh everything is as it is on the server.
        self.refresh(0.0)
        self.settle()
        assert self.refreshing.done()
        assert self.scroll_through(height=7) == set(self.server.ids)
        assert self.window.length == len(self.server.ids)
        if self.server.countable or self.server.ids:
            assert self.window.total == len(self.server.ids)


class MovingList(ChangingList):
    """The same, with records that also change places."""

    moves = True


EFFORT = settings(max_examples=examples(120, short=30), stateful_step_count=40)
ChangingList.TestCase.settings = EFFORT
MovingList.TestCase.settings = EFFORT
TestChangingList = ChangingList.TestCase
TestMovingList = MovingList.TestCase
