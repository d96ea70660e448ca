"""What is said where a field cannot be had: other fields that come near, and other objects that have it.

Only looked at for a message, so that it may take a little time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cotui.catalog import RESOURCES
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Relation, Resource
from cotui.query.errors import FIND_HINT, QUOTE_HINT, QueryError, excerpt, in_line, key_there
from cotui.query.fields import columns_ending, filter_name, filter_spellings, key_of, typed_name
from cotui.query.lexer import Clause, Name
from cotui.query.model import FIELD_NAME

#: names that a message lists
MOST_NAMES = 8
#: names longer than this are not compared with others: no field is called like that
_LONGEST_COMPARED = 64
_MOST_NEAR = 3
_SEPARATORS = re.compile(r"[\W_]+")
_EMPTY_WORDS = frozenset({"", "id", "is", "of", "the", "str", "by", "in", "e"})


def listed(names: Sequence[str]) -> str:
    """`names` for a message: the first of them, and that there are more."""
    shown = ", ".join(map(in_line, names[:MOST_NAMES]))
    return f"{shown}, … (tab shows all)" if len(names) > MOST_NAMES else shown


def useful_first(fields: Iterable[Field], resource: Resource) -> list[Field]:
    """`fields` in the order people ask for them: columns of the table, those with a short name, the rest."""
    columns = {column.field for column in resource.columns}

    def rank(field: Field) -> int:
        if field.name in columns or field.named_by in columns:
            return 0
        return 1 if field.aliases else 2

    return sorted(fields, key=rank)


def similar_names(name: str, fields: Iterable[Field], resource: Resource, cutoff: float = 0.6) -> list[str]:
    """Names of `fields` that are spelled like `name`, or of which it is a word."""
    if len(name) > _LONGEST_COMPARED:
        return []
    from difflib import get_close_matches  # only here: most filters have no mistake

    plain = name.casefold()
    # the first spelling is the one to offer, so it stays where two fields have the same in other capitals
    owners_of: dict[str, Field] = {}
    spellings: dict[str, str] = {}
    for item in fields:
        for spelling in filter_spellings(item, resource):
            owners_of.setdefault(spelling.casefold(), item)
            spellings.setdefault(spelling.casefold(), spelling)
    near = get_close_matches(plain, spellings, n=2 * _MOST_NEAR, cutoff=cutoff)
    if resource.open_fields and len(plain) > 2:
        words = set(_SEPARATORS.split(plain))
        whole = [spelling for spelling in spellings if words <= set(_SEPARATORS.split(spelling))]
        near = sorted({*whole, *near}, key=lambda item: (item not in whole, len(item), item))
    # one name of each field
    best = {owners_of[match].name: spellings[match] for match in reversed(near)}
    return [spellings[match] for match in near if best[owners_of[match].name] == spellings[match]][
        :_MOST_NEAR
    ]


def owners(name: str, resource: Resource) -> str:
    """A sentence about the object that `resource` belongs to and that can be filtered by `name`; "" if none."""
    for relation in _belonging(resource):
        owner = RESOURCES[relation.target]
        found = owner.find(name)
        if owner is not resource and found and found.filters and found.type.family != "key":
            return f" {owner.plural} can be filtered by {filter_name(found, owner)}."
    return ""


def having(name: str, resource: Resource) -> str:
    """A sentence about other objects whose key that has words is called `name`, such as a currency; "" if none."""
    found = [
        other.plural
        for other in RESOURCES.values()
        if other is not resource
        and (field := other.find(name)) is not None
        and (key := field if field.filterable else key_of(field, other)) is not None
        and key.named_by
    ]
    return f" {' and '.join(found).capitalize()} can be filtered by {in_line(name)}." if found else ""


def key_instead(name: str, resource: Resource) -> str:
    """A sentence about the key of the object that `resource` belongs to and that is called by `name`; "" if none.

    Lists show the name of a customer, for which their rows have a number.
    """
    for relation in _belonging(resource):
        owner, key = RESOURCES[relation.target], resource.find(relation.source_field)
        titled = owner.find(name)
        if titled is None or owner is resource or titled.name != owner.title_field:
            continue
        if key is not None and key.orders:
            return (
                f" ChargeOver orders them by the {owner.label.casefold()}'s number, not by the name: "
                f"order by {typed_name(key)}."
            )
    return ""


def near_fields(field: Field, candidates: Iterable[Field]) -> list[Field]:
    """The candidates that come nearest to what `field` says, best first."""
    own = _words(field)
    scored: list[tuple[int, Field]] = []
    for other in candidates:
        shared = len(own & (_words(other) | _choice_words(other)))
        same_group = bool(field.group) and field.group == other.group
        same_family = field.type.family is other.type.family
        # Standing beside each other says nothing about two texts, but something about two telephone numbers.
        beside = same_group and field.type is other.type and field.type is not FieldType.TEXT
        if other is not field and (shared or beside):
            scored.append((2 * shared + same_group + same_family, other))
    best = max((score for score, _ in scored), default=0)
    close = [pair for pair in scored if 2 * pair[0] >= best]
    return [other for _, other in sorted(close, key=lambda pair: -pair[0])[:_MOST_NEAR]]


def _words(field: Field) -> set[str]:
    texts = (field.name, field.label, *field.aliases)
    return {word for text in texts for word in _SEPARATORS.split(text.casefold())} - _EMPTY_WORDS


def _choice_words(field: Field) -> set[str]:
    texts = [text for choice in field.words for text in (choice.label, *choice.aliases)]
    return {word for text in texts for word in _SEPARATORS.split(text.casefold())} - _EMPTY_WORDS


def elsewhere(field: Field, resource: Resource) -> str:
    """A sentence about the object that a copied field comes from, where it can be filtered by; "" if none.

    A customer holds its main contact's fields as `superuser_…` beside the contact's key `superuser_id`:
    users can be filtered by most of them.
    """
    for relation in _belonging(resource):
        prefix = relation.source_field.removesuffix("id")
        if field.name.startswith(prefix) and field.name != relation.source_field:
            other = RESOURCES[relation.target]
            origin = other.find(field.name.removeprefix(prefix))
            if origin is not None and (names := _instead_of(origin, other)):
                return f" {other.plural} can be filtered by {', '.join(names)}."
    return ""


def instead_of_key(field: Field, resource: Resource) -> str:
    """Sentences about what can be done where a key that has words can't be filtered by; "" where that is nothing.

    Customers have a currency and can't be filtered by it: invoices can, and an order puts those with the same together.
    """
    key = (
        field
        if field.named_by
        else next((item for item in resource.fields if item.named_by == field.name), None)
    )
    if key is None or not key.references:
        return ""
    others = [
        other.plural
        for other in RESOURCES.values()
        if other is not resource
        and (same := other.find(key.name)) is not None
        and same.filterable
        and same.references == key.references
    ]
    named = resource.find(key.named_by) or key
    parts = [f"{' and '.join(others).capitalize()} can be"] if others else []
    if named.orders:
        parts.append(f"here, order by {typed_name(named)} puts those with the same together" + FIND_HINT)
    text = "; ".join(parts)
    return f" {text[:1].upper()}{text[1:]}." if text else ""


def _instead_of(origin: Field, resource: Resource) -> list[str]:
    if origin.filters:
        return [filter_name(origin, resource)]
    if not near_fields(origin, (item for item in resource.filters if _words(origin) & _words(item))):
        return []
    texts = (item for item in resource.filters if item.group == origin.group and item.type.family == "text")
    return [filter_name(item, resource) for item in texts][:_MOST_NEAR]


def _belonging(resource: Resource) -> Iterator[Relation]:
    return (item for item in resource.relations if item.to_one and item.target in RESOURCES)


def searching(field: Field, text: str, resource: Resource) -> str:
    """A sentence about where `text` can be looked for when the key `field` cannot hold it; "" if nowhere."""
    if field.references not in RESOURCES:
        return ""
    target = RESOURCES[field.references]
    by = _search_field(target)
    if by is None:
        return ""
    search = f"{filter_name(by, target)} ~ {in_line(text)}"
    if target is resource:
        return f" To search: {search}."
    keys = (item.key for item in target.relations if item.target == resource.id and not item.to_one)
    return f" In {target.plural}, {search} finds it." + key_there(
        next(filter(None, keys), ""), resource.plural
    )


def belonging_to(text: str, resource: Resource) -> str:
    """A sentence about where to look for the one that records of `resource` belong to, by its name; "" if nowhere."""
    for relation in _belonging(resource):
        key = resource.find(relation.source_field)
        title = RESOURCES[relation.target].find(RESOURCES[relation.target].title_field)
        if key is not None and key.filters and relation.target != resource.id and title and title.filters:
            return searching(key._replace(references=relation.target), text, resource)
    return ""


def _search_field(resource: Resource) -> Field | None:
    title = resource.find(resource.title_field)
    if title is None:
        return None
    if title.filters:
        return title if title.type.family == "text" else None
    texts = (item for item in resource.filters if item.group == title.group and item.type.family == "text")
    return next(texts, None)


class Advice(NamedTuple):
    """What words that stand alone in a filter may mean."""

    #: where they stand
    words: Name
    #: conditions that mean them, the likeliest first, each as it is typed
    conditions: tuple[str, ...] = ()
    #: sentences about other lists
    elsewhere: str = ""


def no_filter(clause: Clause, resource: Resource, advice: Advice | None = None) -> QueryError:
    """Why ChargeOver cannot filter by the name of a condition, and what to type instead."""
    # Without an operator the word may be none of the filter's own.
    lone = clause.operator is None
    name, after_bare = clause.name, clause.after_bare
    return _Refusal(name, resource, "filter", lone=lone, after_bare=after_bare, advice=advice).error()


def no_order(name: Name, resource: Resource) -> QueryError:
    """Why ChargeOver cannot order by a name, and what to type instead."""
    return _Refusal(name, resource, "order").error()


class _Refusal:
    """The message about a name: what is wrong, the next best step, and only then what else there is."""

    def __init__(
        self,
        name: Name,
        resource: Resource,
        verb: str,
        *,
        lone: bool = False,
        after_bare: bool = False,
        advice: Advice | None = None,
    ) -> None:
        self.name = name
        self.advice = advice or Advice(name)
        self.resource = resource
        self.verb = verb
        self.lone = lone
        self.after_bare = after_bare
        fields = resource.filters if verb == "filter" else resource.orders
        self.catalogued = tuple(fields)
        self.allowed = useful_first(resource.fields if resource.open_fields else self.catalogued, resource)

    def error(self) -> QueryError:
        text, resource = self.name.text, self.resource
        field = resource.find(text)
        if resource.open_fields:
            return self._column()
        if field is None:
            return self._unknown()
        near = [self._named(item) for item in near_fields(field, self.catalogued)]
        message = f"{resource.plural.capitalize()} cannot be {self.verb}ed by {excerpt(text)}."
        if self.advice.conditions:
            return self._searched(message)
        if self.verb == "filter":
            message += elsewhere(field, resource)
        if near:
            message += f" Nearest: {', '.join(near)}."
        if self.verb == "filter":
            message += instead_of_key(field, resource)
        return self._refused(message + self._rest(), near, similar=False)

    def _unknown(self) -> QueryError:
        text, resource = self.name.text, self.resource
        message = f"{resource.plural.capitalize()} have no field {excerpt(text)}."
        # Where a word to search for was typed, only a slip of the fingers is taken for a field.
        near = similar_names(text, self.allowed, resource, 0.8 if self.lone else 0.6)
        if near:
            message += f" Did you mean {' or '.join(near)}?"
        if self.lone and self.after_bare:
            return self._refused(message + QUOTE_HINT, near)
        if not near and (self.advice.conditions or self.advice.elsewhere):
            words = excerpt(self.advice.words.text)
            return self._searched(f"{resource.plural.capitalize()} have no field {words}.")
        if self.advice.conditions:
            message += self._conditions()
        elif self.verb == "filter":
            message += owners(text, resource) or having(text, resource)
        else:
            message += key_instead(text, resource)
        return self._refused(message + self._rest(), near)

    def _column(self) -> QueryError:
        text, resource = self.name.text, self.resource
        if not FIELD_NAME.fullmatch(text) or not resource.fields:
            hint = QUOTE_HINT if self.lone and self.after_bare else ""
            return self._refused(f"{excerpt(text)} is not a field name.{hint}", [])
        ending = [item.name for item in columns_ending(text, resource)]
        if ending:
            message = f"{excerpt(text)} is the end of several columns: {listed(ending)}."
            return self._refused(message, ending)
        near = similar_names(text, self.allowed, resource)
        message = f"This report has shown no column {excerpt(text)}."
        if near:
            message += f" Did you mean {' or '.join(map(in_line, near))}?"
        if self.lone and self.after_bare:
            return self._refused(message + QUOTE_HINT, near)
        raw = f"{in_line(text)}:EQUALS:value" if self.verb == "filter" else f"{in_line(text)}:ASC"
        return self._refused(f"{message}{self._rest()} {raw} is sent as it stands.", near)

    def _rest(self) -> str:
        """Why a name may have got here, and what can be typed instead."""
        hint = QUOTE_HINT if self.lone and self.after_bare else ""
        names = [self._named(item) for item in self.allowed]
        if self.resource.open_fields:
            return f" Columns: {listed(names)}."
        can = listed(names) or "nothing"
        return f"{hint} {self.resource.plural.capitalize()} can be {self.verb}ed by {can}."

    def _named(self, field: Field) -> str:
        return filter_name(field, self.resource) if self.verb == "filter" else typed_name(field)

    def _conditions(self) -> str:
        conditions = " or ".join(map(in_line, self.advice.conditions))
        return f" To search for it: {conditions}." if conditions else ""

    def _searched(self, message: str) -> QueryError:
        """Refused, with what the words may mean: it takes the place of all of them."""
        message += self._conditions() + self.advice.elsewhere
        found = self._refused(message + self._rest(), [])
        start, end, _ = self.advice.words
        return QueryError(found.message, start, end, found.expected, instead=self.advice.conditions)

    def _refused(self, message: str, near: list[str], *, similar: bool = True) -> QueryError:
        """Refused, with the names that come `near`: `similar` where the name may be a slip of them."""
        names = [item.name for item in self.allowed]
        expected = tuple(dict.fromkeys((*near, *names)))
        return QueryError(
            message, self.name.start, self.name.end, expected, instead=tuple(near) if similar else ()
        )
