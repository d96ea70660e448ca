"""Values as they are typed: quotation marks and escapes off and on."""

from __future__ import annotations

import re

from cotui.query.errors import QueryError
from cotui.query.syntax import QUOTES, STRING
from cotui.safety.text import visible

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_BARE_ESCAPE = re.compile(r"\\([\s,:\\\"'()])")


def read_string(text: str, start: int) -> tuple[str, int, QueryError | None]:
    """The quoted value that begins at `start`: its text, the offset behind it, and what is wrong with it."""
    found = STRING[text[start]].match(text, start)
    if not found or not found["end"]:
        mark = text[start]
        return (
            "",
            len(text),
            QueryError(f"The quotation mark {mark} is not closed.", start, len(text), (QUOTES[mark],)),
        )
    inner = found["text"]
    if "\\" not in inner:
        return inner, found.end(), None
    try:
        return _ESCAPE.sub(_character, inner), found.end(), None
    except _EscapeError as error:
        at = start + 1 + error.offset
        problem = QueryError(
            "This escape is not known. A backslash itself is written \\\\.",
            at,
            at + 2,
            ("\\\\", '\\"', "\\n", "\\t"),
        )
        return inner, found.end(), problem


class _EscapeError(ValueError):
    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        if number > 0x10FFFF:
            raise _EscapeError(found.start())
        return chr(number)
    letter = found[4]
    if letter in _NAMED:
        return _NAMED[letter]
    if letter.isalnum():
        raise _EscapeError(found.start())
    return letter


def read_bare(text: str) -> str:
    """An unquoted value: a backslash counts before blanks, commas, colons, quotes, parentheses and itself."""
    return _BARE_ESCAPE.sub(r"\1", text) if "\\" in text else text


def quote(value: str) -> str:
    """`value` in quotation marks on one line, everything that cannot be seen as an escape."""
    return '"' + visible(value.replace("\\", "\\\\").replace('"', '\\"')) + '"'
