"""What the system says about a failed request: the errors beneath the library's own, and what this machine lacks."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from cotui.api import errors

# getaddrinfo's "no such name", as opposed to "ask again later"
_NO_SUCH_NAME: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
#: what this machine has run out of, or does not let its programs do, by the system's number for it
_LOCAL: Final = {
    errno.EMFILE: "cotui has too many files open",
    errno.ENFILE: "This machine has too many files open",
    errno.ENOMEM: "This machine has no memory left",
    errno.ENOBUFS: "This machine has no memory left for the network",
    errno.EADDRNOTAVAIL: "This machine has no free port left for a connection",
    errno.ENOSPC: "This machine has no space left",
    errno.EPERM: "This machine does not let cotui use the network",
    errno.EACCES: "This machine does not let cotui use the network",
}


def local_failure(error: BaseException) -> errors.LocalFailure | None:
    """What this machine lacks, where that is the cause."""
    found = list(causes(error))
    if any(isinstance(cause, ConnectionRefusedError) for cause in found):
        return None  # a name with several addresses: one of them at least was reached
    for cause in found:
        if isinstance(cause, MemoryError):
            return errors.LocalFailure(_LOCAL[errno.ENOMEM])
        if isinstance(cause, RuntimeError) and "start new thread" in str(cause):
            return errors.LocalFailure("This machine lets cotui start no further thread")
        # what comes from looking up a name has numbers of its own
        if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError | socket.gaierror):
            if cause.errno in _LOCAL:
                return errors.LocalFailure(_LOCAL[cause.errno])
        elif isinstance(cause, socket.gaierror) and cause.errno == getattr(socket, "EAI_MEMORY", None):
            return errors.LocalFailure(_LOCAL[errno.ENOMEM])
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was raised from, groups included."""
    pending, seen = [error], set[int]()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending += [linked for linked in (current.__cause__, current.__context__) if linked is not None]
        if isinstance(current, BaseExceptionGroup):
            pending += current.exceptions


def no_such_name(cause: socket.gaierror) -> bool:
    """Whether a name does not exist, as opposed to a name service that does not answer."""
    return cause.errno in _NO_SUCH_NAME
