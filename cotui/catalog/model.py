"""What a ChargeOver object is made of: the types every catalogue file is written in.

A `Resource` is the one description of an object. Tables, filter completion, record pages,
forms, headless commands and the sandbox's schema all read it, so that a field's name is
written down in one place only.

The small types are named tuples, not dataclasses: a start of cotui makes hundreds of them, and a
dataclass costs five times as much to define and to fill. Treat them as objects with attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from cotui.catalog.field import Field, FieldType
from cotui.catalog.spelling import finite


class Effect(StrEnum):
    """What an action does to the account."""

    READS = "reads"
    WRITES = "writes"
    DESTROYS = "destroys"


class More(NamedTuple):
    """What stands behind the value of a column, in the same cell: "Visa x4444", "Declined: insufficient funds"."""

    field: str
    #: what stands between the two
    between: str = " "
    #: only where the status has this tone (`Resource.tones`); "" for always
    tone: str = ""
    #: where there is too little room for both, it is the value that is cut
    kept: bool = False
    #: columns with at least this `drop` go before it is cut to next to nothing; 0 where none does
    before: int = 0
    #: how a sentence may begin that says no more than the value does; left out where there is too little room for all
    idle: tuple[str, ...] = ()


class Column(NamedTuple):
    """A field as a column of a table.

    Columns with the highest `drop` go first when the terminal is narrow; 0 is never dropped, and what stands beside
    the table leaves room for it. The column marked `grows` takes the width that is left over.
    """

    field: str
    heading: str
    #: preferred width in cells, while nothing is known of what the rows need
    width: int
    drop: int = 0
    grows: bool = False
    #: a text that is never cut, as the number printed on an invoice
    whole: bool = False
    #: what stands behind the value where it says more: the last digits behind a card's kind
    more: More | None = None
    #: the field that is shown where rows lack this one
    instead: str = ""


class Relation(NamedTuple):
    """Records of another resource that belong to this one, or the one it belongs to.

    The target list is filtered with `target_field EQUALS <this record's source_field>`; where
    `to_one` is set the record itself is opened by the id in `source_field`.
    """

    name: str
    label: str
    target: str
    source_field: str
    target_field: str = ""
    to_one: bool = False
    #: where to look when a record lacks `source_field`: "list field.part", the first entry counts
    source_fallback: str = ""
    #: the key that follows it, wherever the record is shown; "" for none
    key: str = ""
    #: further conditions on the target, each a field and its value
    where: tuple[tuple[str, str], ...] = ()
    #: "list field.part": the related records are those that these parts of the record name, instead of what is
    #: found by a condition
    through: str = ""
    #: a field and the value that it has in records which have the relation
    when: tuple[str, str] = ("", "")
    #: what it is called where there is little room; "" for its label
    short: str = ""
    #: the relation that is followed in its place where the record has that one's key
    rather: str = ""
    #: the kind of records that have it, in the words of `Resource.kind_field`; "" for any
    kind: str = ""
    #: an amount of the record that is nothing where nothing belongs to it
    amount: str = ""
    #: what is said of a record to which nothing belongs: "paid no invoice"; "" for "has no" and the label
    lacking: str = ""

    def says_none(self, row: Mapping[str, object]) -> bool:
        """Whether this record tells by its amount that nothing belongs to it."""
        return self.amount != "" and finite(row.get(self.amount)) == 0

    def is_told(self, row: Mapping[str, object]) -> bool:
        """Whether this record, as it was answered, says where the relation leads, or that it leads nowhere.

        Some accounts leave keys out of their answers: what is not there says nothing, where null would.
        """
        field, wanted = self.when
        if field and (field not in row or row[field] != wanted):
            return field in row
        if self.source_field in row:
            return True
        list_name, _, part = self.source_fallback.partition(".")
        entries = row.get(list_name) if list_name else None
        return isinstance(entries, list) and all(
            isinstance(entry, Mapping) and part in entry for entry in entries
        )

    def source(self, row: Mapping[str, object]) -> int | str | None:
        """The key in this record that leads to the related ones; None when the record has none.

        ChargeOver writes an unset key as null, "" or 0, and some keys as numeric strings.
        """
        field, wanted = self.when
        if field and row.get(field) != wanted:
            return None
        value = key_of(row.get(self.source_field))
        if value is None and self.source_fallback:
            list_name, _, part = self.source_fallback.partition(".")
            entries = row.get(list_name)
            if isinstance(entries, list) and entries and isinstance(entries[0], Mapping):
                value = key_of(entries[0].get(part))
        return value

    def named(self, row: Mapping[str, object]) -> list[int | str] | None:
        """The keys that the parts of this record name (`through`), each once; None where it has no such parts."""
        list_name, _, part = self.through.partition(".")
        entries = row.get(list_name)
        if not isinstance(entries, list):
            return None
        keys = (key_of(entry.get(part)) for entry in entries if isinstance(entry, Mapping))
        return list(dict.fromkeys(key for key in keys if key is not None))


class Action(NamedTuple):
    """Something the API can do to a record, as data.

    `name` is the name in `/_action/NAME`; `older` the name in `?action=NAME` where it differs.
    `method` and `path` are set for the plain verbs (PUT, DELETE) that stand in for an action.
    """

    name: str
    label: str
    effect: Effect
    #: what happens, in words
    does: str
    payload: tuple[Field, ...] = ()
    #: which e-mail it sends, in words; empty when none
    email: str = ""
    older: str = ""
    method: str = "POST"
    #: what success is answered with: true, "done" for true or false (there was nothing to do), "id" of what was made,
    #: "url", "rate", "rows"; "unknown" where the documentation does not say
    answer: str = "true"
    #: the documentation does not show this call's exact form (chargeover-api, ambiguities)
    unverified: bool = False
    #: the key it has wherever the record is shown; "" for none
    key: str = ""
    #: what that key is called in the line of keys, and in `[keys]` with "_" for spaces
    hint: str = ""
    #: name in the path where two entries of a menu share one call ("set password" is `password` too)
    wire: str = ""
    #: fields of records change, so that what is shown of them has to be read again
    changes: bool = True
    #: can be done to many records at once: the same payload suits all of them
    many: bool = False
    #: the rule behind most refusals, for those whom the server's words tell too little
    refused: str = ""
    #: where it leaves no trace on the server: what to do when its answer was lost
    untraced: str = ""

    @property
    def wire_name(self) -> str:
        """The name to send."""
        return self.wire or self.name


@dataclass(frozen=True, eq=False)  # compared by identity: there is one of each
class Resource:
    """One ChargeOver object: how to reach it and what it holds."""

    id: str
    label: str
    plural: str
    #: path below /api/v3, e.g. "customer"
    path: str
    primary_key: str
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    #: wire form of the default order, e.g. "customer_id:ASC"; "" where the API takes no order
    default_order: str
    #: field whose value names a record to people, e.g. "company"
    title_field: str
    #: field whose choices tell kinds of records apart, each called by its own name: refunds among payments
    kind_field: str = ""
    relations: tuple[Relation, ...] = ()
    actions: tuple[Action, ...] = ()
    #: any well-formed field name is accepted in filters (reports, whose columns are only known by looking)
    open_fields: bool = False
    #: lists come in pages (`limit`, `offset`); if not, one answer holds them all
    paged: bool = True
    #: the API gives one by its id, by the documentation or by clients; the others are looked for in their list
    followed: bool = False
    #: what the API does not filter or order its list by is done here: all of the list, or what is left of it after
    #: the conditions that the API does know, is read once
    narrowed: bool = False
    #: what people call it besides `id`, `label` and `plural`, in the plural
    names: tuple[str, ...] = ()
    #: what people call some of its records, in the plural -> the filter that gives those
    kinds: Mapping[str, str] = field(default_factory=dict)
    #: fields that lists can be ordered by, where that is not each that is in their rows
    ordered_by: tuple[str, ...] | None = None
    #: those of them of which the documentation or a recording shows it, beside that of the default order; others are
    #: tried
    orders_shown: tuple[str, ...] = ()
    #: fields that somebody filters by although that is not documented: they are tried
    filters_seen: tuple[str, ...] = ()
    #: a filter that shows what filters can do
    example: str = ""
    #: status word (the value of a field `…_status_str`, or its beginning up to "-"), or "field:value" of another
    #: field, -> "good", "warn", "bad" or "faint"
    tones: Mapping[str, str] = field(default_factory=dict)
    #: fields that a new record must be given, although the API marks none of them
    needed: tuple[str, ...] = ()
    #: fields by which a new record is found again when the answer was lost, the best first
    known_by: tuple[str, ...] = ()
    #: where ChargeOver writes to; "" for the address of the customer it belongs to
    email_field: str = ""
    #: where it stands among all of them; those that say none follow by id
    place: int = 99
    _by_name: Mapping[str, Field] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.ordered_by is not None:
            if unknown := set(self.ordered_by) - {item.name for item in self.fields}:
                raise ValueError(f"{self.id}: ordered_by names no field of it: {', '.join(sorted(unknown))}")
            ordered = tuple(item._replace(orderable=item.name in self.ordered_by) for item in self.fields)
            object.__setattr__(self, "fields", ordered)
        if self.narrowed:
            object.__setattr__(self, "fields", tuple(map(_compared_here, self.fields)))
        # Names of a report's columns are the account's own and may differ in case only: each is found as
        # it is written, and one of them in any other spelling.
        names: dict[str, Field] = {item.name: item for item in self.fields} if self.open_fields else {}
        for item in self.fields:
            for name in (item.name, *item.aliases):
                if names.setdefault(name.casefold(), item) is not item and not self.open_fields:
                    raise ValueError(f"{self.id}: the name {name!r} is taken twice")
        object.__setattr__(self, "_by_name", MappingProxyType(names))

    def find(self, name: str) -> Field | None:
        """The field with this wire name or alias, in any case; None when there is none."""
        return self._by_name.get(name) or self._by_name.get(name.casefold())

    def field(self, name: str) -> Field:
        """The field with this wire name or alias. Raises KeyError where there is no such field."""
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found

    @property
    def filterable(self) -> Iterator[Field]:
        """Fields the API can filter by."""
        return (item for item in self.fields if item.filterable)

    @property
    def orderable(self) -> Iterator[Field]:
        """Fields the API can order by."""
        return (item for item in self.fields if item.orderable)

    @property
    def filters(self) -> Iterator[Field]:
        """Fields that its list can be filtered by, by the API or here."""
        return (item for item in self.fields if item.filters)

    @property
    def orders(self) -> Iterator[Field]:
        """Fields that its list can be ordered by, by the API or here."""
        return (item for item in self.fields if item.orders)

    def label_of(self, row: Mapping[str, object]) -> str:
        """What one record is called: "Refund" among payments; `label` where it is of no kind with a name."""
        kind = row.get(self.kind_field) if self.kind_field else None
        choices = self.field(self.kind_field).choices if kind else ()
        return next((choice.label for choice in choices if choice.value == kind), self.label)

    def followed_as(self, relation: Relation, row: Mapping[str, object]) -> Relation:
        """The relation that is followed from a record by the key of another: from a refund that to its payment."""
        other = self.relation(relation.rather) if relation.rather else None
        if other is None:
            return relation
        its_kind = bool(other.kind) and row.get(self.kind_field) == other.kind
        return other if its_kind or other.source(row) is not None else relation

    def relation(self, name: str) -> Relation | None:
        """The relation with this name; None when there is none."""
        return next((item for item in self.relations if item.name == name), None)

    def action(self, name: str) -> Action:
        """The action with this name. Raises KeyError where there is no such action."""
        for item in self.actions:
            if item.name == name:
                return item
        raise KeyError(name)


def _compared_here(item: Field) -> Field:
    """The field, which is compared here where it is in rows and holds one value."""
    return item._replace(
        here=item.listed and not item.secret and item.type not in (FieldType.OBJECTS, FieldType.TAGS)
    )


#: a key that is no number: what stands in a path and a condition as it is, and in no other way
_WORD_KEY = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}"
_LARGEST_KEY = 2**63 - 1


def key_of(value: object) -> int | str | None:
    """A value of the server's as a key by which a record can be asked for; None when it is none.

    ChargeOver's keys are whole numbers from 1, some of them sent as text. Another server may have words. Anything
    else leads nowhere: it would be another path, or another kind of reference, than whoever shows it means.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, str):
        text = value.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            return value if re.fullmatch(_WORD_KEY, value) else None
        value = int(text)
    return value if isinstance(value, int) and 0 < value <= _LARGEST_KEY else None
