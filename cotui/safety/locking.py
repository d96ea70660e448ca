"""Locks on files, waited for as long as somebody may be in the middle of something, not for ever."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cotui.safety.faults import FileFault, fault_of
from cotui.safety.reading import open_own

#: seconds to wait for another program, which holds a lock for as long as it takes to add some lines
PATIENCE: Final = 10.0

_UNLOCKABLE: Final = "cannot be locked"
#: seconds between two tries: the first, and the longest
_PAUSES: Final = (0.001, 0.05)


@contextmanager
def locked(path: str | os.PathLike[str], *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other programs out that lock this file; it is made where there is none.

    Raises:
        FileFault: it cannot be locked, or another program keeps it locked for longer than `patience` seconds.
    """
    descriptor = open_own(path, create=True)
    try:
        until, pause = time.monotonic() + patience, _PAUSES[0]
        while not take(descriptor, path):
            if time.monotonic() >= until:
                reason = f"another program has kept it locked for {patience:g} s"
                raise FileFault(path, _UNLOCKABLE, errno.EAGAIN, reason, "end that program, or continue it")
            time.sleep(pause)
            pause = min(pause * 2, _PAUSES[1])
        yield
    finally:
        os.close(descriptor)


def take(descriptor: int, path: str | os.PathLike[str]) -> bool:
    """Take the lock of an open file if nobody has it; whether it is ours now. Closing the file gives it back.

    Raises:
        FileFault: its file system knows no locks.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise fault_of(error, path, _UNLOCKABLE) from None
    return True
