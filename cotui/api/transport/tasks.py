"""Tasks that begin in the loop's next round, whatever the loop's task factory is.

Python 3.12's `asyncio.eager_task_factory` runs a new task up to its first pause before `create_task` returns. With a
transport that answers at once a request would then be over before its sender has noted that it is under way, and
callbacks would come from within the call that asked for them. Everything here relies on neither happening.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from typing import Any, TypeVar

Result = TypeVar("Result")


def begin_task(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """A task in the running event loop. Nothing of `work` has run when this returns."""
    return asyncio.Task(work, loop=asyncio.get_running_loop())


def begin_apart(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Like `begin_task`, in an empty context: nothing of whoever asked for it is held by what it schedules.

    The loop keeps the timer of a timeout until its time, also where it was cancelled, and with it the context that it
    was made in. In Textual that leads to the dialog that asked, with all that was typed there.
    """
    return asyncio.Task(work, loop=asyncio.get_running_loop(), context=Context())
