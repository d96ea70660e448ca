"""Connections that nobody can hold without asking for something: limits of time and number, for uvicorn's protocol.

A request's first line and headers have to arrive within seconds, an answer has to be taken, and when there are too many
connections those that have waited longest go first. How long a body may take is the application's own matter.

This leans on what uvicorn's and h11's classes are made of, hence the upper bounds in pyproject.toml.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

#: seconds from the beginning of a connection, or of a later request on it, to the end of its headers
HEAD_SECONDS: Final = 5.0
#: seconds for which a client may take nothing of an answer that is on its way
TAKE_SECONDS: Final = 30.0
#: seconds that a connection is kept for another request
KEEP_SECONDS: Final = 5
#: bytes of a request's first line and headers
MOST_HEAD: Final = 16 * 1024
#: connections at once
MOST: Final = 256

_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class LimitedProtocol(H11Protocol):
    """A connection."""

    #: monotonic seconds since when it waits for a head
    _waiting_since = 0.0
    _head_timer: asyncio.TimerHandle | None = None
    _take_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._wait_for_head()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._waits:
            self._head_timer = _cancelled(self._head_timer)
        elif self._head_timer is None and not self.transport.is_closing():
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer = _cancelled(self._head_timer)
        self._take_timer = _cancelled(self._take_timer)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._take_timer = _cancelled(self._take_timer)
        self._take_timer = self._later(TAKE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._take_timer = _cancelled(self._take_timer)

    @property
    def _waits(self) -> bool:
        """Whether no request is under way: neither its head has come, nor is it being answered."""
        return self.conn.their_state is h11.IDLE

    def _wait_for_head(self) -> None:
        self._waiting_since = self.loop.time()
        self._head_timer = self._later(HEAD_SECONDS, self._too_slow)

    def _later(self, seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        return self.loop.call_later(seconds, call)

    def _too_slow(self) -> None:
        self._head_timer = None
        if self._waits and not self.transport.is_closing():
            begun, _ = self.conn.trailing_data
            if begun:
                self.transport.write(_TOO_SLOW)
            self.transport.close()

    def _make_room(self) -> None:
        """Close the connection that is missed least, if this one is one too many."""
        if len(self.connections) <= MOST:
            return
        others = [item for item in self.connections if isinstance(item, LimitedProtocol) and item is not self]
        for state in (h11.IDLE, h11.SEND_BODY):
            found = [item for item in others if item.conn.their_state is state]
            if found:
                min(found, key=lambda item: item._waiting_since).transport.abort()
                return
        self.transport.abort()


def _cancelled(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer any more."""
    if timer is not None:
        timer.cancel()
    return None
