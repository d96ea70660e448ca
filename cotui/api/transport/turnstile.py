"""Lets requests through one by one: the most urgent first, few at a time, within the budget."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable

from cotui.api.transport.budget import Budget, Priority
from cotui.api.transport.status import Pause
from cotui.api.transport.tasks import begin_task


class Ticket:
    """One request's place in the queue; its priority may be raised at any time."""

    __slots__ = ("arrival", "priority")

    _arrivals = itertools.count()

    def __init__(self, priority: Priority) -> None:
        self.priority = priority
        self.arrival = next(self._arrivals)


class Turnstile:
    """Bounds how many requests are under way, and when.

    Prefetch and export never take the last connection, so that one is free for what the user waits
    for. While the budget is empty, or the server asked for a pause, requests wait here.

    Args:
        budget: requests per minute.
        connections: requests under way at once, at least 2.
        clock: seconds, monotonic; the budget's own.
        sleep: waits so many seconds.
        changed: called when the queue, the requests under way or the pause changed.
    """

    def __init__(
        self,
        budget: Budget,
        *,
        connections: int,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        if connections < 2:
            raise ValueError("with fewer than two connections none can be kept for the user")
        self._budget = budget
        self._connections = connections
        self._clock = clock
        self._sleep = sleep
        self._changed = changed
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._inside: set[Ticket] = set()
        self._server_pause = 0.0
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0
        self.pause: Pause | None = None

    @property
    def inside(self) -> int:
        """Requests under way."""
        return len(self._inside)

    def admitted(self, ticket: Ticket) -> bool:
        """Whether this request is under way."""
        return ticket in self._inside

    async def enter(self, ticket: Ticket) -> None:
        """Wait until this ticket may pass; then `leave` must be called."""
        gate = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = gate
        self._admit()
        try:
            await gate
        except asyncio.CancelledError:
            if ticket in self._inside:  # let through and cancelled in the same moment: nothing was sent
                self.leave(ticket, counted=False)
            else:
                del self._waiting[ticket]
                self._admit()
            raise

    def leave(self, ticket: Ticket, *, counted: bool = True) -> None:
        """The request ended; `counted` as in `Budget.settle`."""
        self._inside.remove(ticket)
        self._budget.settle(counted=counted)
        self._admit()

    def raise_to(self, ticket: Ticket, priority: Priority) -> None:
        """Make a ticket more urgent; never less."""
        if priority < ticket.priority:
            ticket.priority = priority
            self._admit()

    def pause_for(self, seconds: float) -> None:
        """The server wants nothing sent for so long."""
        self._server_pause = max(self._server_pause, self._clock() + seconds)
        self._admit()

    def close(self) -> None:
        """Stop the alarm; tickets that still wait are the callers' to cancel."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _admit(self) -> None:
        """Let through whoever may pass now, and set the alarm for when the next one may."""
        while ticket := self._most_urgent():
            if not self._has_room(ticket):
                break
            wait = self._hold(ticket.priority)
            if wait > 0:
                self._wake_in(wait)
                break
            self._inside.add(ticket)
            self._budget.take()
            self._waiting.pop(ticket).set_result(None)
        self.pause = self._pause()
        self._changed()

    def _most_urgent(self) -> Ticket | None:
        # A gate that is done here was cancelled, and its task has not run since.
        waiting = (ticket for ticket, gate in self._waiting.items() if not gate.done())
        return min(waiting, key=lambda ticket: (ticket.priority, ticket.arrival), default=None)

    def _has_room(self, ticket: Ticket) -> bool:
        if len(self._inside) >= self._connections:
            return False
        if ticket.priority is Priority.INTERACTIVE:
            return True
        background = sum(other.priority is not Priority.INTERACTIVE for other in self._inside)
        return background < self._connections - 1

    def _hold(self, priority: Priority) -> float:
        """Seconds for which nothing of this priority may be sent."""
        return max(self._server_pause - self._clock(), self._budget.wait_for(priority))

    def _pause(self) -> Pause | None:
        """The pause to show: only one that holds up even what the user waits for."""
        wait = self._hold(Priority.INTERACTIVE)
        if wait <= 0 or not self._waiting:
            return None
        now = self._clock()
        by_server = self._server_pause - now >= wait
        return Pause("server" if by_server else "budget", round(now + wait, 3))

    def _wake_in(self, seconds: float) -> None:
        due = self._clock() + seconds
        if self._alarm is not None and not self._alarm.done() and self._alarm_at <= due:
            return  # rings first, and sets itself again
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = due
        self._alarm = begin_task(self._ring(seconds))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self._admit()
