"""Which field a name means, and whether ChargeOver filters and orders by it."""

from __future__ import annotations

import re
from typing import NamedTuple

from cotui.catalog.model import Field, FieldType, Resource
from cotui.query import explain
from cotui.query.ast import FIELD_NAME
from cotui.query.errors import QueryError, excerpt, in_line
from cotui.query.names import columns_ending, filter_name, key_of, typed_name
from cotui.query.parts import Clause, Name

_TEMPORAL = re.compile(r"(?:.*[_.])?(date(?:time)?)(?:_unformatted)?", re.IGNORECASE)


class Target(NamedTuple):
    """A field to filter by. `strict` is false where the type is a guess and must not refuse a value."""

    field: Field
    strict: bool = True


def find_target(name: str, resource: Resource, *, raw: bool = False) -> Target | None:
    """The field `name` can filter by; None when there is none.

    The name of a field that says a key in words filters by the key. Columns of a report may be called by
    the end of their names; in ChargeOver's own grammar (`raw`) any name of a column is sent as it stands.
    """
    if resource.open_fields:
        field = _column(name, resource, raw=raw)
        return Target(field, strict=False) if field and FIELD_NAME.fullmatch(field.name) else None
    field = resource.find(name)
    if field is not None and not field.filterable:
        field = key_of(field, resource)
    return Target(field) if field else None


def find_order(name: str, resource: Resource, *, raw: bool = False) -> str | None:
    """The wire name of the field `name` can order by; None when there is none."""
    if resource.open_fields:
        field = _column(name, resource, raw=raw)
        return field.name if field and FIELD_NAME.fullmatch(field.name) else None
    field = resource.find(name)
    return field.name if field and field.orderable else None


def _column(name: str, resource: Resource, *, raw: bool) -> Field | None:
    if raw:
        found = next((item for item in resource.fields if item.name == name), None)
    else:
        found = resource.find(name)
        if found is None and resource.fields:
            ending = columns_ending(name, resource)
            return ending[0] if len(ending) == 1 else None
    if found is None and FIELD_NAME.fullmatch(name):
        return Field(name, _guessed_type(name), name, "")
    return found


def _guessed_type(name: str) -> FieldType:
    found = _TEMPORAL.fullmatch(name)
    return FieldType(found[1].lower()) if found else FieldType.TEXT


def filter_target(clause: Clause, resource: Resource) -> Target:
    """The field to filter by.

    Raises:
        QueryError: there is no such field, or ChargeOver cannot filter by it.
    """
    target = find_target(clause.name.text, resource, raw=clause.raw)
    if target is not None:
        return target
    # Without an operator the word may be none of the filter's own.
    lone = clause.operator is None
    raise _Refusal(clause.name, resource, "filter", lone=lone, after_bare=clause.after_bare).error()


def order_name(name: Name, resource: Resource, *, raw: bool = False) -> str:
    """The wire name of the field to order by.

    Raises:
        QueryError: there is no such field, or ChargeOver cannot order by it.
    """
    found = find_order(name.text, resource, raw=raw)
    if found is not None:
        return found
    raise _Refusal(name, resource, "order").error()


class _Refusal:
    """The message about a name: what is wrong, the next best step, and only then what else there is."""

    def __init__(
        self, name: Name, resource: Resource, verb: str, *, lone: bool = False, after_bare: bool = False
    ) -> None:
        from cotui.query import nearby  # only here: most filters have no mistake

        self.nearby = nearby
        self.name = name
        self.resource = resource
        self.verb = verb
        self.lone = lone
        self.after_bare = after_bare
        fields = resource.filterable if verb == "filter" else resource.orderable
        self.catalogued = tuple(fields)
        self.allowed = nearby.useful_first(
            resource.fields if resource.open_fields else self.catalogued, resource
        )

    def error(self) -> QueryError:
        text, resource = self.name.text, self.resource
        field = resource.find(text)
        if resource.open_fields:
            return self._column()
        if field is None:
            return self._unknown()
        near = [self._named(item) for item in self.nearby.near_fields(field, self.catalogued)]
        message = f"{resource.plural.capitalize()} cannot be {self.verb}ed by {excerpt(text)}."
        if self.verb == "filter":
            message += self.nearby.elsewhere(field, resource)
        if near:
            message += f" Nearest: {', '.join(near)}."
        return self._refused(message + self._rest(), near)

    def _unknown(self) -> QueryError:
        text, resource = self.name.text, self.resource
        message = f"{resource.plural.capitalize()} have no field {excerpt(text)}."
        title = resource.find(resource.title_field)
        # Where a word to search for was typed, only a slip of the fingers is taken for a field.
        near = self.nearby.similar_names(text, self.allowed, resource, 0.8 if self.lone else 0.6)
        if near:
            message += f" Did you mean {' or '.join(near)}?"
        if self.lone and self.after_bare:
            return self._refused(message + explain.QUOTE_HINT, near)
        if self.lone and title is not None and title.filterable:
            message += f" To search for it: {typed_name(title)} ~ {in_line(text)}."
        elif self.verb == "filter":
            message += self.nearby.owners(text, resource)
        return self._refused(message + self._rest(), near)

    def _column(self) -> QueryError:
        text, resource = self.name.text, self.resource
        if not FIELD_NAME.fullmatch(text) or not resource.fields:
            hint = explain.QUOTE_HINT if self.lone and self.after_bare else ""
            return self._refused(f"{excerpt(text)} is not a field name.{hint}", [])
        ending = [item.name for item in columns_ending(text, resource)]
        if ending:
            message = f"{excerpt(text)} is the end of several columns: {self.nearby.listed(ending)}."
            return self._refused(message, ending)
        near = self.nearby.similar_names(text, self.allowed, resource)
        message = f"This report has shown no column {excerpt(text)}."
        if near:
            message += f" Did you mean {' or '.join(map(in_line, near))}?"
        if self.lone and self.after_bare:
            return self._refused(message + explain.QUOTE_HINT, near)
        raw = f"{in_line(text)}:EQUALS:value" if self.verb == "filter" else f"{in_line(text)}:ASC"
        return self._refused(f"{message}{self._rest()} {raw} is sent as it stands.", near)

    def _rest(self) -> str:
        """Why a name may have got here, and what can be typed instead."""
        hint = explain.QUOTE_HINT if self.lone and self.after_bare else ""
        names = [self._named(item) for item in self.allowed]
        if self.resource.open_fields:
            return f" Columns: {self.nearby.listed(names)}."
        can = self.nearby.listed(names) or "nothing"
        return f"{hint} {self.resource.plural.capitalize()} can be {self.verb}ed by {can}."

    def _named(self, field: Field) -> str:
        return filter_name(field, self.resource) if self.verb == "filter" else typed_name(field)

    def _refused(self, message: str, near: list[str]) -> QueryError:
        names = [item.name for item in self.allowed]
        expected = tuple(dict.fromkeys((*near, *names)))
        return QueryError(message, self.name.start, self.name.end, expected)
