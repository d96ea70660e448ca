"""Lets requests through one by one: the most urgent first, few at a time, within the budget."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable

from cotui.api.transport.budget import Budget, Priority
from cotui.api.transport.status import Pause
from cotui.api.transport.tasks import begin_apart


class Ticket:
    """One call's place in the queue; its priority may be raised at any time. It may hold several requests."""

    __slots__ = ("arrival", "priority", "requests", "taken")

    _arrivals = itertools.count()

    def __init__(self, priority: Priority, requests: int = 1) -> None:
        self.priority = priority
        self.arrival = next(self._arrivals)
        self.requests = requests
        #: what it took of the budget when it was let through, and whether for names
        self.taken = (1, False)


class Turnstile:
    """Bounds how many requests are under way, and when.

    Nothing but what the user waits for takes the last connection, and names take half of them at most. While the
    budget is empty, or the server asked for a pause, requests wait here; names, whose share of it is smaller, hold up
    nobody else.

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
        requests, names = ticket.taken
        self._budget.settle(requests, names=names, counted=counted)
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
        for ticket in self._by_urgency():
            if not self._has_room(ticket):
                if ticket.priority is Priority.NAMES:
                    continue
                break
            cost = self._budget.cost(ticket.requests)
            wait = self._hold(ticket.priority, cost)
            if wait > 0:
                self._wake_in(wait)
                if ticket.priority is Priority.NAMES:
                    continue
                break
            self._inside.add(ticket)
            ticket.taken = (cost, ticket.priority is Priority.NAMES)
            self._budget.take(cost, names=ticket.taken[1])
            self._waiting.pop(ticket).set_result(None)
        self.pause = self._pause()
        self._changed()

    def _by_urgency(self) -> list[Ticket]:
        # A gate that is done here was cancelled, and its task has not run since.
        waiting = (ticket for ticket, gate in self._waiting.items() if not gate.done())
        return sorted(waiting, key=lambda ticket: (ticket.priority, ticket.arrival))

    def _has_room(self, ticket: Ticket) -> bool:
        if len(self._inside) >= self._connections:
            return False
        if ticket.priority is Priority.INTERACTIVE:
            return True
        if ticket.priority is Priority.NAMES:
            names = sum(other.priority is Priority.NAMES for other in self._inside)
            if names >= max(1, self._connections // 2):
                return False
        background = sum(other.priority is not Priority.INTERACTIVE for other in self._inside)
        return background < self._connections - 1

    def _hold(self, priority: Priority, requests: int = 1) -> float:
        """Seconds for which no so many requests of this priority may be sent."""
        # a call that counts for more than a whole minute's goes when there is nothing before it
        requests = min(requests, self._budget.allowed(priority))
        return max(self._server_pause - self._clock(), self._budget.wait_for(priority, requests))

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
        self._alarm = begin_apart(self._ring(seconds))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._alarm = None
        self._admit()
