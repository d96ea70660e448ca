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


class Priority(IntEnum):
    """Lower goes first. A request that somebody more urgent joins takes over their priority."""

    #: the user is waiting for it
    INTERACTIVE = 0
    #: rows that are likely to be looked at next
    PREFETCH = 1
    #: bulk reading that may take as long as it takes
    EXPORT = 2


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

        Prefetch and export leave a tenth of the budget to what the user waits for.
        """
        allowed = self.limit
        if priority is not Priority.INTERACTIVE:
            allowed = max(1, self.limit - int(self.limit * RESERVE))
        # more than the budget holds take further minutes, each after the one before
        minutes, last = divmod(max(1, requests) - 1, allowed)
        excess = self.used - allowed + last + 1
        if excess <= 0:
            return minutes * self.window
        if excess > len(self._returns):
            # Even with all of these back there is no room: the ones under way must end first.
            return (minutes + 1) * self.window
        return minutes * self.window + max(0.0, self._returns[excess - 1] - self._clock())

    def take(self) -> None:
        """A request is sent now."""
        self._sent += 1
        self._listeners.tell()

    def settle(self, *, counted: bool = True) -> None:
        """A request that was taken has ended.

        Args:
            counted: it may have reached the server; False gives the slot back at once.
        """
        self._sent -= 1
        if counted:
            self._returns.append(self._clock() + self.window)
        self._listeners.tell()

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back whenever a slot is taken or settled (not when one runs out with time); returns what ends that."""
        return self._listeners.add(callback)

    def _forget(self) -> None:
        now = self._clock()
        while self._returns and self._returns[0] <= now:
            self._returns.popleft()
