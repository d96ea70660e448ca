"""What help says of a list's filter line: examples of its own fields, and the rules that hold for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import cotui.query as language
from cotui.catalog import Field, Resource
from cotui.query import QueryError
from cotui.query.fields import filter_name, typed_name
from cotui.query.values import choice_words
from cotui.tui.lists.list_spec import ListSpec

Note = tuple[bool, str]

#: examples on one line
_BESIDE = 3
#: what is looked for in an example, by what values of the field are like
_ENDINGS = {
    "text": ("~ acme",),
    "time": ("in this month", ">= -30d"),
    "number": ("> 100",),
    "key": ("= 12",),
    "flag": ("= yes",),
}
_RULES = (
    "space, comma and “and” all mean AND; ChargeOver knows no OR",
    "tab completes; up and down bring earlier filters back; ctrl+u clears the line, and enter then shows all",
)


def filter_notes(listing: ListSpec) -> list[Note]:
    """Lines for the help of a list, each with whether it is a heading."""
    if not listing.filterable:
        return [
            (True, "Filter"),
            (False, "/ and f find a row by a word in it; ChargeOver does not filter this list"),
        ]
    resource = listing.resource
    found = examples(resource)
    lines = ["   ".join(found[at : at + _BESIDE]) for at in range(0, len(found), _BESIDE)]
    if not lines:
        lines = ["the names of the columns, which are known when the rows are here; tab completes them"]
    raw = next((field.name for field in resource.filters if field.type.family == "text"), "")
    own = [f"ChargeOver's own spelling is read too: where={raw}:EQUALS:acme"] * bool(raw)
    return [
        (True, f"Filter of {resource.plural.casefold()}"),
        *((False, line) for line in (*lines, *_RULES, *own)),
    ]


def examples(resource: Resource) -> list[str]:
    """Filters that can be typed as they stand; one of each kind of field that the list has."""
    texts: list[str] = []
    for text in _candidates(resource):
        try:
            language.parse(text, resource, today=date(2026, 3, 16))
        except QueryError:
            continue
        texts.append(text)
    return texts


def _candidates(resource: Resource) -> Iterator[str]:
    fields = list(resource.fields if resource.open_fields else resource.filters)
    seen: set[str] = set()
    for field in fields:
        kind = field.type.family
        if kind in seen or "." in field.name:
            continue
        seen.add(kind)
        name = filter_name(field, resource)
        if kind == "choice":
            yield from _of_choice(field, name)
        else:
            yield from (f"{name} {ending}" for ending in _ENDINGS[kind])
    if nullable := next((field for field in fields if field.name == "external_key"), None):
        yield f"{filter_name(nullable, resource)} is null"
    ordered = [resource.find(column.field) for column in resource.columns]
    last = [field for field in ordered if field is not None and field.orders and field.type.align == "right"]
    if last:
        yield f"order by {typed_name(last[-1])} desc"


def _of_choice(field: Field, name: str) -> Iterator[str]:
    if field.choices:
        noted = next((choice for choice in field.choices if choice.note), field.choices[0])
        yield f"{name} = {choice_words(noted, field)[0]}"
    yield from (f"{name} = {shortcut.word}" for shortcut in field.shortcuts if shortcut.but)
