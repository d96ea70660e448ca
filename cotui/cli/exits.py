"""Exit codes. Scripts rely on them: a code never changes its meaning."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    OK = 0
    #: ChargeOver could not be asked, or refused
    API = 1
    #: the command line or the filter cannot be understood
    USAGE = 2
    #: configuration or credentials are missing or wrong
    CONFIG = 3
    #: there is no such record or report
    NOT_FOUND = 4
    #: the keys are not accepted, or may not do this
    REFUSED = 5
    #: printed, but incomplete; stderr says what is missing
    INCOMPLETE = 6
    #: Ctrl+C
    INTERRUPTED = 130
    #: whoever read the output stopped reading, e.g. `| head`
    PIPE = 141


class CommandError(Exception):
    """A command that cannot go on, in words for its user."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code
