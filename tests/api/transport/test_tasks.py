"""A task begins in the next round of the loop, whatever its task factory is."""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextvars import ContextVar

import pytest

from cotui.api.transport.tasks import begin_apart, begin_task
from tests.eager import EAGER, needs_eager_tasks


async def begins_later() -> None:
    begun: list[int] = []

    async def work() -> int:
        begun.append(1)
        return 7

    task = begin_task(work())
    assert begun == []
    assert await task == 7


async def test_nothing_has_run_when_it_is_returned() -> None:
    await begins_later()


@needs_eager_tasks
async def test_nor_where_tasks_begin_at_once() -> None:
    assert EAGER is not None
    asyncio.get_running_loop().set_task_factory(EAGER)
    await begins_later()


def test_without_a_loop_there_is_no_task() -> None:
    async def work() -> None:
        raise AssertionError

    coroutine = work()
    with pytest.raises(RuntimeError, match="no running event loop"):
        begin_task(coroutine)
    coroutine.close()


class Dialog:
    """Whoever asks for something."""


ASKING: ContextVar[Dialog] = ContextVar("ASKING")


async def test_what_is_begun_apart_holds_nobody_that_asked() -> None:
    async def timed() -> str:
        async with asyncio.timeout(600):
            await asyncio.sleep(0)
            return "answer"

    async def ask() -> weakref.ref[Dialog]:
        dialog = Dialog()
        ASKING.set(dialog)
        assert await begin_apart(timed()) == "answer"
        return weakref.ref(dialog)

    earlier = asyncio.get_running_loop().call_later(
        300, list
    )  # the loop forgets the first timer when it is cancelled
    asked = await asyncio.create_task(ask())
    await asyncio.sleep(0)
    gc.collect()
    assert asked() is None
    earlier.cancel()


@needs_eager_tasks
async def test_what_is_begun_apart_begins_later_too() -> None:
    assert EAGER is not None
    asyncio.get_running_loop().set_task_factory(EAGER)
    begun: list[int] = []

    async def work() -> None:
        begun.append(1)

    task = begin_apart(work())
    assert begun == []
    await task
    assert begun == [1]
