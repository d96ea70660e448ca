"""For how long a command has been waiting, for whoever looks at it: not a word where nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from cotui.cli import out

if TYPE_CHECKING:
    from cotui.api import Api

#: seconds of waiting before anything is said, and from then on between two lines
PATIENCE: Final = 3.0
EVERY: Final = 10.0


class WaitNotice:
    """Says on stderr, where that is a terminal, that an answer takes its time.

    Args:
        say: tells a line.
        later: the event loop's `call_later`.
    """

    def __init__(
        self,
        api: Api,
        say: Callable[[str], None],
        *,
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle] | None = None,
    ) -> None:
        self._api = api
        self._say = say
        self._later = later or asyncio.get_running_loop().call_later
        self._timer: asyncio.TimerHandle | None = None
        self._stop: Callable[[], None] = lambda: None
        if "stderr" not in out.not_terminals():
            self._stop = api.worker.status.subscribe(self._changed)

    def close(self) -> None:
        """Say nothing any more."""
        self._stop()
        self._stop_timer()

    def _changed(self) -> None:
        if self._api.worker.status.wait is None:
            self._stop_timer()
        elif self._timer is None:
            self._timer = self._later(PATIENCE, self._tick)

    def _tick(self) -> None:
        status = self._api.worker.status
        self._timer = None
        if status.wait is None:
            return
        waited = status.waited_for
        if waited < PATIENCE:  # another request by now
            self._timer = self._later(PATIENCE - waited, self._tick)
            return
        if status.paused_for <= 0:  # a pause is told with its own words
            why = f" ({status.last_error.what}, trying again)" if status.last_error is not None else ""
            self._say(f"waiting for {self._api.connection.host} for {waited:.0f} s{why}; Ctrl+C ends it")
        self._timer = self._later(EVERY, self._tick)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
