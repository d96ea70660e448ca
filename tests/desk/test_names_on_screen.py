"""When names are asked for: at once where they are cheap, of rows that stay where they are not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from cotui.api import Priority, RateLimited
from cotui.api.abilities import BULK
from cotui.api.calls import count_rows
from cotui.desk.names import PATIENCE, CustomerNames, Ref
from cotui.desk.names_on_screen import BRIEFLY, FEW, STILL, NamesOnScreen
from tests.api.support import ManualTime, settle
from tests.desk.test_names import Server


class Screen:
    """Rows that come and go, with time under control."""

    def __init__(self, *, bulk: bool = True, customers: int = 400) -> None:
        self.server = Server(**{f"_{number}": f"No. {number}" for number in range(1, customers)})
        self.server.bulk = bulk
        if not bulk:
            self.server.api.abilities.learn(BULK, False)
        self.time = ManualTime()
        self.names = CustomerNames(clock=self.time.clock)
        self.rows: list[Ref] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.asker = NamesOnScreen(
            self.server.api, self.names, lambda: self.rows, self.run, later=self.later, clock=self.time.clock
        )

    def run(self, asking: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.tasks.append(asyncio.ensure_future(asking()))

    def later(self, seconds: float, then: Callable[[], None]) -> asyncio.Task[None]:
        async def wait() -> None:
            await self.time.sleep(seconds)
            then()

        self.tasks.append(task := asyncio.ensure_future(wait()))
        return task

    async def show(self, *rows: Ref) -> int:
        """How many requests that takes before time passes."""
        before = len(self.server.asked)
        self.rows = list(rows)
        self.asker.look()
        await self.settled()
        return len(self.server.asked) - before

    async def settled(self) -> None:
        for _ in range(8):
            await settle()

    async def pass_by(self, seconds: float) -> int:
        before = len(self.server.asked)
        await self.time.advance(seconds)
        await self.settled()
        return len(self.server.asked) - before

    async def end(self) -> None:
        self.asker.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.server.api.aclose()


async def test_a_screenful_of_strangers_takes_two_requests_and_none_again() -> None:
    screen = Screen()
    strangers = range(1, 37)
    assert await screen.show(*strangers) == 2
    assert all(screen.names.known(ref) for ref in strangers)
    assert await screen.show(*strangers) == 0
    assert await screen.pass_by(60) == 0
    assert await screen.show(*strangers, 37) == 1
    await screen.end()


async def test_rows_that_fly_past_are_not_asked_for() -> None:
    screen = Screen()
    assert await screen.show(1, 2) == 1
    assert await screen.pass_by(BRIEFLY / 2) == 0
    for number in range(10, 100, 10):
        assert await screen.show(number, number + 1) == 0
        await screen.pass_by(BRIEFLY / 2)
    assert await screen.pass_by(BRIEFLY) == 1
    assert [screen.names.known(ref) is not None for ref in (10, 80, 90, 91)] == [False, False, True, True]
    await screen.end()


async def test_one_by_one_only_where_rows_stand_still() -> None:
    screen = Screen(bulk=False)
    assert await screen.show(*range(1, 9)) == 0
    assert await screen.pass_by(STILL * 0.9) == 0
    assert await screen.show(*range(11, 19)) == 0
    assert await screen.pass_by(STILL * 0.9) == 0
    assert await screen.pass_by(STILL * 0.2) == 8
    assert all(screen.names.known(ref) for ref in range(11, 19))
    assert screen.names.known(1) is None
    await screen.end()


async def test_who_leaves_meanwhile_is_asked_for_no_longer() -> None:
    screen = Screen(bulk=False)
    await screen.show(*range(1, 31))
    asking = screen.names.ask

    async def leaving(*args: Any, **options: Any) -> None:
        await asking(*args, **options)
        screen.rows = [99]

    screen.names.ask = leaving  # type: ignore[method-assign]
    assert await screen.pass_by(STILL) == FEW
    await screen.end()


async def test_names_never_take_more_than_a_third_of_the_minute() -> None:
    screen = Screen(customers=40_000)
    budget = screen.server.api.worker.budget
    third = budget.allowed(Priority.NAMES)
    before = budget.used
    for page in range(400):  # PageDown is held, page by page of 36 strangers, as fast as they are painted
        await screen.show(*range(1 + 36 * page, 37 + 36 * page))
        await screen.time.advance(BRIEFLY * 1.5)
    assert budget.used - before <= third
    await screen.end()


@pytest.mark.parametrize("rows", [[], [0]])
async def test_where_there_is_nobody_nothing_is_asked(rows: list[int]) -> None:
    screen = Screen()
    assert await screen.show(*(ref for ref in rows if ref)) == 0
    screen.asker.close()
    assert await screen.show(1, 2) == 0
    await screen.end()


async def test_names_that_failed_come_while_their_rows_are_on_the_screen() -> None:
    screen = Screen()
    screen.server.code = 501
    assert await screen.show(1, 2) == 2
    assert await screen.show(1, 2) == 0
    screen.server.code = 200
    assert await screen.pass_by(PATIENCE * 0.9) == 0
    assert await screen.pass_by(PATIENCE * 0.2) == 1
    assert screen.names.known(1)
    await screen.end()


async def test_a_blocked_batch_makes_no_flood_of_single_requests() -> None:
    screen = Screen()
    screen.server.blocked = True
    assert await screen.show(*range(1, 37)) == 2
    assert await screen.pass_by(STILL * 0.9) == 0
    assert await screen.pass_by(STILL * 0.2) == 36
    await screen.end()


async def test_after_a_429_the_minute_is_for_what_the_user_waits_for() -> None:
    screen = Screen()
    budget = screen.server.api.worker.budget
    assert await screen.show(1, 2) == 1
    screen.server.limited = True
    with pytest.raises(RateLimited):
        await screen.server.api.worker.submit(count_rows("customer"), retry=False)
    screen.server.limited = False
    assert budget.wait_for(Priority.NAMES) > 55
    assert budget.wait_for(Priority.INTERACTIVE) == 0
    assert await screen.show(11, 12) == 0
    await screen.end()


async def test_whom_a_batch_does_not_tell_is_asked_for_alone_where_rows_stand_still() -> None:
    screen = Screen()
    one = screen.server.one

    def keyless(path: str) -> dict[str, Any]:
        found = one(path)
        if len(screen.server.asked) == 1 and path.endswith(("/3", "/4")):
            del found["response"]["customer_id"]  # whose name this is, a batch does not tell
        return found

    screen.server.one = keyless  # type: ignore[method-assign]
    assert await screen.show(1, 2, 3, 4) == 1
    assert [screen.names.known(ref) is not None for ref in (2, 3, 4)] == [True, False, False]
    assert await screen.pass_by(STILL * 0.9) == 0
    assert await screen.pass_by(STILL * 0.2) == 2
    assert screen.server.asked[1:] == ["customer/3", "customer/4"]
    assert screen.names.known(4)
    await screen.end()
