"""When an app that is driven by a test has dealt with everything: asked of the event loop, not guessed from the clock.

Textual's pilot takes an app for idle when the process used less than a millisecond of 20. That costs 20 ms or more
wherever a test waits, and is wrong on a busy machine, which lets no process run. The event loop knows: nothing is
ready to run, no thread works for it, and no timer will ring soon.
"""

from __future__ import annotations

import asyncio
import threading
from asyncio import base_events
from typing import Any

import pytest
import textual.app
import textual.pilot

from cotui.tui.engine.frame_batching import BatchedScreen

#: seconds in which a timer counts as a part of what is waited for; Textual sleeps as long at least
SOON = 1 / 50
#: seconds between two looks at what threads do
LOOK = 0.001

_run_in_executor = base_events.BaseEventLoop.run_in_executor
_working: dict[asyncio.AbstractEventLoop, int] = {}
_lock = threading.Lock()


def _counted(self: Any, executor: Any, function: Any, *words: Any) -> asyncio.Future[Any]:
    """`loop.run_in_executor` that knows how many calls are under way."""
    future = _run_in_executor(self, executor, function, *words)

    def done(_: object) -> None:
        with _lock:
            _working[self] -= 1
            if not _working[self]:
                del _working[self]

    with _lock:
        _working[self] = _working.get(self, 0) + 1
    future.add_done_callback(done)
    return future


def _next_timer(loop: Any) -> float:
    """When the next timer rings, in the loop's time."""
    return min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=float("inf"))


async def until_quiet(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is to be done, now or soon.

    Args:
        min_sleep: seconds to wait in any case.
        max_sleep: seconds after which this ends though there is always something to do.
    """
    loop: Any = asyncio.get_running_loop()
    start = loop.time()
    horizon = max(start + min_sleep, start + SOON)
    while loop.time() < start + max_sleep:
        await asyncio.sleep(0)
        if loop._ready:  # what comes next may make more to do
            horizon = max(horizon, loop.time() + SOON)
        elif _working.get(loop):
            await asyncio.sleep(LOOK)
        elif (timer := _next_timer(loop)) <= horizon:
            await asyncio.sleep(max(0.0, timer - loop.time()))
        else:
            await asyncio.sleep(max(0.0, start + min_sleep - loop.time()))
            if not loop._ready:
                return


def _unpainted(self: BatchedScreen) -> None:
    """`BatchedScreen._paint` without painting."""
    if self.app.screen_stack[-1:] == [self] and self._compositor._dirty_regions and not self.app._batch_count:
        self._last_frame = asyncio.get_running_loop().time()
        self._compositor._dirty_regions.clear()


def unpainted(patch: pytest.MonkeyPatch) -> None:
    """Leave the frames out that nobody sees: without a terminal they are drawn and thrown away.

    That is a third of what a test of the interface costs. What a test looks at is drawn when it looks.
    """
    patch.setattr(BatchedScreen, "_paint", _unpainted)


def install() -> None:
    """Let Textual's pilot wait in this way."""
    base_events.BaseEventLoop.run_in_executor = _counted  # type: ignore[method-assign]
    textual.app.wait_for_idle = textual.pilot.wait_for_idle = until_quiet  # type: ignore[attr-defined]
