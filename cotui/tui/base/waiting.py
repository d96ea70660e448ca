"""For how long its user has been waiting, and how to leave that: one line, on whatever screen is on top.

The worker knows when each request began. Here that becomes words, once a second and only while somebody waits: an idle
screen hears nothing. Screens and dialogs show the words by `show_wait`; what Esc does is `leave`.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Final, Protocol

from cotui.safety.text import clean

if TYPE_CHECKING:
    from cotui.api import Api, Status

#: seconds of waiting before anything is said: most answers are here sooner
PATIENCE: Final = 3.0

#: runs something after so many seconds; what it returns has a `cancel`
Later = Callable[[float, Callable[[], None]], asyncio.TimerHandle]


class ShowsWait(Protocol):
    """A screen that has a place for the words, while it lives."""

    @property
    def living(self) -> bool: ...

    def show_wait(self, text: str) -> None: ...


def duration(seconds: float) -> str:
    """A time in whole seconds, or minutes and seconds: "40 s", "2 min 5 s"."""
    whole = max(0, math.ceil(seconds))
    return f"{whole} s" if whole < 100 else f"{whole // 60} min {whole % 60} s"


def wait_words(status: Status, whom: str) -> str:
    """What is said to somebody who waits for an answer of `whom`; "" for who does not, or not for long."""
    seconds = status.waited_for
    if status.wait is None or seconds < PATIENCE:
        return ""
    how_long = duration(int(seconds))
    if status.wait.writes:
        return f"no answer for {how_long} · it was sent, once: how it ended will be told here"
    parts = [f"waiting for {how_long}", "esc leaves it"]
    if status.paused_for > 0:
        parts.append(f"the limit of requests, {duration(status.paused_for)} more")
    elif status.last_error is not None:
        parts.append(f"{status.last_error.what}, trying again")
    else:
        parts.append(whom)
    return clean(" · ".join(parts))


class Waiting:
    """Follows the worker and tells the screen on top for how long its user waits.

    Args:
        whom: for whom; "" for the host.
        around: entered while a screen is told; the worker's own tasks know of no app.
    """

    def __init__(
        self,
        top: Callable[[], ShowsWait | None],
        *,
        whom: str = "",
        later: Later | None = None,
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._top = top
        self._around = around
        self._whom = whom
        self._later = later
        self._api: Api | None = None
        self._stop: Callable[[], None] = lambda: None
        self._timer: asyncio.TimerHandle | None = None
        self._shown_on: ShowsWait | None = None
        self.text = ""

    def watch(self, api: Api) -> None:
        self.close()
        self._api = api
        self._stop = api.worker.status.subscribe(self._changed)
        self._changed()

    def close(self) -> None:
        self._stop()
        self._stop = lambda: None
        self._api = None
        self._stop_timer()
        self._show("")

    def forget(self, api: Api) -> None:
        """Stop following this account, unless it is another one by now."""
        if self._api is api:
            self.close()

    def leave(self) -> bool:
        """Wait no longer: reads end as stopped, a write that was sent does not. Whether there was anything to leave."""
        return self._api is not None and self._api.worker.give_up()

    def _changed(self) -> None:
        """The worker did something. Most of what it does is over long before it would be told."""
        status = self._api.worker.status if self._api is not None else None
        if status is None or status.wait is None:
            self._stop_timer()
            self._show("")
        elif self._timer is None or (self.text and status.waited_for < PATIENCE):
            self._stop_timer()
            self._show("")  # what took so long is here, and something else is waited for
            self._wake(PATIENCE - status.waited_for)

    def _tick(self) -> None:
        self._timer = None
        if self._api is None or self._api.worker.status.wait is None:
            self._show("")
            return
        status = self._api.worker.status
        self._show(wait_words(status, self._whom or self._api.connection.host))
        waited = status.waited_for
        self._wake(PATIENCE - waited if waited < PATIENCE else 1 - waited % 1)

    def _wake(self, seconds: float) -> None:
        later = self._later or asyncio.get_running_loop().call_later
        self._timer = later(max(0.0, seconds), self._tick)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _show(self, text: str) -> None:
        self.text = text
        before = self._shown_on
        if not text and before is None:
            return
        top = self._top()
        with self._around():
            if before is not None and before is not top and before.living:
                before.show_wait("")
            if top is not None:
                top.show_wait(text)
        self._shown_on = top if text else None


def shows_wait(screen: Any) -> ShowsWait | None:
    """The screen, where it has a place for the words."""
    return screen if hasattr(screen, "show_wait") else None
