"""Making the demo's rows in another process while this one stores them.

The other process makes the same rows in the same order as this one would; they come through a pipe, in batches.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from queue import Queue
from typing import IO

from cotui.sandbox.demo_rows import Row
from cotui.sandbox.own_process import start

#: Batches, of some 100 kB, that may wait to be stored.
_AHEAD = 64
_SIZE = 8
#: A statement and the rows it is to be run with.
Batch = tuple[str, list[Row]]


@contextlib.contextmanager
def made_elsewhere(customers: int, seed: int, today: date) -> Iterator[Iterator[Batch]]:
    """All rows of the demo, made in another process, which ends with the context.

    Raises:
        OSError: the process cannot be started, or ends too early (ChildProcessError).
    """
    child = start(__name__, str(customers), str(seed), today.isoformat())
    assert child.stdout is not None
    assert child.stderr is not None
    waiting: Queue[bytes | None] = Queue(_AHEAD)
    # a thread, because a pipe holds less than a batch: the other process would stand still while rows are stored
    reader = threading.Thread(target=_read, args=(child.stdout, waiting), daemon=True)
    reader.start()
    try:
        yield _batches(waiting, child)
    finally:
        child.kill()
        while reader.is_alive():
            with contextlib.suppress(Exception):
                waiting.get(timeout=0.1)
        child.wait()
        child.stdout.close()
        child.stderr.close()


def _read(pipe: IO[bytes], waiting: Queue[bytes | None]) -> None:
    """Passes on messages; an empty one is the last of a complete demo, None stands for one that is broken off."""
    message: bytes | None = None
    while message != b"":
        size = int.from_bytes(head, "big") if len(head := pipe.read(_SIZE)) == _SIZE else -1
        message = pipe.read(size) if size >= 0 else None
        if message is None or len(message) < size:
            waiting.put(None)
            return
        waiting.put(message)


def _batches(waiting: Queue[bytes | None], child: subprocess.Popen[bytes]) -> Iterator[Batch]:
    while message := waiting.get():
        yield marshal.loads(message)  # noqa: S302 - from our own process
    if message is None:
        assert child.stderr is not None
        lines = child.stderr.read().decode(errors="replace").strip().splitlines()
        raise ChildProcessError(f"making the demo data broke off: {lines[-1] if lines else child.wait()}")


class _Pipe:
    """Writes rows to another process."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, statement: str, rows: list[Row]) -> None:
        """Sends a batch."""
        self._send(marshal.dumps((statement, rows)))

    def end(self) -> None:
        """Says that the demo is complete."""
        self._send(b"")
        self._file.flush()

    def _send(self, message: bytes) -> None:
        self._file.write(len(message).to_bytes(_SIZE, "big"))
        self._file.write(message)


def _main(customers: str, seed: str, today: str) -> None:
    from cotui.sandbox.demo import make

    gc.disable()
    pipe = _Pipe(sys.stdout.buffer)
    make(pipe, int(customers), int(seed), date.fromisoformat(today))
    pipe.end()


if __name__ == "__main__":
    _main(*sys.argv[1:])
