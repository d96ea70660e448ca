"""Commands that are ended from outside put away what they have begun, and say how they ended."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from types import FrameType
    from typing import Any

#: seconds that this may take
_GRACE = 3.0


def end_in_order() -> None:
    """From now on SIGTERM and SIGHUP end the program as Ctrl+C does, unless who started it wants them ignored."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run something asynchronous, as `asyncio.run` does. What ends the program cancels it.

    Raises:
        SystemExit: a signal has ended it; with the exit code for that.
    """
    import asyncio

    codes: list[int] = []

    async def until_ended() -> None:
        task = asyncio.current_task()
        assert task is not None

        def end(number: int) -> None:
            codes.append(_ending(number))
            task.cancel()

        loop = asyncio.get_running_loop()
        for number in (number for number in signal.valid_signals() if signal.getsignal(number) is _end):
            loop.add_signal_handler(number, end, number)
        await work

    try:
        asyncio.run(until_ended())
    except asyncio.CancelledError:
        if not codes:
            raise
        raise SystemExit(codes[0]) from None


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(_ending(number))


def _ending(number: int) -> int:
    """The exit code. From now on there is little time, and the same signal once more ends the program at once."""
    from threading import Timer

    signal.signal(number, signal.SIG_DFL)
    code = 128 + number  # what a shell sees of a program that the signal itself has ended
    late = Timer(_GRACE, os._exit, [code])
    late.daemon = True
    late.start()
    return code
