"""The one error of the filter language, how its messages quote typed text, and why ChargeOver cannot do some things."""

from __future__ import annotations

import re

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
        instead: what the text at fault could be replaced by, the likeliest first, each as it is typed; empty where
            nothing is likely.
        unlearned: all that is wrong is that a word for a key is not among those known: the account's list may have it.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        expected: tuple[str, ...] = (),
        *,
        instead: tuple[str, ...] = (),
        unlearned: bool = False,
    ) -> None:
        super().__init__(message)
        self.instead = instead
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


#: comes last, and only where what was typed can be the end of the value before it
QUOTE_HINT = " If it is part of the value, put the whole value in quotation marks."

_KEYS_THERE = re.compile(r" Then \S shows its [^.]+\.")


def key_there(key: str, plural: str) -> str:
    """A sentence about the key of another list that leads to the records looked for; "" without one."""
    return f" Then {key} shows its {plural.lower()}." if key else ""


def without_keys(message: str) -> str:
    """A message for somebody who has no screen, and so no keys."""
    return _KEYS_THERE.sub("", message)


#: what a screen can do where a filter can't; commands say what they can instead
FIND_HINT = ", and find looks for one among the rows that are loaded"

OR = "ChargeOver has no OR: a row must meet all conditions. Ask for one alternative at a time."
NOT = "ChargeOver cannot turn a condition around with “not”: write field != value or field is not null."
GROUP = "ChargeOver has no parentheses: all conditions hold together. Leave them out."

# "{field}" is the name that was typed.
LIST = "ChargeOver has no lists: ask for one value at a time, {field} = value."
LIKE = "ChargeOver has no patterns, but finds text anywhere in a field: {field} ~ text."
NOT_CONTAINS = "ChargeOver finds text in a field, not its absence. For a whole value: {field} != value."
BETWEEN = "Write both ends as conditions: {field} >= first {field} <= last."
PERIOD_NOT = (
    "There is no “not within”, as ChargeOver has no OR: write {field} < first day or {field} > last day."
)

#: explanation by operator, in lower case with single blanks
UNSUPPORTED: dict[str, str] = {
    "!~": NOT_CONTAINS,
    "not contains": NOT_CONTAINS,
    "does not contain": NOT_CONTAINS,
    "not like": NOT_CONTAINS,
    "like": LIKE,
    "ilike": LIKE,
    "matches": LIKE,
    "starts with": LIKE,
    "ends with": LIKE,
    "between": BETWEEN,
    "in": LIST,
    "is in": LIST,
    "not in": LIST,
    "is not in": LIST,
}
