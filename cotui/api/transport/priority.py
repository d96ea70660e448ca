"""How urgent a request is."""

from __future__ import annotations

from enum import IntEnum


class Priority(IntEnum):
    """Lower goes first. A request that somebody more urgent joins takes over their priority."""

    #: the user is waiting for it
    INTERACTIVE = 0
    #: rows that are likely to be looked at next
    PREFETCH = 1
    #: bulk reading that may take as long as it takes
    EXPORT = 2
