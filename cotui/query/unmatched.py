"""What may be wrong with a filter that matched nothing: values that nobody has seen, while others are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from cotui.catalog import Choice, Field, Resource
from cotui.query.errors import in_line
from cotui.query.fields import filter_name
from cotui.query.model import Condition, Op, Query
from cotui.query.syntax import render_value
from cotui.query.values import choice_words, matching_choices

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
#: a field with more values than this is told apart by none of them
_MOST_VALUES = 12
#: characters of a value that is compared with others
_LONGEST = 64
#: how much a word is like another one that it may be a slip of, from 0 to 1
_LIKENESS = 0.7


def unmatched(query: Query, resource: Resource, seen: Mapping[str, Sequence[str]] = _NOTHING) -> list[str]:
    """Sentences about the conditions of a query that may be why it matched nothing; none where nothing is known.

    Args:
        query: what was asked for.
        resource: of which object.
        seen: values that rows were seen to have, by wire name of the field.
    """
    found: list[str] = []
    for condition in query.conditions:
        field = resource.find(condition.field)
        if field is not None and condition.op in (Op.EQUALS, Op.CONTAINS):
            found += _about(condition, field, resource, seen.get(field.name, ()))
    return found


def _about(condition: Condition, field: Field, resource: Resource, seen: Sequence[str]) -> Iterator[str]:
    value, name = condition.value, filter_name(field, resource)
    choice = next((item for item in field.words if item.value == value), None)
    if choice is not None:
        if choice.note:
            yield f"{choice.label} is sent as {in_line(value)}: {choice.note}."
        return
    if field.type.family not in ("text", "choice"):
        return
    values = list(dict.fromkeys((*(choice_words(item, field)[0] for item in field.words), *seen)))
    if any(_fulfils(condition, other) for other in values):
        return
    if near := _near(value, field, values):
        yield f"Did you mean {' or '.join(f'{name} = {in_line(render_value(word))}' for word in near)}?"
    if values and (field.words or len(values) <= _MOST_VALUES):
        more = ", …" if field.known else ""
        yield f"Known for {name}: {', '.join(map(in_line, values[:_MOST_VALUES]))}{more}."
    whole = condition.op is Op.EQUALS and field.type.family == "text"
    if whole and (values or field.name == resource.title_field):
        yield f"{name} ~ {in_line(render_value(value))} looks for it inside longer texts."


def _fulfils(condition: Condition, value: str) -> bool:
    wanted, other = condition.value.casefold(), value.casefold()
    return wanted == other if condition.op is Op.EQUALS else wanted in other


def _near(value: str, field: Field, values: Sequence[str]) -> list[str]:
    """Values that may be meant, by any of the words for them."""
    if called := matching_choices(field.words, value):
        return [choice_words(item, field)[0] for item in called]
    meant = {word.casefold(): word for word in values}
    for item in field.words:
        meant |= {word.casefold(): choice_words(item, field)[0] for word in _words(item)}
    close = get_close_matches(value[:_LONGEST].casefold(), meant, n=3, cutoff=_LIKENESS)
    return list(dict.fromkeys(meant[word] for word in close))[:2]


def _words(choice: Choice) -> tuple[str, ...]:
    return (choice.label, *choice.aliases)
