"""Textual's own driver for Unix, but for what it reads: the same filter stands before its parser as before ours."""

from __future__ import annotations

import os
import select
import signal
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from cotui.tui.terminal.decoder import Decoder
from cotui.tui.terminal.keys import AT_ONCE

#: seconds after which the thread that reads looks whether it is to end
_LOOK: Final = 0.1


class StockDriver(LinuxDriver):
    """Textual's driver; keys come through `Decoder`, and the terminal itself says how large it is."""

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size()

    def run_input_thread(self) -> None:
        """Read until the driver lets go of the terminal. Textual starts this in a thread."""
        decoder = Decoder()
        while not self.exit_event.is_set():
            patience = decoder.patience
            if not select.select([self.fileno], [], [], _LOOK if patience is None else min(_LOOK, patience))[
                0
            ]:
                messages = decoder.expire()
            elif data := _read(self.fileno):
                messages = decoder.feed(data)
            else:
                os.kill(
                    os.getpid(), signal.SIGHUP
                )  # in a session of its own it would be told; without one it is not
                return
            for message in messages:
                self.process_message(message)


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
