"""The words about the connection in the top line: what is left of the budget, or why nothing moves."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from cotui.api import Api

_STATES = {"offline": "offline", "refused": "keys refused"}


class ConnectionText:
    """Follows the worker and says in a few words how it is.

    It speaks when a request is sent or ends, and once a second while requests wait; an idle screen
    hears nothing of it.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._api: Api | None = None
        self._stop: list[Callable[[], None]] = []
        self._ticking: asyncio.TimerHandle | None = None
        self._scheduled: asyncio.Handle | None = None
        self.text = ""

    def watch(self, api: Api) -> None:
        self.close()
        self._api = api
        worker = api.worker
        self._stop = [worker.status.subscribe(self._soon), worker.budget.on_change(self._soon)]
        self.text = self._words()

    def close(self) -> None:
        for stop in self._stop:
            stop()
        self._stop = []
        for handle in (self._ticking, self._scheduled):
            if handle is not None:
                handle.cancel()
        self._ticking = self._scheduled = None

    def _soon(self) -> None:
        """Several changes in one turn of the loop are one."""
        if self._scheduled is None:
            self._scheduled = asyncio.get_running_loop().call_soon(self._update)

    def _update(self) -> None:
        self._scheduled = None
        text = self._words()
        if text != self.text:
            self.text = text
            self._changed()

    def _tick(self) -> None:
        self._ticking = None
        self._update()

    def _words(self) -> str:
        assert self._api is not None
        worker = self._api.worker
        pause = worker.status.paused_for
        if pause > 0:
            if self._ticking is None:
                self._ticking = asyncio.get_running_loop().call_later(1, self._tick)
            assert worker.status.pause is not None
            why = "limit reached" if worker.status.pause.reason == "budget" else "server asks to wait"
            return f"{why}: {math.ceil(pause)} s"
        level = f"{worker.budget.remaining}/{worker.budget.limit} req/min"
        state = _STATES.get(worker.status.connection)
        return f"{state} · {level}" if state else level
