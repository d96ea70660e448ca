"""What the terminal sends: keys come whole, Esc soon, and answers to the driver's own questions never reach the app."""

from __future__ import annotations

import asyncio
import os
import pty
import tty
from collections.abc import AsyncIterator

import pytest
from textual import events
from textual.message import Message

from cotui.tui.engine.terminal.keys import KeyReader

PATIENCE = 30.0


class Keyboard:
    """A terminal to type on, and what the reader made of it."""

    def __init__(self) -> None:
        self.hand, self.terminal = pty.openpty()
        tty.setraw(self.terminal)
        self.keys: list[str] = []
        self.answers = 0
        self.gone = 0
        self._came = asyncio.Event()
        self.reader = KeyReader(self.terminal, self._deliver, self._hung_up, self._answered)
        self._taken = asyncio.Event()
        asyncio.get_running_loop().add_reader(self.terminal, self._take)

    def _deliver(self, message: Message) -> None:
        self.keys.append(message.key if isinstance(message, events.Key) else type(message).__name__)
        self._came.set()

    def _hung_up(self) -> None:
        self.gone += 1
        self._came.set()

    def _answered(self) -> None:
        self.answers += 1
        self._came.set()

    def type(self, data: bytes) -> None:
        """Type at the other end."""
        os.write(self.hand, data)

    def hang_up(self) -> None:
        """The other end goes away."""
        os.close(self.hand)
        self.hand = -1

    async def until(self, *keys: str, answers: int = 0, gone: int = 0) -> None:
        """Wait until exactly this has come."""
        async with asyncio.timeout(PATIENCE):
            while (self.keys, self.answers, self.gone) != ([*keys], answers, gone):
                self._came.clear()
                await self._came.wait()

    async def read(self) -> None:
        """Let the reader take what was typed so far, whatever it makes of it."""
        self._taken.clear()
        await asyncio.wait_for(self._taken.wait(), PATIENCE)

    def _take(self) -> None:
        self.reader._ready()
        self._taken.set()

    def close(self) -> None:
        """Put it away."""
        self.reader.stop()
        os.close(self.terminal)
        if self.hand >= 0:
            os.close(self.hand)


@pytest.fixture
async def keyboard() -> AsyncIterator[Keyboard]:
    """A terminal that is read."""
    keyboard = Keyboard()
    yield keyboard
    keyboard.close()


async def test_keys_come_in_order_and_leave_nothing_to_wake_up_for(keyboard: Keyboard) -> None:
    keyboard.type("a\x1b[B\x1b[6~ö\r".encode())
    await keyboard.until("a", "down", "pagedown", "ö", "enter")
    assert keyboard.reader._patience is None


async def test_esc_alone_is_the_key_after_the_delay(keyboard: Keyboard) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    keyboard.type(b"\x1b")
    await keyboard.until("escape")
    assert loop.time() - begun >= keyboard.reader._decoder._delay


async def test_a_sequence_in_two_packets_is_one_key(keyboard: Keyboard) -> None:
    keyboard.type(b"\x1b")
    await keyboard.read()
    keyboard.type(b"[B")
    await keyboard.until("down")


async def test_a_character_in_two_packets_is_one(keyboard: Keyboard) -> None:
    first, second = "世".encode()[:1], "世".encode()[1:]
    keyboard.type(b"x" + first)
    await keyboard.until("x")
    keyboard.type(second)
    await keyboard.until("x", "世")


async def test_the_end_of_a_paste_in_two_packets_is_not_esc(keyboard: Keyboard) -> None:
    keyboard.type(b"\x1b[200~many words\x1b")
    await keyboard.read()
    keyboard.type(b"[201~\x1b")
    await keyboard.until("Paste", "escape")


async def test_what_came_while_the_program_was_busy_came_in_time(keyboard: Keyboard) -> None:
    keyboard.type(b"\x1b")
    await keyboard.read()
    keyboard.type(b"[B")
    keyboard.reader._decoder._until = 0.0
    keyboard.reader._nothing_followed()
    await keyboard.until("down")


async def test_bytes_that_are_no_text_end_nothing(keyboard: Keyboard) -> None:
    keyboard.type(b"\xff\xfea")
    await keyboard.read()
    assert keyboard.keys[-1] == "a"


async def test_answers_are_not_for_the_app(keyboard: Keyboard) -> None:
    keyboard.reader.expect()
    keyboard.reader.expect()
    keyboard.type(b"a\x1b[0nb\x1b[0n\x1b[B")
    await keyboard.until("a", "b", "down", answers=2)


@pytest.mark.parametrize("cut", [1, 2, 3])
async def test_an_answer_in_two_packets_is_one(keyboard: Keyboard, cut: int) -> None:
    keyboard.reader.expect()
    keyboard.type(b"\x1b[0n"[:cut])
    await keyboard.read()
    keyboard.type(b"\x1b[0n"[cut:] + b"j")
    await keyboard.until("j", answers=1)


async def test_an_answer_nobody_asked_for_is_nothing(keyboard: Keyboard) -> None:
    keyboard.type(b"\x1b[0nj")
    await keyboard.until("j")


async def test_esc_while_an_answer_is_due_is_still_esc(keyboard: Keyboard) -> None:
    keyboard.reader.expect()
    keyboard.type(b"\x1b")
    await keyboard.until("escape")
    keyboard.type(b"\x1b[0n")
    await keyboard.until("escape", answers=1)


async def test_stopping_takes_in_the_answers_that_are_due(keyboard: Keyboard) -> None:
    keyboard.reader.expect()
    keyboard.type(b"\x1b[0n")
    keyboard.reader.stop(PATIENCE)
    assert keyboard.answers == 1
    os.set_blocking(keyboard.terminal, False)
    with pytest.raises(BlockingIOError):  # nothing is left for who reads the terminal next
        os.read(keyboard.terminal, 1)


async def test_stopping_waits_no_longer_than_it_may(keyboard: Keyboard) -> None:
    keyboard.reader.expect()
    keyboard.reader.stop(0.01)
    assert keyboard.answers == 0


async def test_a_terminal_that_goes_away_is_told_once(keyboard: Keyboard) -> None:
    keyboard.type(b"a")
    await keyboard.until("a")
    keyboard.hang_up()
    await keyboard.until("a", gone=1)
    for _ in range(10):
        await asyncio.sleep(0)
    assert keyboard.gone == 1
