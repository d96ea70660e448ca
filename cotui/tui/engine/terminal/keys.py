"""Reads what the terminal sends in the event loop: keys, pastes, the mouse, answers."""

from __future__ import annotations

import asyncio
import os
import select
import time
from collections.abc import Callable, Iterable
from typing import Final

from textual.message import Message

from cotui.tui.engine.terminal.decoder import Decoder

#: bytes that are read at once
AT_ONCE: Final = 65_536


class KeyReader:
    """Reads one terminal in the event loop, and costs nothing while there is nothing to read.

    Textual reads in a thread, which wakes up ten times a second and hands every key over with a task of its own.

    Args:
        deliver: takes each message as it comes.
        hung_up: called when the terminal is gone.
        answered: called for each answer to a question of the driver's own, see `expect`.

    Raises:
        OSError: the event loop can't watch this descriptor.
    """

    def __init__(
        self,
        descriptor: int,
        deliver: Callable[[Message], None],
        hung_up: Callable[[], None],
        answered: Callable[[], None],
    ) -> None:
        self._descriptor = descriptor
        self._deliver = deliver
        self._hung_up = hung_up
        self._answered = answered
        self._decoder = Decoder(self._answer)
        self._expected = 0
        self._patience: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(descriptor, self._ready)

    def expect(self) -> None:
        """A question was sent: its answer is not for the app."""
        self._expected += 1

    def stop(self, patience: float = 0.0) -> None:
        """Read no more.

        Args:
            patience: seconds to wait, at most, for answers that are still to come: who reads the terminal next
                is not to get them.
        """
        self._loop.remove_reader(self._descriptor)
        self._stop_waiting()
        until = time.monotonic() + patience
        while self._expected and (left := until - time.monotonic()) > 0:
            if not self._more(left):
                break
            data = self._read()
            if not data:
                break
            self._decoder.feed(data)

    def _ready(self) -> None:
        data = self._read()
        if not data:
            self._loop.remove_reader(self._descriptor)
            self._hung_up()
            return
        self._stop_waiting()
        self._pass_on(self._decoder.feed(data))

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, AT_ONCE)
        except OSError:
            return b""  # a pseudo-terminal whose other end is closed

    def _more(self, patience: float = 0.0) -> bool:
        return bool(select.select([self._descriptor], [], [], patience)[0])

    def _nothing_followed(self) -> None:
        self._patience = None
        if self._more():
            self._ready()  # it was here in time; the program was busy
        else:
            self._pass_on(self._decoder.expire())

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._deliver(message)
        patience = self._decoder.patience
        if patience is not None:
            # a little more, so that it is over by then
            self._patience = self._loop.call_later(patience + 0.001, self._nothing_followed)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _answer(self) -> None:
        if self._expected:
            self._expected -= 1
            self._answered()
