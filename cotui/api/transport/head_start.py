"""The first request, sent from a thread while there is no event loop yet.

Loading an interface takes longer than most servers need to answer. So the request that the first screen is going to
make is sent before, and when it is made its answer is here or on its way.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cotui.api.calls import Call
    from cotui.api.transport.envelope import Reply
    from cotui.api.transport.proxy_errors import Trace

#: seconds for which an answer that nobody took is as good as a new one
FRESH: Final = 10.0


class HeadStart:
    """One request under way.

    Args:
        send: sends it and reads the whole answer, blocking; is given what has to hear of its connections.
        clock: seconds, monotonic.
    """

    def __init__(
        self, call: Call, send: Callable[[Call, Trace], Reply], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.call = call
        self._send = send
        self._clock = clock
        self._ended = 0.0
        self._answer: Future[Reply] = Future()
        self._answer.set_running_or_notify_cancel()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._abandoned = False
        # a daemon: a server that does not answer must not keep the program from ending
        threading.Thread(target=self._run, name="head start", daemon=True).start()

    @property
    def stale(self) -> bool:
        """Whether it came too long ago to stand for a request made now."""
        return self._answer.done() and self._clock() - self._ended > FRESH

    async def answer(self) -> Reply:
        """The answer, or whatever the request failed with; cancelling closes the socket."""
        try:
            return await asyncio.wrap_future(self._answer)
        except asyncio.CancelledError:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Nobody wants the answer: break the connection off."""
        with self._lock:
            self._abandoned = True
            self._break_off()

    def _run(self) -> None:
        try:
            reply = self._send(self.call, self._connected)
        except BaseException as error:  # noqa: BLE001 - of a thread: raised again where its answer is taken
            self._end()
            self._answer.set_exception(error)
        else:
            self._end()
            self._answer.set_result(reply)

    def _end(self) -> None:
        self._ended = self._clock()
        with self._lock:
            self._socket = None

    def _connected(self, event: str, info: Mapping[str, Any]) -> None:
        if not event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            return
        with self._lock:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._abandoned:
                self._break_off()

    def _break_off(self) -> None:
        if self._socket is not None:
            # Closing would not wake the thread that reads. TLS's own way of saying good-bye is not for two threads.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
