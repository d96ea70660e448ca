"""Which part of a typed filter is what, for colouring it while it is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from cotui.catalog.model import Resource
from cotui.query.errors import QueryError
from cotui.query.fields import find_order, find_target
from cotui.query.lexer import Clause, Item, Keyword, OrderKey, scan
from cotui.query.parser import LONGEST, parse, query_string
from cotui.query.values import Context, conditions_for
from cotui.query.vocabulary import NO_WORDS, Words

SpanKind = Literal["field", "operator", "value", "keyword", "error"]

# Only whether a value can be read matters here, not which day it means.
_ANY_DAY = date(2000, 1, 1)


class Span(NamedTuple):
    """Characters `start` to `end` (not included) of the text are of one kind."""

    start: int
    end: int
    kind: SpanKind


def spans(text: str, resource: Resource, *, words: Words = NO_WORDS) -> tuple[Span, ...]:
    """The coloured stretches of `text` from left to right; they do not overlap, and blanks have none.

    Never raises. Whatever `parse` would refuse, given the same `words`, is marked "error" where it stands;
    what is merely missing yet marks nothing.
    """
    if query_string(text) is not None:
        return _of_address(text, resource, words)
    context = Context(resource, _ANY_DAY, words)
    found = [span for item in scan(text[:LONGEST], resource) for span in _of_item(item, context)]
    if len(text) > LONGEST:
        found.append(Span(LONGEST, len(text), "error"))
    return tuple(found)


def _of_address(text: str, resource: Resource, words: Words) -> tuple[Span, ...]:
    start = len(text) - len(text.lstrip())
    try:
        parse(text, resource, today=_ANY_DAY, words=words)
    except QueryError:
        return (Span(start, len(text), "error"),)
    return (Span(start, len(text), "value"),)


def _of_item(item: Item, context: Context) -> Iterator[Span]:
    if isinstance(item, Clause):
        yield from _of_clause(item, context)
    elif isinstance(item, Keyword):
        yield Span(item.start, item.end, "keyword")
    elif isinstance(item, OrderKey):
        known = find_order(item.name.text, context.resource, raw=item.raw) is not None
        yield Span(item.name.start, item.name.end, "field" if known else "error")
        if item.direction_start is not None:
            yield Span(item.direction_start, item.end, "keyword")
    elif item.start < item.end:
        # "and" with nothing behind it yet is no mistake while typing goes on.
        missing = item.problem.start == item.problem.end
        yield Span(item.start, item.end, "keyword" if missing else "error")


def _of_clause(clause: Clause, context: Context) -> Iterator[Span]:
    parts: list[Span] = []
    target = find_target(clause.name.text, context.resource, raw=clause.raw)
    problem = clause.problem
    parts.append(Span(clause.name.start, clause.name.end, "field" if target else "error"))
    operator, value = clause.operator, clause.value
    if operator:
        parts.append(Span(operator.start, operator.end, "operator"))
    if value and value.start < value.end:
        parts.append(Span(value.start, value.end, "value"))
    if target and operator and value and problem is None:
        try:
            conditions_for(clause.name, target, operator, value, context)
        except QueryError as error:
            problem = error
    if problem is None or problem.start == problem.end:
        yield from parts
        return
    wrong = Span(problem.start, problem.end, "error")
    yield from sorted([*(piece for part in parts for piece in _without(part, wrong)), wrong])


def _without(part: Span, hole: Span) -> Iterator[Span]:
    """What is left of `part` outside `hole`."""
    if part.start < min(part.end, hole.start):
        yield Span(part.start, min(part.end, hole.start), part.kind)
    if max(part.start, hole.end) < part.end:
        yield Span(max(part.start, hole.end), part.end, part.kind)
