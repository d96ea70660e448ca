"""What the worker is doing, for a status line to show."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cotui.api.errors import ApiError, Forbidden, Unauthorized
from cotui.api.listeners import Listeners

#: "untried": nothing was asked yet; "online": the server answers; "offline": it cannot be reached, or
#: what answers is no API; "refused": it does not accept the keys
ConnectionState = Literal["untried", "online", "offline", "refused"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Why nothing is sent at the moment.

    Attributes:
        reason: "budget" where our own count says the minute is used up, "server" after a 429.
        until: when it ends, in seconds of the worker's clock.
    """

    reason: Literal["budget", "server"]
    until: float


@dataclass(frozen=True, slots=True)
class Wait:
    """What the user waits for: answers, and what is read in bulk; not what is fetched ahead.

    Attributes:
        since: when the oldest of it was asked for, retries and its turn in the queue included; seconds of the
            worker's clock.
        writes: a write was sent, of which only the answer tells what became of it.
    """

    since: float
    writes: bool = False


class Status:
    """The worker's state, observable.

    Attributes:
        in_flight: requests on their way.
        waiting: requests that wait for their turn, those between two attempts included.
        pause: set while requests wait for the limit of requests per minute.
        wait: what the user waits for; None while that is nothing.
        last_error: the last failure; None once a request succeeded again.
        connection: whether the server can be reached and accepts the keys.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._listeners: Listeners[[]] = Listeners()
        self.in_flight = 0
        self.waiting = 0
        self.pause: Pause | None = None
        self.wait: Wait | None = None
        self.last_error: ApiError | None = None
        self.connection: ConnectionState = "untried"

    @property
    def paused_for(self) -> float:
        """Seconds until requests are sent again; 0.0 when there is no pause."""
        return max(0.0, self.pause.until - self._clock()) if self.pause else 0.0

    @property
    def waited_for(self) -> float:
        """Seconds for which the user has been waiting; 0.0 while there is nothing to wait for."""
        return max(0.0, self._clock() - self.wait.since) if self.wait else 0.0

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back after every change (not for time that merely passes); returns what ends that."""
        return self._listeners.add(callback)

    def update(self, *, in_flight: int, waiting: int, pause: Pause | None, wait: Wait | None = None) -> None:
        """Set the counts; tells observers when they differ from before."""
        now = (in_flight, waiting, pause, wait)
        if (self.in_flight, self.waiting, self.pause, self.wait) != now:
            self.in_flight, self.waiting, self.pause, self.wait = now
            self._listeners.tell()

    def succeeded(self) -> None:
        """A request brought what was asked for."""
        if self.connection != "online" or self.last_error is not None:
            self.connection, self.last_error = "online", None
            self._listeners.tell()

    def keys_are_accepted(self) -> None:
        """A refusal was about one object: others come with the same keys."""
        if self.connection == "refused":
            self.succeeded()

    def failed(self, error: ApiError) -> None:
        """A request failed, perhaps to be tried again."""
        self.last_error = error
        if isinstance(error, Unauthorized | Forbidden):
            self.connection = "refused"
        else:
            self.connection = "offline" if error.offline else "online"
        self._listeners.tell()
