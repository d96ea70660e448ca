"""Waiting for a series of jumps to end, such as those of a dragged scrollbar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeAlias

#: seconds without another jump after which a series of them is taken to have ended
PAUSE = 0.1


class Cancellable(Protocol):
    """What an event loop's `call_later` returns."""

    def cancel(self) -> None:
        """Do not run it."""
        ...


#: runs something after so many seconds, unless it is cancelled
Later: TypeAlias = Callable[[float, Callable[[], None]], Cancellable]


class ScrollDebounce:
    """Tells a single jump, to be followed at once, from one of many.

    Args:
        ended: called when a series of jumps has ended.
        later: the event loop's `call_later` when None.
    """

    def __init__(self, ended: Callable[[], None], later: Later | None) -> None:
        self._ended = ended
        self._later = later
        self._last = float("-inf")
        self._waiting: Cancellable | None = None

    @property
    def under_way(self) -> bool:
        """Whether another jump is expected, so that it is too early to follow."""
        return self._waiting is not None

    def jump(self, now: float) -> None:
        """The viewport jumped."""
        self.stop()
        if now - self._last < PAUSE:
            later = self._later or asyncio.get_running_loop().call_later
            self._waiting = later(PAUSE, self._over)
        self._last = now

    def stop(self) -> None:
        """Expect no more of them."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _over(self) -> None:
        self._waiting = None
        self._ended()
