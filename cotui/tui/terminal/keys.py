"""Reads what the terminal sends: keys, the mouse, answers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from typing import Final

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.message import Message

from cotui.tui.terminal.pace import ANSWER

#: seconds after which an Esc that nothing followed is the key: a little more than the parser waits for
_ESCAPE_DELAY: Final = constants.ESCAPE_DELAY + 0.002
_AT_ONCE: Final = 4096
_PASTE_BEGINS: Final = b"\x1b[200~"
_PASTE_ENDS: Final = b"\x1b[201~"


class KeyReader:
    """Reads one terminal in the event loop, and costs nothing while there is nothing to read.

    Textual reads in a thread, which wakes up ten times a second and hands every key over with a task of its own.

    Args:
        descriptor: the terminal.
        deliver: takes each message as it comes.
        hung_up: called when the terminal is gone.
        answered: called for each answer to a question of the driver's own, see `expect`.
        debug: have Textual's parser write what it reads to a file.

    Raises:
        OSError: the event loop can't watch this descriptor.
    """

    def __init__(
        self,
        descriptor: int,
        deliver: Callable[[Message], None],
        hung_up: Callable[[], None],
        answered: Callable[[], None],
        *,
        debug: bool = False,
    ) -> None:
        self._descriptor = descriptor
        self._deliver = deliver
        self._hung_up = hung_up
        self._answered = answered
        self._parser = XTermParser(debug)
        # bytes that are no text must not end the program
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._expected = 0
        #: bytes at the end of what was read that may be the beginning of an answer
        self._held = b""
        #: whether a paste has begun and not ended, and what was read last
        self._pasting = False
        self._tail = b""
        self._escape: asyncio.TimerHandle | None = None
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
            if not select.select([self._descriptor], [], [], left)[0]:
                break
            data = self._read()
            if not data:
                break
            self._without_answers(data)
        with contextlib.suppress(EOFError, ParseError):
            list(self._parser.feed(""))

    def _ready(self) -> None:
        data = self._read()
        if not data:
            self._loop.remove_reader(self._descriptor)
            self._hung_up()
            return
        self._stop_waiting()
        self._feed(self._without_answers(data))

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, _AT_ONCE)
        except OSError:
            return b""  # a pseudo-terminal whose other end is closed

    def _feed(self, data: bytes) -> None:
        text = self._decode(data)
        if text:
            self._pass_on(self._parser.feed(text))
        self._notice_paste(data)
        # only an Esc of which more may come is waited for; in a paste it is none, however late the next packet is
        if self._held or (self._parser._timeout_time is not None and not self._pasting):
            self._escape = self._loop.call_later(_ESCAPE_DELAY, self._nothing_followed)

    def _notice_paste(self, data: bytes) -> None:
        seen = self._tail + data
        begin, end = seen.rfind(_PASTE_BEGINS), seen.rfind(_PASTE_ENDS)
        if begin != end:
            self._pasting = begin > end
        self._tail = seen[1 - len(_PASTE_ENDS) :]

    def _nothing_followed(self) -> None:
        self._escape = None
        if self._held:
            held, self._held = self._held, b""
            self._feed(held)
        else:
            self._pass_on(self._parser.tick())

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._deliver(message)

    def _stop_waiting(self) -> None:
        if self._escape is not None:
            self._escape.cancel()
            self._escape = None

    def _without_answers(self, data: bytes) -> bytes:
        data, self._held = self._held + data, b""
        if not self._expected:
            return data
        for _ in range(min(data.count(ANSWER), self._expected)):
            self._expected -= 1
            self._answered()
        data = data.replace(ANSWER, b"")
        if self._expected:
            # an answer may be cut in two on its way
            for size in range(len(ANSWER) - 1, 0, -1):
                if data.endswith(ANSWER[:size]):
                    self._held = data[-size:]
                    return data[:-size]
        return data
