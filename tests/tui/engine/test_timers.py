"""Timers in a context of their own."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar, copy_context

from cotui.tui.engine.timers import later_in

AT_WORK: ContextVar[str] = ContextVar("AT_WORK")


async def test_a_timer_knows_nothing_of_who_set_it() -> None:
    AT_WORK.set("the list")
    later = later_in(copy_context())
    AT_WORK.set("a dialog with a password")
    seen: list[str] = []
    rung = asyncio.Event()

    def ring() -> None:
        seen.append(AT_WORK.get())
        rung.set()

    later(0, ring)
    await rung.wait()
    later(0, ring)
    rung.clear()
    await rung.wait()
    assert seen == ["the list", "the list"]


async def test_it_can_be_cancelled() -> None:
    called: list[int] = []
    handle = later_in(copy_context())(0, lambda: called.append(1))
    handle.cancel()
    for _ in range(3):
        await asyncio.sleep(0)
    assert not called
