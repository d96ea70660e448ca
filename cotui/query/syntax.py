"""The words and signs of the typed language, as tables and patterns; quotation marks and escapes, off and on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cotui.query.errors import QueryError
from cotui.query.model import FIELD_NAME, Op
from cotui.query.wire import VALUE_OPERATORS
from cotui.safety.text import has_half_characters, is_visible, visible, without_unseen

#: operator signs; None marks one that ChargeOver cannot carry out
SIGNS: dict[str, Op | None] = {
    "=": Op.EQUALS,
    "==": Op.EQUALS,
    "!=": Op.NOTEQUALS,
    "<>": Op.NOTEQUALS,
    "≠": Op.NOTEQUALS,
    ">": Op.GT,
    ">=": Op.GTE,
    "=>": Op.GTE,
    "≥": Op.GTE,
    "<": Op.LT,
    "<=": Op.LTE,
    "=<": Op.LTE,
    "≤": Op.LTE,
    "~": Op.CONTAINS,
    "=~": Op.CONTAINS,
    "!~": None,
}
#: the sign that `render` and completion use
SIGN_OF: dict[Op, str] = {
    Op.EQUALS: "=",
    Op.NOTEQUALS: "!=",
    Op.GT: ">",
    Op.GTE: ">=",
    Op.LT: "<",
    Op.LTE: "<=",
    Op.CONTAINS: "~",
    Op.IS_NULL: "is null",
    Op.ISNOT_NULL: "is not null",
}
#: operator words in lower case with single blanks; None marks one that ChargeOver cannot carry out
WORDS: dict[str, Op | None] = {
    "is null": Op.IS_NULL,
    "is empty": Op.IS_NULL,
    "is not null": Op.ISNOT_NULL,
    "is not empty": Op.ISNOT_NULL,
    "is": Op.EQUALS,
    "in": Op.EQUALS,
    "is in": Op.EQUALS,
    "equals": Op.EQUALS,
    "is not": Op.NOTEQUALS,
    "not equals": Op.NOTEQUALS,
    "contains": Op.CONTAINS,
    "before": Op.LT,
    "is before": Op.LT,
    "after": Op.GT,
    "is after": Op.GT,
    "since": Op.GTE,
    "until": Op.LTE,
    **{name.lower(): op for name, op in VALUE_OPERATORS.items()},
    "not in": None,
    "is not in": None,
    "like": None,
    "not like": None,
    "ilike": None,
    "matches": None,
    "starts with": None,
    "ends with": None,
    "between": None,
    "not contains": None,
    "does not contain": None,
}
#: bare words that mean something by themselves; as values they are quoted
RESERVED = frozenset(
    {"and", "or", "not", "null", "where", "order", "sort", "by", "asc", "desc"}
    | {word for phrase in WORDS for word in phrase.split()}
)
#: closing mark by opening mark; the curly ones come from text pasted out of letters
QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}


def _phrases(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first) + ")"


_CONDITION_PHRASES = ("is null", "is not null", "is empty", "is not empty", "contains")
_WIRE_NULL = r"(?:IS:NULL|ISNOT:NULL)(?=[\s,]|\Z)"
_WIRE_OPERATOR = _phrases([*VALUE_OPERATORS, "NEQUALS"]) + ":"
_WORD_END = r"(?![\w.:])"
_SIGN = _phrases(SIGNS)

SPACE = re.compile(r"\s*")
GAP = re.compile(r"[\s,]*")
#: where a field's name is expected
WORD = re.compile(r"""[^\s,=<>!~()\[\]"'“”‘’:≠≤≥↑↓]+""")
SIGN = re.compile(_SIGN)
OPERATOR_WORD = re.compile(_phrases(WORDS) + _WORD_END, re.IGNORECASE)
#: words that make a condition of whatever name stands before them, known or not
CONDITION_WORD = re.compile(_phrases(_CONDITION_PHRASES) + _WORD_END, re.IGNORECASE)
#: `:EQUALS:` or `:IS:NULL` behind a name
RAW_OPERATOR = re.compile(f":(?:(?P<null>{_WIRE_NULL})|(?P<operator>{_WIRE_OPERATOR}))", re.IGNORECASE)
#: one blank-free stretch of an unquoted value; a backslash takes the next character along
STRETCH = re.compile(r"[^\s,\\]*(?:\\.?[^\s,\\]*)*", re.DOTALL)
#: anything up to the next blank or comma
CHUNK = re.compile(r"[^\s,]+")
STRING = {
    opening: re.compile(
        rf"{opening}(?P<text>[^{closing}\\]*(?:\\.[^{closing}\\]*)*)(?P<end>{closing}?)", re.DOTALL
    )
    for opening, closing in QUOTES.items()
}

#: `where` before the first condition, as the docs and query strings write it
WHERE = re.compile(
    rf"where(?:\s++(?!{_SIGN})|\s*[:=]\s*(?={FIELD_NAME.pattern}:(?:{_WIRE_NULL}|{_WIRE_OPERATOR})))",
    re.IGNORECASE,
)
AND = re.compile(r"and(?=[\s,()]|\Z)|(?:&&)+", re.IGNORECASE)
OR = re.compile(r"or(?=[\s,()]|\Z)|(?:\|\|)+", re.IGNORECASE)
NOT = re.compile(r"not(?=[\s(]|\Z)|!(?=[\s(\w])", re.IGNORECASE)
GROUP = re.compile(r"[()]+")
ORDER = re.compile(
    rf"(?:order|sort)(?:\s+by{_WORD_END}|:(?!{_WIRE_NULL}|{_WIRE_OPERATOR})"
    rf"|\s*=\s*(?={FIELD_NAME.pattern}:(?:ASC|DESC)\b))",
    re.IGNORECASE,
)
DIRECTION = re.compile(rf":?(?P<word>asc(?:ending)?|desc(?:ending)?|[↑↓]){_WORD_END}", re.IGNORECASE)


#: a value that needs no quotation marks
BARE = re.compile(r"[\w.@+#$%&*/-][\w.@+#$%&*/:'-]*")
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
    inner = _seen(found["text"])  # whoever means such a sign writes its escape
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
    text = _seen(text)
    return _BARE_ESCAPE.sub(r"\1", text) if "\\" in text else text


def _seen(text: str) -> str:
    """What of a typed value is meant; half of a character stays, so that it is refused."""
    return text if has_half_characters(text) else without_unseen(text)


def quote(value: str) -> str:
    """`value` in quotation marks on one line, everything that cannot be seen as an escape."""
    return '"' + visible(value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def render_value(value: str) -> str:
    """`value` as it is typed behind an operator, in quotation marks where it needs them."""
    plain = BARE.fullmatch(value) and is_visible(value) and value.lower() not in RESERVED
    return value if plain else quote(value)
