"""What the user waits for: since when, and that it can be left; with a clock that stands still."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from cotui.api import Api, Call, Priority, Stopped
from cotui.api.transport.status import Wait
from tests.api.support import ManualTime, api_with, ok, settle

WRITE = Call("POST", "customer", body=b"{}")


def read(name: str) -> Call:
    return Call("GET", name, reads=True)


class Hanging:
    """A server that answers when it is told to."""

    def __init__(self) -> None:
        self.door = asyncio.Event()
        self.gone = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        try:
            await self.door.wait()
        except asyncio.CancelledError:
            self.gone += 1
            raise
        return ok(1)


def ask(api: Api, call: Call, priority: Priority = Priority.INTERACTIVE) -> asyncio.Task[Any]:
    return asyncio.create_task(api.worker.submit(call, priority))


async def test_a_wait_begins_with_the_oldest_request_and_ends_with_the_last() -> None:
    time, server = ManualTime(), Hanging()
    api = api_with(server, time)
    status = api.worker.status
    assert (status.wait, status.waited_for) == (None, 0.0)
    first = ask(api, read("a"))
    await settle()
    await time.advance(2)
    second = ask(api, read("b"))
    await settle()
    await time.advance(3)
    assert status.wait == Wait(1000.0)
    assert status.waited_for == 5
    first.cancel()
    await settle()
    assert status.wait == Wait(1002.0)
    server.door.set()
    await second
    await settle()
    assert status.wait is None
    await api.aclose()


async def test_what_is_fetched_ahead_is_nobodys_wait_until_somebody_joins() -> None:
    time, server = ManualTime(), Hanging()
    api = api_with(server, time)
    ask(api, read("a"), Priority.PREFETCH)
    await settle()
    assert api.worker.status.wait is None
    assert not api.worker.give_up()
    await time.advance(7)
    ask(api, read("a"))
    await settle()
    assert api.worker.status.wait == Wait(1007.0)
    await api.aclose()


async def test_what_is_read_in_bulk_is_waited_for() -> None:
    server = Hanging()
    api = api_with(server)
    task = ask(api, read("a"), Priority.EXPORT)
    await settle()
    assert api.worker.status.wait is not None
    assert api.worker.give_up()
    with pytest.raises(Stopped):
        await task
    await api.aclose()


async def test_leaving_ends_reads_down_to_their_sockets_and_no_write() -> None:
    server = Hanging()
    api = api_with(server)
    write, reads = ask(api, WRITE), [ask(api, read(name)) for name in "ab"]
    ahead = ask(api, read("c"), Priority.PREFETCH)
    await settle()
    assert api.worker.status.wait is not None
    assert api.worker.status.wait.writes
    assert api.worker.give_up()
    for task in reads:
        with pytest.raises(Stopped):
            await task
    await settle()
    assert server.gone == 2
    assert not write.done()
    assert not ahead.done()
    assert not api.worker.give_up(), "there is nothing left that can be left"
    server.door.set()
    assert (await write).response == 1
    assert (await ahead).response == 1
    assert api.worker.status.last_error is None, "the account had no part in it"
    await api.aclose()


async def test_leaving_ends_what_waits_for_its_turn_or_its_next_attempt() -> None:
    time = ManualTime()

    def busy(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, text="busy")

    api = api_with(busy, time)
    tasks = [ask(api, read(str(number))) for number in range(10)]
    await settle()
    assert api.worker.status.wait == Wait(1000.0), "a failure that is tried again does not end the wait"
    assert api.worker.give_up()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(error, Stopped) for error in ended)
    await settle()
    assert api.worker.status.wait is None
    assert api.worker.status.waiting == api.worker.status.in_flight == 0
    await api.aclose()


async def test_everybody_who_waits_for_the_same_is_told() -> None:
    api = api_with(Hanging())
    tasks = [ask(api, read("a")) for _ in range(3)]
    await settle()
    api.worker.give_up()
    assert all(isinstance(error, Stopped) for error in await asyncio.gather(*tasks, return_exceptions=True))
    again = ask(api, read("a"))
    await settle()
    assert not again.done(), "asking again is a request of its own"
    await api.aclose()


async def test_cancelling_before_anything_was_sent_ends_the_wait() -> None:
    api = api_with(Hanging())
    task = ask(api, read("a"))
    await asyncio.sleep(0)
    task.cancel()
    await settle()
    assert api.worker.status.wait is None
    await api.aclose()
