"""Requests are let through one by one: the most urgent first, few at a time, within the budget."""

from __future__ import annotations

import asyncio

import pytest

from cotui.api.transport.budget import Budget, Priority
from cotui.api.transport.status import Pause
from cotui.api.transport.turnstile import Ticket, Turnstile
from tests.api.support import ManualTime, settle

USER, AHEAD = Priority.INTERACTIVE, Priority.PREFETCH


class Queue:
    """A turnstile with time under control, and those who want to pass."""

    def __init__(self, *, limit: int = 1000, connections: int = 2) -> None:
        self.time = ManualTime()
        self.turnstile = Turnstile(
            Budget(limit, clock=self.time.clock),
            connections=connections,
            clock=self.time.clock,
            sleep=self.time.sleep,
        )
        self.tasks: list[asyncio.Task[None]] = []

    async def come(self, priority: Priority) -> Ticket:
        ticket = Ticket(priority)
        self.tasks.append(asyncio.create_task(self.turnstile.enter(ticket)))
        await settle()
        return ticket

    async def end(self) -> None:
        self.turnstile.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_the_most_urgent_passes_first_and_then_whoever_came_first() -> None:
    queue = Queue()
    inside = [await queue.come(USER), await queue.come(USER)]
    late = [await queue.come(priority) for priority in (AHEAD, USER, USER)]
    queue.turnstile.leave(inside[0])
    assert [queue.turnstile.admitted(ticket) for ticket in late] == [False, True, False]
    queue.turnstile.leave(inside[1])
    assert [queue.turnstile.admitted(ticket) for ticket in late] == [False, True, True]
    await queue.end()


async def test_what_is_fetched_ahead_leaves_one_connection_to_the_user() -> None:
    queue = Queue(connections=3)
    ahead = [await queue.come(AHEAD) for _ in range(3)]
    assert [queue.turnstile.admitted(ticket) for ticket in ahead] == [True, True, False]
    assert queue.turnstile.admitted(await queue.come(USER))
    await queue.end()


async def test_a_ticket_becomes_more_urgent_and_never_less() -> None:
    queue = Queue(connections=2)
    await queue.come(AHEAD)
    waits = await queue.come(AHEAD)
    assert not queue.turnstile.admitted(waits)
    queue.turnstile.raise_to(waits, USER)
    assert queue.turnstile.admitted(waits)
    queue.turnstile.raise_to(waits, AHEAD)
    assert waits.priority is USER
    await queue.end()


async def test_while_the_server_wants_a_pause_nobody_passes() -> None:
    queue = Queue()
    queue.turnstile.pause_for(5)
    queue.turnstile.pause_for(2)  # a shorter one ends none
    ticket = await queue.come(USER)
    assert queue.turnstile.pause == Pause("server", 1005.0)
    await queue.time.advance(4.9)
    assert not queue.turnstile.admitted(ticket)
    await queue.time.advance(0.2)
    assert queue.turnstile.admitted(ticket)
    assert queue.turnstile.pause is None
    await queue.end()


async def test_an_empty_budget_is_waited_for() -> None:
    queue = Queue(limit=1)
    first = await queue.come(USER)
    second = await queue.come(USER)
    queue.turnstile.leave(first)
    assert queue.turnstile.pause is not None
    assert queue.turnstile.pause.reason == "budget"
    await queue.time.advance(61)
    assert queue.turnstile.admitted(second)
    await queue.end()


async def test_who_goes_away_while_waiting_holds_nobody_up() -> None:
    queue = Queue()
    inside = [await queue.come(USER), await queue.come(USER)]
    gone, stays = await queue.come(USER), await queue.come(USER)
    queue.tasks[2].cancel()
    await settle()
    queue.turnstile.leave(inside[0])
    assert (queue.turnstile.admitted(gone), queue.turnstile.admitted(stays)) == (False, True)
    assert queue.turnstile.inside == 2
    await queue.end()


def test_with_one_connection_none_could_be_kept_for_the_user() -> None:
    time = ManualTime()
    with pytest.raises(ValueError, match="fewer than two"):
        Turnstile(Budget(10), connections=1, clock=time.clock, sleep=time.sleep)


async def test_names_that_have_to_wait_hold_up_nobody() -> None:
    queue = Queue(limit=30, connections=20)
    names = [await queue.come(Priority.NAMES) for _ in range(12)]
    assert sum(map(queue.turnstile.admitted, names)) == 10
    assert queue.turnstile.admitted(await queue.come(AHEAD))
    assert queue.turnstile.admitted(await queue.come(USER))
    for ticket in names[:10]:
        queue.turnstile.leave(ticket)
    await queue.time.advance(60)
    assert all(map(queue.turnstile.admitted, names[10:]))
    await queue.end()


async def test_names_go_before_what_is_fetched_ahead_and_behind_the_user() -> None:
    queue = Queue(connections=2)
    first = [await queue.come(USER), await queue.come(USER)]
    late = [await queue.come(priority) for priority in (AHEAD, Priority.NAMES, USER)]
    queue.turnstile.leave(first[0])
    assert [queue.turnstile.admitted(ticket) for ticket in late] == [False, False, True]
    queue.turnstile.leave(first[1])
    queue.turnstile.leave(late[2])
    assert [queue.turnstile.admitted(ticket) for ticket in late] == [False, True, False]
    await queue.end()


async def test_names_leave_half_of_the_connections_to_what_the_user_waits_for() -> None:
    queue = Queue(connections=4)
    names = [await queue.come(Priority.NAMES) for _ in range(4)]
    assert [queue.turnstile.admitted(ticket) for ticket in names] == [True, True, False, False]
    assert queue.turnstile.admitted(await queue.come(AHEAD)), "those that wait hold up nobody"
    assert queue.turnstile.admitted(await queue.come(USER))
    queue.turnstile.leave(names[0])
    assert queue.turnstile.admitted(names[2])
    await queue.end()
