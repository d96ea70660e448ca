"""Writes to the terminal without ever waiting for it: what the link can't take yet is decided later."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import termios
from collections.abc import Callable
from typing import Final

#: seconds that leaving waits for a terminal that takes nothing any more
LAST_WORDS: Final = 2.0


class Outlet:
    """One way out to a terminal; tells, in the event loop, when the terminal has taken everything."""

    def __init__(self, descriptor: int, drained: Callable[[], None]) -> None:
        self._descriptor = _reopened(descriptor)
        self._drained = drained
        self._waiting = b""
        self._loop = asyncio.get_running_loop()
        self._watching = False
        self._gone = False

    @property
    def full(self) -> bool:
        """Whether the terminal has not yet taken what it was given."""
        return bool(self._waiting)

    def send(self, data: str) -> int:
        """Give the terminal something; what it can't take at once follows when it can. Returns its bytes."""
        encoded = data.encode("utf-8", "replace")
        if not self._gone:
            self._waiting += encoded
        if not self._watching:
            self._push()
        return len(encoded)

    def drop(self) -> None:
        """Forget what the terminal has not taken: it is somebody else's now, or gone."""
        self._waiting = b""
        self._watch(False)

    def finish(self, patience: float = LAST_WORDS) -> None:
        """Wait until everything is out, or the terminal has taken nothing for `patience` seconds."""
        self._watch(False)
        while self._waiting and not self._gone:
            _, ready, _ = select.select([], [self._descriptor], [], patience)
            if not ready:
                return
            self._push(watch=False)

    def close(self, last: str = "") -> None:
        """Give the terminal back.

        Args:
            last: what to write instead of all that is still waiting when the terminal takes nothing any more.
        """
        self.finish()
        if self._descriptor < 0:
            return
        if self._waiting and not self._gone:
            with contextlib.suppress(OSError, termios.error):
                termios.tcflush(self._descriptor, termios.TCOFLUSH)
                os.write(self._descriptor, last.encode())
        os.close(self._descriptor)
        self._descriptor = -1

    def _push(self, *, watch: bool = True) -> None:
        while self._waiting and not self._gone:
            try:
                taken = os.write(self._descriptor, self._waiting)
            except BlockingIOError:
                break
            except InterruptedError:
                continue
            except OSError:
                self._gone, self._waiting = True, b""  # the terminal is gone; SIGHUP says the rest
                break
            self._waiting = self._waiting[taken:]
        if watch:
            self._watch(bool(self._waiting))

    def _watch(self, wanted: bool) -> None:
        if wanted == self._watching:
            return
        self._watching = wanted
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now; `finish` sees to the rest
            if wanted:
                self._loop.add_writer(self._descriptor, self._ready)
            else:
                self._loop.remove_writer(self._descriptor)

    def _ready(self) -> None:
        self._push()
        if not self._waiting:
            self._drained()


def _reopened(descriptor: int) -> int:
    """The same terminal, opened once more so that not waiting is this descriptor's own property.

    The one that was inherited is shared with the shell and with whatever runs after us. A terminal without a
    name here (from outside of a container) is found as the controlling one. Where neither can be opened, the
    descriptor is doubled: then writing may wait, but arrives.
    """
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    with contextlib.suppress(OSError):
        return os.open(os.ttyname(descriptor), flags)
    if os.isatty(descriptor):
        with contextlib.suppress(OSError):
            return os.open("/dev/tty", flags)
    return os.dup(descriptor)
