"""Timers that keep nothing of what happened to be going on when they were set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context


def later_in(context: Context) -> Callable[[float, Callable[[], None]], asyncio.TimerHandle]:
    """The running loop's `call_later`, in a context of one's own.

    A timer has the context in which it was set, and Textual's names the worker and the screen at work there: a dialog
    that has closed, with all that was typed into it, would be kept until the timer's end.
    """

    def later(seconds: float, then: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, then, context=context)

    return later
