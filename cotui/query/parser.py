"""Typed text, or a request line pasted into the filter, to `Query`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cotui.catalog.model import Resource
from cotui.query.errors import QueryError
from cotui.query.field_suggestions import no_filter, no_order
from cotui.query.fields import find_order, find_target
from cotui.query.lexer import Clause, Form, Item, Keyword, Literal, Name, Operator, OrderKey, scan
from cotui.query.model import Condition, Order, Query
from cotui.query.values import Context, conditions_for
from cotui.query.vocabulary import NO_WORDS, Words
from cotui.query.wire import from_wire

#: characters a filter may have; no URL carries more, and a longer text is something pasted by mistake
LONGEST = 16_384

_VERB = re.compile(r"\s*(?:GET\s+)?(?=\S)")
_PARAMETER = re.compile(r"(?:where|order|limit|offset|expand|_\w+)=", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}|&(?:where|order|limit|offset|expand|_\w+)=", re.IGNORECASE)


def parse(text: str, resource: Resource, *, today: date | None = None, words: Words = NO_WORDS) -> Query:
    """Read what a person typed.

    Args:
        text: the filter, in the typed language, in ChargeOver's grammar, or a mixture.
        today: the day that relative dates count from; the computer's date when None.
        words: what the account calls the values of keys, by wire name of the key (`learned` finds them in
            rows); capitals do not matter. With ``{"currency_id": {"USD": "1"}}``, `currency = usd` is
            `currency_id EQUALS 1`.

    Raises:
        QueryError: the text cannot be understood, or ChargeOver cannot do it.
    """
    if len(text) > LONGEST:
        message = f"This filter has {len(text):,} characters; at most {LONGEST:,} can be sent."
        raise QueryError(message, LONGEST, len(text))
    context = Context(resource, today or date.today(), words)
    parameters = query_string(text)
    if parameters is not None:
        return _checked(read_query_string(parameters, len(text)), len(text), context)
    conditions: list[Condition] = []
    order: list[Order] = []
    items = scan(text, resource)
    for item in items:
        if isinstance(item, Clause):
            try:
                conditions.extend(meaning(item, context))
            except QueryError as error:
                raise _advised(error, item, items, text, context) from None
        elif isinstance(item, OrderKey):
            order.append(_order(item, resource))
        elif not isinstance(item, Keyword):
            raise item.problem
    return Query(tuple(conditions), tuple(order))


def _advised(
    error: QueryError, clause: Clause, rest: Iterator[Item], text: str, context: Context
) -> QueryError:
    """The same mistake, or what can be said instead of words that stand alone; `rest` follows the condition."""
    from cotui.query.lone_words import (  # only here: most filters have no mistake
        Reader,
        continued,
        refused,
        words_alone,
    )

    def read(condition: str) -> Query | None:
        try:
            return parse(condition, context.resource, today=context.today, words=context.words)
        except QueryError:
            return None

    reader = Reader(context, read)
    if (words := words_alone(clause, rest, text, context.resource)) is not None:
        return refused(words, clause, reader)
    if clause.value is not None and error.start == clause.value.start:
        return continued(clause, text, reader) or error
    return error


def depends_on_day(text: str, resource: Resource, words: Words = NO_WORDS) -> bool:
    """Whether a filter means something else on another day, as `-30d` does; a wrong one doesn't."""
    try:
        first, second = (parse(text, resource, today=day, words=words) for day in _TWO_DAYS)
    except QueryError:
        return False
    return first != second


# in other weeks, months, quarters and years
_TWO_DAYS = (date(2000, 1, 1), date(2001, 7, 3))


def _checked(query: Query, size: int, context: Context) -> Query:
    """`query` if the resource allows it, with aliases made wire names."""
    conditions: list[Condition] = []
    try:
        for condition in query.conditions:
            name = Name(0, size, condition.field)
            operator = Operator(0, size, condition.op.value, condition.op)
            value = Literal(0, size, condition.value, Form.RAW) if condition.op.takes_value else None
            conditions.extend(meaning(Clause(0, size, name, operator, value, raw=True), context))
        order = tuple(
            _order(OrderKey(0, size, Name(0, size, key.field), key.descending, raw=True), context.resource)
            for key in query.order
        )
    except QueryError as error:
        raise QueryError(error.message, 0, size, error.expected) from error
    return Query(tuple(conditions), order)


def _order(key: OrderKey, resource: Resource) -> Order:
    field = find_order(key.name.text, resource, raw=key.raw)
    if field is None:
        raise no_order(key.name, resource)
    return Order(field, key.descending)


def meaning(clause: Clause, context: Context) -> tuple[Condition, ...]:
    """The conditions that one written condition stands for. Raises QueryError where it is wrong or impossible."""
    target = find_target(clause.name.text, context.resource, raw=clause.raw)
    if target is None:
        raise no_filter(clause, context.resource)
    if clause.problem is not None:
        raise clause.problem
    operator = clause.operator
    if operator is None or operator.op is None:
        message = "An operator has to follow the name."
        raise QueryError(message, clause.name.end, clause.name.end)
    if clause.value is None:
        return (Condition(target.field.name, operator.op),)
    return conditions_for(clause.name, target, operator, clause.value, context)


def query_string(text: str) -> str | None:
    """The query string in `text`; None when `text` is no address and no percent-encoded parameters.

    Something with a blank in it is none: addresses have no blanks, typed filters do.
    """
    found = _VERB.match(text)
    rest = text[found.end() :].rstrip() if found else ""
    if not rest or any(char.isspace() for char in rest):
        return None
    path, question, parameters = rest.partition("?")
    if question and _PARAMETER.match(parameters) and (not path or "/" in path):
        return parameters
    return rest if _PARAMETER.match(rest) and _ENCODED.search(rest) else None


def read_query_string(parameters: str, size: int) -> Query:
    """The query in a query string, read as existing clients write it. Other parameters are passed over.

    Args:
        parameters: what stands behind the question mark.
        size: length of the whole text, which errors mark as a whole: offsets do not survive decoding.

    Raises:
        QueryError: the conditions or the order are malformed.
    """
    from urllib.parse import parse_qsl  # only here: most filters are typed

    given = dict(parse_qsl(parameters, keep_blank_values=True))
    try:
        return from_wire(given.get("where", ""), given.get("order", ""), lenient=True)
    except QueryError as error:
        raise QueryError(error.message, 0, size, error.expected) from error
