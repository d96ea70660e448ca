"""The one error of the filter language, and how typed text is quoted in its messages."""

from __future__ import annotations

from cotui.safety.text import visible

#: characters of typed text that a message repeats at most
_EXCERPT = 40


class QueryError(ValueError):
    """A filter that cannot be understood or that ChargeOver cannot carry out.

    Attributes:
        message: one sentence or more for the person who typed the filter.
        start: offset of the first character at fault.
        end: offset after the last one; equal to `start` where something is missing.
        expected: what could stand there instead, ready to be typed; empty when there is no short list.
        unlearned: all that is wrong is that nothing is known of the account's own words for a key: rows may tell.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        expected: tuple[str, ...] = (),
        *,
        unlearned: bool = False,
    ) -> None:
        super().__init__(message)
        self.unlearned = unlearned
        self.message = message
        self.start = start
        self.end = end
        self.expected = expected


def excerpt(text: str) -> str:
    """`text` in quotation marks for a message: one line, shortened, nothing invisible in it."""
    return f"“{in_line(text)}”"


def in_line(text: str) -> str:
    """`text` for a message without quotation marks: one line, shortened, nothing invisible in it."""
    cut = text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
    return visible(cut)
