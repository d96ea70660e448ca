"""What words may mean that stand alone in a filter: a status, a currency, a number, or something to search for.

Only looked at for a message. Nothing is advised that would be refused in its turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from cotui.catalog import Field, FieldType, Resource
from cotui.query.errors import QueryError
from cotui.query.field_suggestions import Advice, belonging_to, no_filter
from cotui.query.fields import filter_name, find_target
from cotui.query.lexer import Clause, Form, Item, Name
from cotui.query.model import Query
from cotui.query.syntax import render_value
from cotui.query.values import Context, choice_words, matching_choices, plain
from cotui.query.vocabulary import keys_named

#: words that are looked at together
_MOST_WORDS = 8
_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")
_FULL_NAME = ("first_name", "last_name")


class Reader(NamedTuple):
    """What filters are read against."""

    context: Context
    #: what a filter means; None where it is refused
    read: Callable[[str], Query | None]


def words_alone(clause: Clause, rest: Iterator[Item], text: str, resource: Resource) -> Name | None:
    """The words from `clause` on that are no condition and name nothing to filter by; None where there is none.

    `rest` is what follows the condition, which is looked at as far as the words go.
    """
    if resource.open_fields or not _is_word(clause, resource) or clause.after_bare:
        return None
    end = clause.end
    if resource.find(clause.name.text) is None:
        for item in islice(rest, _MOST_WORDS - 1):
            # a street and a title have names that are fields' too; only a field's own name ends them
            if not (isinstance(item, Clause) and _is_word(item, resource)) or _is_own_name(item, resource):
                break
            if text[end : item.start].strip():
                break
            end = item.end
    return Name(clause.start, end, " ".join(text[clause.start : end].split()))


def _is_own_name(clause: Clause, resource: Resource) -> bool:
    field = resource.find(clause.name.text)
    return field is not None and field.name == clause.name.text


def _is_word(clause: Clause, resource: Resource) -> bool:
    return clause.operator is None and not clause.raw and find_target(clause.name.text, resource) is None


def refused(words: Name, clause: Clause, reader: Reader) -> QueryError:
    """Why words that stand alone are no filter, and the conditions that they may mean."""
    text, resource = words.text, reader.context.resource
    known = resource.find(clause.name.text) is not None
    conditions = list(_values(text, reader.context))
    elsewhere = ""
    if not conditions and not known:
        conditions = list(_searches(text, resource))
        if not _AMOUNT.fullmatch(text) and not _is_number(text):
            elsewhere = belonging_to(text, resource)
    meanings: dict[Query, str] = {}
    for condition in conditions:
        if (meant := reader.read(condition)) is not None:
            meanings.setdefault(meant, condition)
    return no_filter(clause, resource, Advice(words, tuple(meanings.values()), elsewhere))


def continued(clause: Clause, text: str, reader: Reader) -> QueryError | None:
    """What is wrong with the words behind a value that is right without them; None where that is not so.

    The line of a customer's payments begins with `customer = 465`, and who types a word behind it means the word.
    """
    value = clause.value
    target = find_target(clause.name.text, reader.context.resource)
    if value is None or value.form is not Form.BARE or target is None or target.field.type.family == "text":
        return None
    for blank in reversed(list(re.finditer(r"\s+", text[value.start : value.end]))):
        rest = Name(value.start + blank.end(), value.end, text[value.start + blank.end() : value.end])
        if (
            rest.text[:1].isalpha()
            and reader.read(text[clause.start : value.start + blank.start()]) is not None
        ):
            name = Name(rest.start, rest.end, " ".join(rest.text.split()))
            return refused(name, Clause(rest.start, rest.end, name), reader)
    return None


def _values(text: str, context: Context) -> Iterator[str]:
    """Conditions for fields that have the text as one of the words for their values."""
    for field in context.resource.filters:
        name = filter_name(field, context.resource)
        short = [item.word for item in field.shortcuts if plain(item.word) == plain(text)]
        if short:
            yield f"{name} = {short[0]}"
            continue
        # digits are a number that is looked for, not the code of a choice
        for choice in () if _is_number(text) else matching_choices(field.words, text):
            yield f"{name} = {render_value(choice_words(choice, field)[0])}"
        if len(keys_named(text, field, context.words)) == 1:
            yield f"{name} = {render_value(text)}"


def _searches(text: str, resource: Resource) -> Iterator[str]:
    """Conditions that look for the text."""
    fields = list(resource.filters)
    title = resource.find(resource.title_field)
    if "@" in text:
        fields = [item for item in fields if item.type is FieldType.EMAIL]
        yield from (f"{filter_name(item, resource)} ~ {render_value(text)}" for item in fields[:1])
        return
    if _AMOUNT.fullmatch(text):
        amounts = (item for item in fields if item.type is FieldType.MONEY)
        yield from (f"{filter_name(item, resource)} = {text}" for item in islice(amounts, 1))
        return
    if _is_number(text) and title is not None and filter_name(title, resource) == "number":
        yield f"number = {text}"
        return
    own = resource.find(resource.primary_key)
    if _is_number(text) and own is not None and own.filters:
        yield f"{filter_name(own, resource)} = {text}"
    yield from _in_texts(text, title, resource)


def _in_texts(text: str, title: Field | None, resource: Resource) -> Iterator[str]:
    if title is None or title.type.family != "text":
        return
    if title.filters:
        yield f"{filter_name(title, resource)} ~ {render_value(text)}"
        return
    parts = [item for item in resource.filters if item.name in _FULL_NAME]
    words = text.split()
    if len(words) == len(parts):
        yield " ".join(f"{item.name} ~ {render_value(word)}" for item, word in zip(parts, words, strict=True))
    else:
        yield from (f"{item.name} ~ {render_value(text)}" for item in parts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
