"""The parts of a filter as they were written, mistakes included: what the lexer hands on."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from cotui.query.ast import Op
from cotui.query.errors import QueryError


class Form(Enum):
    """How a value is written, which decides how much is read into it."""

    BARE = auto()  # words of an enumeration, dates in words and `null` are understood
    QUOTED = auto()  # the text itself
    RAW = auto()  # ChargeOver's own grammar: the text itself


class Name(NamedTuple):
    """A word where a field's name belongs."""

    start: int
    end: int
    text: str


class Operator(NamedTuple):
    """An operator. `word` is its spelling in lower case with single blanks."""

    start: int
    end: int
    word: str
    #: None: ChargeOver has no such operator
    op: Op | None


class Literal(NamedTuple):
    """A value with its quotes and escapes taken off."""

    start: int
    end: int
    text: str
    form: Form


class Clause(NamedTuple):
    """A condition, perhaps incomplete: then `problem` says what is missing or wrong."""

    start: int
    end: int
    name: Name
    operator: Operator | None = None
    value: Literal | None = None
    problem: QueryError | None = None
    #: an unquoted value stands right before, so that this may be meant as its continuation
    after_bare: bool = False
    #: written in ChargeOver's own grammar
    raw: bool = False


class Keyword(NamedTuple):
    """`and`, `where`, `order by`."""

    start: int
    end: int


class OrderKey(NamedTuple):
    """One key behind `order by`."""

    start: int
    end: int
    name: Name
    descending: bool = False
    #: where `asc` or `desc` begins; None without it
    direction_start: int | None = None
    #: written in ChargeOver's own grammar
    raw: bool = False


class Trouble(NamedTuple):
    """Something that fits nowhere."""

    start: int
    end: int
    problem: QueryError


Item = Clause | Keyword | OrderKey | Trouble
