"""`Query` to the text a person would type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cotui.catalog.model import Resource
from cotui.query.errors import QueryError
from cotui.query.fields import find_order, typed_name
from cotui.query.model import Condition, Op, Order, Query
from cotui.query.parser import parse
from cotui.query.syntax import BARE, SIGN_OF, quote, render_value
from cotui.query.values import choice_words
from cotui.query.wire import escape

_BLANK = re.compile(r"\s")
# Words for relative dates never come out of `render`, so that the day does not matter.
_ANY_DAY = date(2000, 1, 1)


def render(query: Query, resource: Resource) -> str:
    """`query` in the shortest spelling that `parse` reads as the same query.

    Conditions that the resource refuses (an unknown field, a value of the wrong type) come out in
    ChargeOver's own grammar, so that they can be seen and corrected.
    """
    words = [_condition(item, resource) for item in query.conditions]
    if query.order:
        words.append("order by " + ", ".join(_order_key(key, resource) for key in query.order))
    return " ".join(words)


def _name(name: str, resource: Resource) -> str:
    field = resource.find(name)
    return typed_name(field) if field and field.name == name else name


def _order_key(key: Order, resource: Resource) -> str:
    if resource.open_fields and find_order(key.field, resource) != key.field:
        # A name that means something else, or nothing yet, is sent as it stands only in the raw form.
        return f"{key.field}:{'DESC' if key.descending else 'ASC'}"
    return _name(key.field, resource) + (" desc" if key.descending else "")


def _condition(condition: Condition, resource: Resource) -> str:
    raw = _raw(condition)
    for candidate in _spellings(condition, resource):
        try:
            read = parse(candidate, resource, today=_ANY_DAY)
        except QueryError:
            continue
        if read == Query((condition,)):
            return candidate
    return raw


def _spellings(condition: Condition, resource: Resource) -> Iterator[str]:
    """Ways to write the condition, best first; not all of them are sure to mean it."""
    start = f"{_name(condition.field, resource)} {SIGN_OF[condition.op]}"
    if not condition.op.takes_value:
        yield start
        return
    field = resource.find(condition.field)
    if field and condition.op in (Op.EQUALS, Op.NOTEQUALS):
        for other in resource.fields:
            for shortcut in other.shortcuts:
                if (shortcut.field, shortcut.value, shortcut.but) == (condition.field, condition.value, ""):
                    yield f"{typed_name(other)} {SIGN_OF[condition.op]} {shortcut.word}"
        for choice in field.words:
            if choice.value == condition.value:
                yield from (f"{start} {word}" for word in choice_words(choice, field) if BARE.fullmatch(word))
    bare = render_value(condition.value)
    yield f"{start} {bare}"
    if not bare.startswith('"'):
        yield f"{start} {quote(condition.value)}"


def _raw(condition: Condition) -> str:
    if not condition.op.takes_value:
        return f"{condition.field}:{condition.op}"
    return f"{condition.field}:{condition.op}:{raw_value(condition.value)}"


def raw_value(value: str) -> str:
    """`value` as it is typed in ChargeOver's own grammar: escaped, blanks too, so that they hold it together."""
    return _BLANK.sub(r"\\\g<0>", escape(value))
