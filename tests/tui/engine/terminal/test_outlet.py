"""The outlet: a terminal that takes nothing stops nobody, and what it was given arrives whole."""

from __future__ import annotations

import asyncio
import os
import pty
import time
import tty
from collections.abc import Iterator

import pytest

from cotui.tui.engine.terminal.outlet import Outlet

#: more than any pseudo-terminal takes unread
MUCH = "0123456789äöü世界" * 20_000


class Line:
    """Both ends of a pseudo-terminal."""

    def __init__(self) -> None:
        self.reader, self.terminal = pty.openpty()
        tty.setraw(self.terminal)
        os.set_blocking(self.reader, False)

    def read(self) -> bytes:
        """What is there now."""
        data = b""
        while True:
            try:
                more = os.read(self.reader, 65536)
            except (BlockingIOError, OSError):
                return data
            if not more:
                return data
            data += more

    async def read_until(self, size: int) -> bytes:
        """Read so many bytes, as they come."""
        data = b""
        loop = asyncio.get_running_loop()
        while len(data) < size:
            came = asyncio.Event()
            loop.add_reader(self.reader, came.set)
            try:
                await asyncio.wait_for(came.wait(), 30)
            finally:
                loop.remove_reader(self.reader)
            data += self.read()
        return data

    def hang_up(self) -> None:
        """The other end goes away."""
        os.close(self.reader)
        self.reader = -1


@pytest.fixture
def line() -> Iterator[Line]:
    """A pseudo-terminal that nobody reads from."""
    made = Line()
    yield made
    for descriptor in (made.reader, made.terminal):
        if descriptor >= 0:
            os.close(descriptor)


async def test_what_fits_goes_at_once(line: Line) -> None:
    outlet = Outlet(line.terminal, lambda: None)
    outlet.send("äbc")
    assert not outlet.full
    assert line.read() == "äbc".encode()
    outlet.close()


async def test_the_inherited_terminal_goes_on_waiting(line: Line) -> None:
    outlet = Outlet(line.terminal, lambda: None)
    outlet.send("x")
    assert os.get_blocking(line.terminal), "the shell's own descriptor is as it was"
    outlet.close()
    assert os.get_blocking(line.terminal)


async def test_a_terminal_that_takes_nothing_stops_nobody_and_gets_all(line: Line) -> None:
    drained = asyncio.Event()
    outlet = Outlet(line.terminal, drained.set)
    outlet.send(MUCH)
    outlet.send("the end")
    assert outlet.full
    assert not drained.is_set()
    wanted = f"{MUCH}the end".encode()
    assert await line.read_until(len(wanted)) == wanted
    await asyncio.wait_for(drained.wait(), 30)
    assert not outlet.full
    outlet.send("more")
    assert await line.read_until(4) == b"more"
    outlet.close()


async def test_drained_is_told_once_for_each_time_it_was_full(line: Line) -> None:
    times: asyncio.Queue[bool] = asyncio.Queue()
    outlet = Outlet(line.terminal, lambda: times.put_nowait(outlet.full))
    outlet.send("x")
    assert times.empty(), "it was never full"
    await line.read_until(1)
    for _ in range(2):
        outlet.send(MUCH)
        assert times.empty()
        await line.read_until(len(MUCH.encode()))
        assert not await asyncio.wait_for(times.get(), 30)
    assert times.empty()
    outlet.close()


async def test_who_hears_that_it_drained_may_send(line: Line) -> None:
    def answer() -> None:
        outlet.send("newest frame")

    outlet = Outlet(line.terminal, answer)
    outlet.send(MUCH)
    wanted = f"{MUCH}newest frame".encode()
    assert await line.read_until(len(wanted)) == wanted
    outlet.close()


async def test_a_line_that_is_cut_is_no_error(line: Line) -> None:
    emptied = asyncio.Event()
    outlet = Outlet(line.terminal, emptied.set)
    outlet.send(MUCH)
    line.hang_up()
    outlet.send("into the void")
    await asyncio.wait_for(emptied.wait(), 30)
    outlet.send("nothing waits for ever")
    assert not outlet.full
    outlet.close()


async def test_leaving_waits_for_a_dead_terminal_only_so_long(line: Line) -> None:
    outlet = Outlet(line.terminal, lambda: None)
    outlet.send(MUCH)
    begun = time.monotonic()
    outlet.finish(0.05)
    assert time.monotonic() - begun < 10
    assert outlet.full
    line.hang_up()
    outlet.close()


async def test_the_last_words_are_said(line: Line) -> None:
    outlet = Outlet(line.terminal, lambda: None)
    outlet.send(MUCH)
    reading = asyncio.create_task(asyncio.to_thread(_read_all, line.reader, len(MUCH.encode())))
    await asyncio.to_thread(lambda: None)
    outlet.close()
    assert await reading == MUCH.encode()


def _read_all(reader: int, size: int) -> bytes:
    os.set_blocking(reader, True)
    data = b""
    while len(data) < size:
        data += os.read(reader, 65536)
    return data


async def test_text_that_is_no_unicode_is_written_as_a_question_mark(line: Line) -> None:
    outlet = Outlet(line.terminal, lambda: None)
    outlet.send("a\ud800b")
    assert line.read() == b"a?b"
    outlet.close()
