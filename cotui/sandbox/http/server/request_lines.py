"""A line on stderr for every request that the server answers."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from datetime import datetime
from typing import TextIO

from cotui.sandbox.http.api_request import Cut
from cotui.sandbox.http.request_log import Entry

#: Lines that wait to be written at most; a terminal or pipe that is not read must not hold up the server.
_WAITING = 1000


class RequestLines:
    """Writes lines to a stream, in a thread of its own.

    Args:
        stream: where to.
        quiet: only what a client may not have noticed: limits that were cut.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        self._stream = stream
        self._quiet = quiet
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._left_out = 0
        self._thread = threading.Thread(target=self._write, name="request lines", daemon=True)
        self._thread.start()

    def write(self, entry: Entry) -> None:
        """Queues the lines for a request; when too many wait it is counted instead."""
        lines = [] if self._quiet else [line(entry)]
        lines += [cut_line(cut) for cut in entry.cuts]
        try:
            for text in lines:
                self._lines.put_nowait(text)
        except queue.Full:
            self._left_out += 1

    def close(self, patience: float = 2.0) -> None:
        """Writes what waits, for so many seconds at most."""
        until = time.monotonic() + patience
        with contextlib.suppress(queue.Full):
            self._lines.put(None, timeout=patience)
            self._thread.join(max(until - time.monotonic(), 0))

    def _write(self) -> None:
        # a stream that is gone ends the lines, not the server
        with contextlib.suppress(OSError, ValueError):
            while (text := self._lines.get()) is not None:
                if self._left_out:
                    text = f"({self._left_out} requests are not shown)\n{text}"
                    self._left_out = 0
                self._stream.write(text + "\n")
                if self._lines.empty():
                    self._stream.flush()
            self._stream.flush()


def line(entry: Entry) -> str:
    """One line about a request: when, who, what, the answer's status and size. Printable ASCII, no secrets."""
    when = datetime.fromtimestamp(entry.time).astimezone().isoformat(timespec="milliseconds")
    who = "".join(character if "!" <= character <= "~" else "?" for character in entry.username) or "-"
    method = "".join(character if "!" <= character <= "~" else "?" for character in entry.method)
    fault = " fault" if entry.fault is not None else ""
    return f"{when} {entry.ipaddr or '-'} {who} {method} {entry.target()} {entry.status} {entry.sent}{fault}"


def cut_line(cut: Cut) -> str:
    """One line about a limit that was cut: a client that takes a short page for the last one loses what follows."""
    return (
        f"cotui sandbox: {cut.subject}: limit={cut.limit} was cut to {cut.served}, the most that a page holds here"
        " (--max-page-size); a shorter page than asked for is not the last one"
    )
