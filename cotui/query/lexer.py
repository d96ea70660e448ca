"""Takes typed text apart into conditions, order keys and keywords, whatever is wrong with it.

The lexer never raises. It looks at every character a bounded number of times, so that a pasted
megabyte of anything costs linear time, and it works lazily: `parse` stops at the first problem.

An unquoted value runs on over blanks (`country = United States`) until a comma, `and`, `or`,
`order by`, an operator sign, a name of a field, or a name that an operator follows. So text that
could be read as the next condition is never swallowed silently; quotation marks settle it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from enum import Enum, auto
from typing import NamedTuple

from cotui.catalog.model import Resource
from cotui.query import errors, syntax
from cotui.query.errors import QueryError, excerpt, in_line
from cotui.query.fields import phrases
from cotui.query.model import FIELD_NAME, Op
from cotui.query.syntax import read_bare, read_string
from cotui.query.wire import VALUE_OPERATORS, operator_named, unescape


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


class SyntaxProblem(NamedTuple):
    """Something that fits nowhere."""

    start: int
    end: int
    problem: QueryError


Item = Clause | Keyword | OrderKey | SyntaxProblem


_UNSUPPORTED = ((syntax.OR, errors.OR), (syntax.NOT, errors.NOT), (syntax.GROUP, errors.GROUP))
_SIGN_NAMES = tuple(syntax.SIGN_OF.values())


def scan(text: str, resource: Resource) -> Iterator[Item]:
    """The parts of `text` from left to right; their ranges never overlap."""
    return _Scanner(text, resource).items()


class _Scanner:
    def __init__(self, text: str, resource: Resource) -> None:
        self.text = text
        self.size = len(text)
        self.resource = resource

    def items(self) -> Iterator[Item]:
        text = self.text
        position = self._skip(0)
        after_bare = False
        if found := syntax.WHERE.match(text, position):
            yield Keyword(position, position + len("where"))
            position = found.end()
        while (position := self._skip(position)) < self.size:
            if found := syntax.ORDER.match(text, position):
                yield Keyword(position, found.end())
                end = yield from self._order_keys(found.end())
            elif found := syntax.AND.match(text, position):
                end = found.end()
                yield self._and(position, end, after_bare)
            elif trouble := self._unsupported(position, after_bare):
                yield trouble
                end = trouble.end
            else:
                item = self._condition(position, after_bare)
                yield item
                end = item.end
                if isinstance(item, Clause):
                    after_bare = item.value is not None and item.value.form is not Form.QUOTED
            position = end

    def _skip(self, position: int) -> int:
        found = syntax.GAP.match(self.text, position)
        return found.end() if found else position

    def _space(self, position: int) -> int:
        found = syntax.SPACE.match(self.text, position)
        return found.end() if found else position

    def _matches(self, position: int, *patterns: re.Pattern[str]) -> bool:
        return any(pattern.match(self.text, position) for pattern in patterns)

    # -- between conditions ---------------------------------------------------------------

    def _and(self, start: int, end: int, after_bare: bool) -> Item:
        after = self._skip(end)
        if (
            after < self.size
            and not syntax.ORDER.match(self.text, after)
            and not syntax.AND.match(self.text, after)
        ):
            return Keyword(start, end)
        hint = errors.QUOTE_HINT if after_bare else ""
        return SyntaxProblem(start, end, QueryError("A condition has to follow “and”." + hint, end, end))

    def _unsupported(self, start: int, after_bare: bool) -> SyntaxProblem | None:
        for pattern, message in _UNSUPPORTED:
            if found := pattern.match(self.text, start):
                # What a condition follows is no part of a value.
                hint = errors.QUOTE_HINT if after_bare and not self._condition_at(found.end()) else ""
                return SyntaxProblem(start, found.end(), QueryError(message + hint, start, found.end()))
        return None

    def _order_keys(self, position: int) -> Generator[Item, None, int]:
        """The keys behind `order by`. Ends behind the last one, where further conditions may follow."""
        text = self.text
        count = 0
        end = position
        while True:
            at = self._skip(end) if count == 0 or self._comma(end) else self.size
            word = syntax.WORD.match(text, at)
            if not word or (count and self._is_condition(at, word.end())):
                break
            name = Name(at, word.end(), word.group())
            end = word.end()
            descending, direction = False, None
            raw = text[end : end + 1] == ":"
            if found := syntax.DIRECTION.match(text, end if raw else self._space(end)):
                descending = found["word"].lower() in ("desc", "descending", "↓")
                direction, end = found.start("word"), found.end()
            elif raw:
                chunk = syntax.CHUNK.match(text, end)
                stop = chunk.end() if chunk else end
                problem = QueryError("The direction is asc or desc.", end, stop, ("asc", "desc"))
                yield SyntaxProblem(at, stop, problem)
                end = stop
                count += 1
                continue
            yield OrderKey(at, end, name, descending, direction, raw)
            count += 1
        if not count:
            message = "The name of a field has to follow “order by”."
            yield SyntaxProblem(end, end, QueryError(message, end, end))
        return end

    def _comma(self, position: int) -> bool:
        at = self._space(position)
        return self.text[at : at + 1] == ","

    # -- one condition --------------------------------------------------------------------

    def _is_condition(self, start: int, name_end: int) -> bool:
        """Whether an operator that cannot be anything else follows the name."""
        if not FIELD_NAME.fullmatch(self.text, start, name_end):
            return False
        if syntax.RAW_OPERATOR.match(self.text, name_end):
            return True
        at = self._space(name_end)
        return bool(
            syntax.SIGN.match(self.text, at) or (at > name_end and syntax.CONDITION_WORD.match(self.text, at))
        )

    def _condition_at(self, position: int) -> bool:
        word = syntax.WORD.match(self.text, self._skip(position))
        return bool(word and self._is_condition(word.start(), word.end()))

    def _begins_condition(self, position: int) -> bool:
        word = syntax.WORD.match(self.text, position)
        if not word:
            return False
        end = word.end()
        following = self.text[end : end + 1]
        if (not following or following == "," or following.isspace()) and self.resource.find(word.group()):
            return True
        return self._is_condition(position, end)

    def _ends_value(self, position: int) -> bool:
        text = self.text
        if text[position] in syntax.QUOTES or syntax.SIGN.match(text, position):
            return True
        if self._matches(position, syntax.AND, syntax.OR, syntax.ORDER):
            return True
        if found := syntax.NOT.match(text, position):
            after = self._space(found.end())
            return text[after : after + 1] == "(" or self._begins_condition(after)
        if text[position] == "(":
            return self._begins_condition(self._space(position + 1))
        return self._begins_condition(position)

    def _condition(self, start: int, after_bare: bool) -> Clause | SyntaxProblem:
        word = syntax.WORD.match(self.text, start)
        if not word:
            chunk = syntax.CHUNK.match(self.text, start)
            end = chunk.end() if chunk else start + 1
            message = f"The name of a field is expected, not {excerpt(self.text[start:end])}."
            hint = errors.QUOTE_HINT if after_bare else ""
            return SyntaxProblem(start, end, QueryError(message + hint, start, end))
        name = Name(start, word.end(), word.group())
        if self.text[name.end : name.end + 1] == ":":
            return self._raw(name, after_bare)
        operator = self._operator(name.end)
        if operator is None:
            return self._without_operator(name, after_bare)
        if operator.op in (Op.IS_NULL, Op.ISNOT_NULL):
            return Clause(start, operator.end, name, operator, after_bare=after_bare)
        value, end, problem = self._value(name, operator)
        return Clause(start, end, name, operator, value, problem, after_bare)

    def _operator(self, name_end: int) -> Operator | None:
        at = self._space(name_end)
        if found := syntax.SIGN.match(self.text, at):
            return Operator(at, found.end(), found.group(), syntax.SIGNS[found.group()])
        if at > name_end and (found := syntax.OPERATOR_WORD.match(self.text, at)):
            word = " ".join(found.group().lower().split())
            return Operator(at, found.end(), word, syntax.WORDS[word])
        return None

    def _without_operator(self, name: Name, after_bare: bool) -> Clause:
        at = self._space(name.end)
        chunk = syntax.CHUNK.match(self.text, at)
        if chunk is None or self._ends_value(at):
            message = f"An operator has to follow {excerpt(name.text)}, for example = or !=."
            start = end = name.end
        else:
            start, end = chunk.span()
            message = (
                f"{excerpt(chunk.group())} is not an operator. Known are =, !=, >, >=, <, <=, ~ and is null."
            )
        hint = errors.QUOTE_HINT if after_bare else ""
        problem = QueryError(message + hint, start, end, _SIGN_NAMES)
        return Clause(name.start, end, name, problem=problem, after_bare=after_bare)

    def _raw(self, name: Name, after_bare: bool) -> Clause:
        found = syntax.RAW_OPERATOR.match(self.text, name.end)
        if not found:
            chunk = syntax.CHUNK.match(self.text, name.end)
            end = chunk.end() if chunk else name.end + 1
            shown = in_line(name.text)
            message = (
                f"An operator has to stand between two colons, as in {shown}:EQUALS:value. "
                f"Or type {shown} = value."
            )
            problem = QueryError(message, name.end, end, tuple(f":{op}:" for op in VALUE_OPERATORS))
            return Clause(name.start, end, name, problem=problem, after_bare=after_bare, raw=True)
        if null := found["null"]:
            operator = Operator(name.end + 1, found.end(), null.upper(), Op(null.upper()))
            return Clause(name.start, found.end(), name, operator, after_bare=after_bare, raw=True)
        word = found["operator"][:-1]
        operator = Operator(name.end + 1, found.end() - 1, word.upper(), operator_named(word))
        start = end = found.end()
        at = self._space(end)
        # What stands right behind the colon is the value, even if it looks like a word of the language.
        if at < self.size and self.text[at] != "," and (at == end or not self._ends_value(at)):
            start, end = at, self._stretches(at)
        value = Literal(start, end, unescape(self.text[start:end]), Form.RAW)
        return Clause(name.start, end, name, operator, value, after_bare=after_bare, raw=True)

    # -- values ---------------------------------------------------------------------------

    def _value(self, name: Name, operator: Operator) -> tuple[Literal | None, int, QueryError | None]:
        """The value behind `operator`, the offset behind it, and what is wrong with both."""
        text = self.text
        unsupported = self._explained(name, operator)
        start = self._space(operator.end)
        if unsupported and text[start : start + 1] in ("(", "["):
            return None, self._list_end(start), unsupported
        if start >= self.size or self._value_missing(start):
            message = f"A value has to follow {excerpt(operator.word)}."
            return None, operator.end, unsupported or QueryError(message, operator.end, operator.end)
        if text[start] in syntax.QUOTES:
            return self._quoted(start, unsupported)
        if found := syntax.SIGN.match(text, start):
            message = f"A value that begins with {found.group()} has to stand in quotation marks."
            end = self._stretches(start)
            return None, end, unsupported or QueryError(message, start, found.end(), ('"',))
        end = max(self._stretches(start), self._phrase_end(name, start))
        return Literal(start, end, read_bare(text[start:end]), Form.BARE), end, unsupported

    def _phrase_end(self, name: Name, start: int) -> int:
        """Where words end that mean a value together although one of them is a field: `status = past due`."""
        field = self.resource.find(name.text)
        if field is None:
            return start
        for phrase in phrases(field):
            found = phrase.match(self.text, start)
            if found and not syntax.SIGN.match(self.text, self._space(found.end())):
                return found.end()
        return start

    def _explained(self, name: Name, operator: Operator) -> QueryError | None:
        at = self._space(operator.end)
        is_list = operator.word in ("in", "is in") and self.text[at : at + 1] in ("(", "[")
        if operator.op is not None and not is_list:
            return None
        message = errors.UNSUPPORTED[operator.word].format(field=in_line(name.text))
        return QueryError(message, operator.start, operator.end)

    def _value_missing(self, start: int) -> bool:
        text = self.text
        if text[start] == "," or self._matches(start, syntax.AND, syntax.OR, syntax.ORDER):
            return True
        word = syntax.WORD.match(text, start)
        return bool(word and self.resource.find(word.group()) and self._is_condition(start, word.end()))

    def _list_end(self, start: int) -> int:
        close = self.text.find(")" if self.text[start] == "(" else "]", start)
        return self.size if close < 0 else close + 1

    def _quoted(self, start: int, unsupported: QueryError | None) -> tuple[Literal, int, QueryError | None]:
        value, end, problem = read_string(self.text, start)
        following = self.text[end : end + 1]
        if problem is None and following and following != "," and not following.isspace():
            chunk = syntax.CHUNK.match(self.text, end)
            stop = chunk.end() if chunk else end
            message = "A blank or a comma has to follow the closing quotation mark."
            problem = QueryError(message, end, stop, (" ", ","))
            return Literal(start, end, value, Form.QUOTED), stop, unsupported or problem
        return Literal(start, end, value, Form.QUOTED), end, unsupported or problem

    def _stretches(self, start: int) -> int:
        """Where the unquoted value ends that begins at `start`."""
        end = start
        position = start
        while True:
            found = syntax.STRETCH.match(self.text, position)
            end = found.end() if found else position
            position = self._space(end)
            if (
                position == end
                or position >= self.size
                or self.text[position] == ","
                or self._ends_value(position)
            ):
                return end
