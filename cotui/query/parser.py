"""Typed text to `Query`."""

from __future__ import annotations

from datetime import date

from cotui.catalog.model import Resource
from cotui.query.ast import Condition, Order, Query
from cotui.query.errors import QueryError
from cotui.query.fields import filter_target, order_name
from cotui.query.lexer import scan
from cotui.query.parts import Clause, Form, Keyword, Literal, Name, Operator, OrderKey
from cotui.query.pasted import query_string, read_query_string
from cotui.query.values import Context, conditions_for
from cotui.query.words import NO_WORDS, Words

#: characters a filter may have; no URL carries more, and a longer text is something pasted by mistake
LONGEST = 16_384


def parse(text: str, resource: Resource, *, today: date | None = None, words: Words = NO_WORDS) -> Query:
    """Read what a person typed.

    Args:
        text: the filter, in the typed language, in ChargeOver's grammar, or a mixture.
        resource: what is filtered.
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
    for item in scan(text, resource):
        if isinstance(item, Clause):
            conditions.extend(meaning(item, context))
        elif isinstance(item, OrderKey):
            order.append(Order(order_name(item.name, resource, raw=item.raw), item.descending))
        elif not isinstance(item, Keyword):
            raise item.problem
    return Query(tuple(conditions), tuple(order))


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
            Order(order_name(Name(0, size, key.field), context.resource, raw=True), key.descending)
            for key in query.order
        )
    except QueryError as error:
        raise QueryError(error.message, 0, size, error.expected) from error
    return Query(tuple(conditions), order)


def meaning(clause: Clause, context: Context) -> tuple[Condition, ...]:
    """The conditions that one written condition stands for.

    Raises:
        QueryError: it is incomplete, wrong or impossible.
    """
    target = filter_target(clause, context.resource)
    if clause.problem is not None:
        raise clause.problem
    operator = clause.operator
    if operator is None or operator.op is None:
        message = "An operator has to follow the name."
        raise QueryError(message, clause.name.end, clause.name.end)
    if clause.value is None:
        return (Condition(target.field.name, operator.op),)
    return conditions_for(clause.name, target, operator, clause.value, context)
