"""Textual's own driver for Unix, but for what it reads: the same filter stands before its parser as before ours."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from cotui.tui.engine.terminal.decoder import Decoder
from cotui.tui.engine.terminal.holding import HoldingDriver
from cotui.tui.engine.terminal.job_control import in_foreground
from cotui.tui.engine.terminal.keys import AT_ONCE

if TYPE_CHECKING:
    from textual.app import App

#: seconds after which the thread that reads looks whether it is to end
_LOOK: Final = 0.1


class ReadingDriver(HoldingDriver):
    """Keys come through `Decoder`, and the terminal itself says how large it is."""

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size()

    def run_input_thread(self) -> None:
        """Read until the driver lets go of the terminal. Textual starts this in a thread."""
        decoder = Decoder()
        while not self.exit_event.is_set():
            patience = decoder.patience
            wait = _LOOK if patience is None else min(_LOOK, patience)
            if not select.select([self.fileno], [], [], wait)[0]:
                messages = decoder.expire()
            elif not in_foreground(self.fileno):
                time.sleep(
                    _LOOK
                )  # it is for the shell; reading it would stop us, and go on in the middle of reading
                continue
            elif data := _read(self.fileno):
                messages = decoder.feed(data)
            else:
                self._loop.call_soon_threadsafe(self._hung_up)
                return
            for message in messages:
                self.process_message(message)


class StockDriver(ReadingDriver):
    """Textual's own driver, which reads and writes in threads; it shares the terminal as ours does."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # a thread that writes to a terminal that is gone is told of it by nobody
        threading.Thread(target=self._watch, name="terminal gone", daemon=True).start()

    def _watch(self) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)  # nothing but its end is told
        with contextlib.suppress(OSError, RuntimeError):  # the loop has ended
            if any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll()):
                self._loop.call_soon_threadsafe(self._hung_up)


def terminal_size() -> tuple[int, int]:
    """Columns and lines of the terminal. `COLUMNS` and `LINES` may be of another one; they count where it has none."""
    for descriptor in (1, 0, 2):
        try:
            columns, lines = os.get_terminal_size(descriptor)
        except OSError:
            continue
        if columns and lines:
            return columns, lines
    said = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    sizes = [int(text[:4]) if text.isascii() and text.isdecimal() else 0 for text in said]
    return sizes[0] or 80, sizes[1] or 24


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, AT_ONCE)
    except OSError:
        return b""
