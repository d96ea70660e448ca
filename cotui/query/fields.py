"""Which field a name means, and whether ChargeOver filters and orders by it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cotui.catalog.model import Field, FieldType, Resource
from cotui.query import explain
from cotui.query.ast import FIELD_NAME
from cotui.query.errors import QueryError, excerpt, in_line
from cotui.query.parts import Clause, Name
from cotui.query.syntax import RESERVED

_TEMPORAL = re.compile(r"(?:.*[_.])?(date(?:time)?)(?:_unformatted)?", re.IGNORECASE)
#: names longer than this are not compared with others: no field is called like that
_LONGEST_COMPARED = 64


class Target(NamedTuple):
    """A field to filter by. `strict` is false where the type is a guess and must not refuse a value."""

    field: Field
    strict: bool = True


def find_target(name: str, resource: Resource) -> Target | None:
    """The field `name` can filter by; None when there is none."""
    field = resource.find(name)
    if resource.open_fields:
        if field is None and FIELD_NAME.fullmatch(name):
            field = Field(name, _guessed_type(name), name, "")
        return Target(field, strict=False) if field and FIELD_NAME.fullmatch(field.name) else None
    return Target(field) if field and field.filterable else None


def find_order(name: str, resource: Resource) -> str | None:
    """The wire name of the field `name` can order by; None when there is none."""
    field = resource.find(name)
    if resource.open_fields:
        return field.name if field else name if FIELD_NAME.fullmatch(name) else None
    return field.name if field and field.orderable else None


def _guessed_type(name: str) -> FieldType:
    found = _TEMPORAL.fullmatch(name)
    return FieldType(found[1].lower()) if found else FieldType.TEXT


def filter_target(clause: Clause, resource: Resource) -> Target:
    """The field to filter by.

    Raises:
        QueryError: there is no such field, or ChargeOver cannot filter by it.
    """
    target = find_target(clause.name.text, resource)
    if target is not None:
        return target
    hint = explain.QUOTE_HINT if clause.after_bare else ""
    title = resource.find(resource.title_field)
    if clause.operator is None and not clause.after_bare and title is not None and title.filterable:
        hint = f" To search for a word, name the field: {typed_name(title)} ~ {in_line(clause.name.text)}."
    raise _refusal(clause.name, resource, list(resource.filterable), "filter", hint)


def order_name(name: Name, resource: Resource) -> str:
    """The wire name of the field to order by.

    Raises:
        QueryError: there is no such field, or ChargeOver cannot order by it.
    """
    found = find_order(name.text, resource)
    if found is not None:
        return found
    raise _refusal(name, resource, list(resource.orderable), "order")


def typed_name(field: Field) -> str:
    """The name people type for `field`: instead of a compound name its first alias that is shorter."""
    if "_" in field.name or "." in field.name:
        for alias in field.aliases:
            if len(alias) < len(field.name) and FIELD_NAME.fullmatch(alias) and alias.lower() not in RESERVED:
                return alias
    return field.name


def _refusal(name: Name, resource: Resource, allowed: list[Field], verb: str, hint: str = "") -> QueryError:
    field = resource.find(name.text)
    if resource.open_fields:
        return QueryError(f"{excerpt(name.text)} is not a field name.{hint}", name.start, name.end)
    plural = resource.plural.lower()
    if field is not None:
        called = f" ({field.name})" if field.name.casefold() != name.text.casefold() else ""
        message = f"ChargeOver cannot {verb} {plural} by {excerpt(name.text)}{called}."
        near = []
    else:
        message = f"{plural.capitalize()} have no field {excerpt(name.text)}."
        # Where a word to search for was typed, only a slip of the fingers is taken for a field.
        near = _nearest(name.text, allowed, 0.8 if hint else 0.6)
    if near:
        message += f" Did you mean {' or '.join(near)}?"
    names = [item.name for item in allowed]
    can = f"{plural.capitalize()} can be {verb}ed by {', '.join(names) or 'nothing'}."
    return QueryError(f"{message}{hint} {can}", name.start, name.end, tuple(dict.fromkeys((*near, *names))))


def _nearest(name: str, fields: Iterable[Field], cutoff: float) -> list[str]:
    if len(name) > _LONGEST_COMPARED:
        return []
    from difflib import get_close_matches  # only here: most filters have no mistake

    spellings = {spelling.casefold(): spelling for item in fields for spelling in (item.name, *item.aliases)}
    return [spellings[match] for match in get_close_matches(name.casefold(), spellings, n=3, cutoff=cutoff)]
