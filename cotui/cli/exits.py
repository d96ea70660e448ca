"""Exit codes: the one table for all commands. Scripts rely on them: a code never changes its meaning."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended.

    Attributes:
        meaning: what it tells a script, for help texts.
    """

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Exit:
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    OK = 0, "done"
    API = 1, "ChargeOver could not be asked, or refused"
    USAGE = 2, "wrong command line or filter"
    CONFIG = 3, "configuration or credentials, or a write in a read-only profile"
    NOT_FOUND = 4, "no such record or report"
    REFUSED = 5, "keys not accepted, or they may not do this"
    INCOMPLETE = 6, "printed, but incomplete: stderr says what is missing"
    UNKNOWN = 7, "a write was sent, and its outcome is not known"
    PARTLY = 8, "partly done"
    NOT_CONFIRMED = 9, "not confirmed"
    FAULT = 70, "a fault of cotui's own"
    OUTPUT = 74, "the output could not be written"
    HANGUP = 129, "the terminal is gone (SIGHUP)"
    INTERRUPTED = 130, "interrupted (Ctrl+C)"
    PIPE = 141, "the reader of the output went away, as in “| head”"
    TERMINATED = 143, "ended from outside (SIGTERM)"


def exit_table() -> str:
    """All codes and their meanings, for help texts."""
    return "exit codes:\n" + "".join(f"  {int(code):<5}{code.meaning}\n" for code in Exit)


class CommandError(Exception):
    """A command that cannot go on, in words for its user."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code
