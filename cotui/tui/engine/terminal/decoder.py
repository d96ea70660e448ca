"""From the bytes that a terminal sends to Textual's messages, and how long an unfinished one is waited for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from cotui.tui.engine.pasted import PasteCut
from cotui.tui.engine.terminal.abilities import ESC_FAR, ESC_HERE, escape_delay
from cotui.tui.engine.terminal.tokens import InputKind, Token, Tokenizer, Wait

#: seconds of silence after which what has begun is given up: a packet that was lost has been sent again by then
_SILENCE: Final = 1.0
#: seconds after which it is given up although single keys still come, which would all be lost in it
_LONGEST: Final = 5.0
#: bytes at once that may be a key
_A_KEY: Final = 8


class Decoder:
    """Reads what one terminal sends.

    Args:
        answered: called for each DSR answer of the terminal's, which is not for the app.
        environ: tells how far away the terminal is.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        answered: Callable[[], None] = lambda: None,
        *,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answered = answered
        self._tokenizer = Tokenizer()
        # knows names of keys, and the messages of reports; what it would wait for never reaches it. For debugging it
        # would write every key to a file, passwords too
        self._parser = XTermParser(debug=False)
        self._delay, _ = escape_delay(environ)
        # Alt and a key come together from anywhere; who types Esc and another key fast, far away, means both
        self._alt_delay = ESC_HERE if self._delay == ESC_FAR else self._delay
        self._clock = clock
        self._until: float | None = None
        #: when so much came at once the last time that nobody typed it
        self._last_burst = 0.0
        self._last_came = 0.0

    @property
    def patience(self) -> float | None:
        """Seconds after which `expire` is to be called unless something comes; None when nothing is waited for."""
        return None if self._until is None else max(0.0, self._until - self._clock())

    def feed(self, data: bytes) -> list[Message]:
        """Take in what has come."""
        now = self._clock()
        if self._until is None or len(data) > _A_KEY:
            self._last_burst = now
        if self._tokenizer.waiting is Wait.ESC and now - self._last_came > self._alt_delay:
            self._tokenizer.part()
        self._last_came = now
        messages = self._messages(self._tokenizer.feed(data))
        waiting = self._tokenizer.waiting
        if waiting is None:
            self._until = None
        elif waiting is Wait.ESC:
            self._until = now + self._delay
        else:
            self._until = min(now + _SILENCE, self._last_burst + _LONGEST)
        return messages

    def expire(self) -> list[Message]:
        """Settle what has been waited for long enough."""
        if self._until is None or self._clock() < self._until:
            return []
        self._until = None
        return self._messages(self._tokenizer.expire())

    def _messages(self, tokens: list[Token]) -> list[Message]:
        return [message for token in tokens for message in self._read(token)]

    def _read(self, token: Token) -> Iterator[Message]:
        match token.kind:
            case InputKind.TEXT | InputKind.REPORT:
                yield from self._parser.feed(token.text)
            case InputKind.ESC:
                yield events.Key("escape", "\x1b")
            case InputKind.KEY | InputKind.ALT:
                keys = self._parser._sequence_to_key_events(token.text, alt=token.kind is InputKind.ALT)
                yield from (key for key in keys if key.key != Keys.Ignore)
            case InputKind.MOUSE:
                yield from self._mouse(token.text)
            case InputKind.PASTE:
                yield events.Paste(token.text)
                if token.left_out:
                    yield PasteCut(token.left_out)
            case InputKind.ANSWER:
                self._answered()

    def _mouse(self, sequence: str) -> Iterator[Message]:
        pixels = self._parser.terminal_pixel_size
        if self._parser.mouse_pixels and pixels is not None and not all(pixels):
            return  # where the pointer is can't be told of a terminal that doesn't say how large its cells are
        if (message := self._parser.parse_mouse_code(sequence)) is not None:
            yield message
