"""How many requests the account still takes: a sliding window over the last minute.

ChargeOver allows 250 requests a minute by default (section 8 of the API notes) and counts them when
they arrive. A request here uses a slot from when it is sent until a minute after it ended, which is
at least as strict as the server's own window however long the way there takes.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from enum import IntEnum

from cotui.api.listeners import Listeners

WINDOW = 60.0
#: share of the limit that only what the user waits for may use
RESERVE = 0.1
#: share of the limit that names may use at most
NAMES_SHARE = 3


class Priority(IntEnum):
    """Lower goes first. A request that somebody more urgent joins takes over their priority."""

    #: the user is waiting for it
    INTERACTIVE = 0
    #: what the numbers on the screen stand for, which can be read without
    NAMES = 1
    #: rows that are likely to be looked at next
    PREFETCH = 2
    #: bulk reading that may take as long as it takes
    EXPORT = 3


class Budget:
    """A limited number of requests within any 60 seconds.

    Args:
        limit: requests allowed within the window.
        clock: seconds, monotonic.
        window: length of the window in seconds.
    """

    def __init__(
        self, limit: int, clock: Callable[[], float] = time.monotonic, *, window: float = WINDOW
    ) -> None:
        if limit < 1:
            raise ValueError(f"a budget of {limit} requests lets nothing through")
        self.limit = limit
        self.window = window
        self._clock = clock
        #: when each slot of a request that ended comes back
        self._returns: deque[float] = deque()
        self._sent = 0
        #: the same of those for names alone
        self._names_return: deque[float] = deque()
        self._names_sent = 0
        self._names_held = float("-inf")
        #: whether a call of many requests counts as many: until a 429 says so it is taken for one
        self.counts_each = False
        self._listeners: Listeners[[]] = Listeners()

    @property
    def used(self) -> int:
        """Requests that count at this moment, those under way included."""
        self._forget()
        return self._sent + len(self._returns)

    @property
    def remaining(self) -> int:
        """Requests that may be sent at this moment."""
        return max(0, self.limit - self.used)

    def wait_for(self, priority: Priority, requests: int = 1) -> float:
        """Seconds until so many requests of this priority may have been sent; 0.0 when they may now.

        All but what the user waits for leaves a tenth of the budget to that, and names take a third at most.
        """
        wait = self._wait(self._unreserved(priority), self.used, self._returns, requests)
        if priority is Priority.NAMES:
            used = self._names_sent + len(self._names_return)
            wait = max(wait, self._wait(self.allowed(priority), used, self._names_return, requests))
            wait = max(wait, self._names_held - self._clock())
        return wait

    def allowed(self, priority: Priority) -> int:
        """Most requests of this priority within the window."""
        share = max(1, self.limit // NAMES_SHARE) if priority is Priority.NAMES else self.limit
        return min(share, self._unreserved(priority))

    def _unreserved(self, priority: Priority) -> int:
        if priority is Priority.INTERACTIVE:
            return self.limit
        return max(1, self.limit - int(self.limit * RESERVE))

    def _wait(self, allowed: int, used: int, returns: deque[float], requests: int) -> float:
        # more than the budget holds take further minutes, each after the one before
        minutes, last = divmod(max(1, requests) - 1, allowed)
        excess = used - allowed + last + 1
        if excess <= 0:
            return minutes * self.window
        if excess > len(returns):
            # Even with all of these back there is no room: the ones under way must end first.
            return (minutes + 1) * self.window
        return minutes * self.window + max(0.0, returns[excess - 1] - self._clock())

    def hold_names(self) -> None:
        """The server has no room left: what it gets back within a minute is for all else."""
        self._names_held = self._clock() + self.window

    def cost(self, requests: int) -> int:
        """What a call that holds so many requests takes of the budget.

        That a batch counts once is not documented, but it is recommended for making fewer requests.
        """
        return requests if self.counts_each else 1

    def take(self, requests: int = 1, *, names: bool = False) -> None:
        """A call that counts as so many requests is sent now; `names` says what for."""
        self._sent += requests
        if names:
            self._names_sent += requests
        self._listeners.tell()

    def settle(self, requests: int = 1, *, names: bool = False, counted: bool = True) -> None:
        """A call that was taken has ended.

        Args:
            requests, names: as it was taken.
            counted: it may have reached the server; False gives the slots back at once.
        """
        back = [self._clock() + self.window] * (requests if counted else 0)
        self._sent -= requests
        self._returns.extend(back)
        if names:
            self._names_sent -= requests
            self._names_return.extend(back)
        self._listeners.tell()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back whenever a slot is taken or settled (not when one runs out with time); returns what ends that."""
        return self._listeners.add(callback)

    def _forget(self) -> None:
        now = self._clock()
        for returns in (self._returns, self._names_return):
            while returns and returns[0] <= now:
                returns.popleft()
