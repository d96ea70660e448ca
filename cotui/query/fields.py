"""The names that people type for fields, which field a name means, and whether ChargeOver filters and orders by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cotui.catalog import Field, FieldType, Resource
from cotui.query.model import FIELD_NAME
from cotui.query.syntax import RESERVED

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
    if field is not None and not field.filters:
        field = key_of(field, resource)
    return Target(field) if field else None


def find_order(name: str, resource: Resource, *, raw: bool = False) -> str | None:
    """The wire name of the field `name` can order by; None when there is none."""
    if resource.open_fields:
        field = _column(name, resource, raw=raw)
        return field.name if field and FIELD_NAME.fullmatch(field.name) else None
    field = resource.find(name)
    return field.name if field and field.orders else None


def phrases(field: Field) -> Iterator[re.Pattern[str]]:
    """The words for a field's values that are several words, the longest first, such as "past due"."""
    words = [word for choice in field.words for word in (choice.label, *choice.aliases)]
    words += [shortcut.word for shortcut in field.shortcuts]
    for phrase in sorted((word for word in words if " " in word), key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, phrase.split())) + r"(?![^\s,])"
        yield re.compile(pattern, re.IGNORECASE)


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
    if found is None:
        return FieldType.TEXT
    return FieldType.DATE if found[1].lower() == "date" else FieldType.DATETIME


def typed_name(field: Field) -> str:
    """The name people type for `field`: instead of a compound name its first alias that is shorter.

    A name that is what people call the field (`first_name`, First name) stays.
    """
    spoken = field.type.family != "key" and field.name.replace("_", " ") == field.label.casefold()
    if not spoken and ("_" in field.name or "." in field.name):
        for alias in field.aliases:
            if len(alias) < len(field.name) and FIELD_NAME.fullmatch(alias) and alias.lower() not in RESERVED:
                return alias
    return field.name


def naming_field(key: Field, resource: Resource) -> Field | None:
    """The field that says `key` in words and whose names filter by the key; None when there is none."""
    field = resource.find(key.named_by) if key.named_by and key.filters else None
    return field if field is not None and not field.filters else None


def key_of(field: Field, resource: Resource) -> Field | None:
    """The key to filter by instead of `field`, which only says it in words; None when there is none."""
    return next((item for item in resource.filters if item.named_by == field.name), None)


def filter_name(field: Field, resource: Resource) -> str:
    """The name people type to filter by `field`: for a key that has no name but its own, what names it.

    Where that is the name on the wire, the heading of its column is what people see, if it is understood.
    """
    name = typed_name(field)
    if name != field.name:
        return name
    naming = naming_field(field, resource)
    return typed_name(naming) if naming else _heading(field, resource) or name


def _heading(field: Field, resource: Resource) -> str:
    heading = next((item.heading.casefold() for item in resource.columns if item.field == field.name), "")
    return heading if heading in field.aliases and heading not in RESERVED else ""


def filter_spellings(field: Field, resource: Resource) -> list[str]:
    """All names that filter by `field`, the one to offer first."""
    naming = naming_field(field, resource)
    more = (naming.name, *naming.aliases) if naming else ()
    names = (filter_name(field, resource), typed_name(field), field.name, *field.aliases, *more)
    return list(dict.fromkeys(names))


def columns_ending(name: str, resource: Resource) -> list[Field]:
    """The fields whose names end with `name` as whole words: "date" is the end of "invoice_date"."""
    ends = tuple(separator + name.casefold() for separator in "_.")
    return [item for item in resource.fields if item.name.casefold().endswith(ends)]
