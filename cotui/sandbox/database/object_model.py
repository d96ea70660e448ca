"""What the sandbox knows about an object beyond the catalogue: where its fields are stored and how rows are served."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cotui.catalog import FieldType, Resource
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.lookups import Lookups

#: A record as it is served.
Json = dict[str, Any]
#: Rows as a list serves them.
Listed = Callable[[Sequence[Sequence[Any]], "ReadContext"], list[Json]]


@dataclass(frozen=True)
class ReadContext:
    """What serving a record depends on beside the record."""

    connection: sqlite3.Connection
    lookups: Lookups
    clock: Clock
    today: date
    #: scheme and host that the client used, without a slash at the end; links begin with it
    base_url: str

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """Rows of a query."""
        return self.connection.execute(sql, parameters).fetchall()

    def time(self, seconds: int | None) -> str | None:
        """A stored datetime as it is served."""
        return None if seconds is None else self.clock.iso(seconds)


@dataclass(frozen=True)
class Through:
    """The way from a record to rows related to it.

    A condition on a related field holds when it holds for any of the related rows:
    `outer IN (SELECT inner FROM tables WHERE condition)`.
    """

    outer: str
    inner: str
    tables: str


@dataclass(frozen=True)
class Source:
    """Where a field's value is found in SQL; `t` is the object's table.

    Attributes:
        sql: expression for the value. For money: minor units.
        type: how values are read and compared.
        values: for a derived enumeration, each value with the SQL condition under which a record has it;
            a condition is never NULL.
        through: set when the field belongs to related rows.
        currency: for money, the expression for the currency's id.
        lookup: a source with the same values that finds records by an index, for EQUALS.
        spellings: older words for values, in lower case, and what is stored for them.
        natural_order: index-friendly order terms that sort records just as the value does, when the field
            is the only order key.
    """

    sql: str
    type: FieldType
    values: Mapping[str, str] = field(default_factory=dict)
    through: Through | None = None
    currency: str = "t.currency_id"
    lookup: Source | None = None
    natural_order: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SandboxObject:
    """An object as the sandbox stores and serves it.

    Attributes:
        name: its name in URLs, e.g. "customer".
        table: its table.
        key: its primary key, a column and a field.
        select: SELECT list and joins for full rows: what stands between `SELECT` and the join with the ids.
        joins: further joins, with `t` as the object's table.
        listed: rows as a list serves them.
        single: a row as a GET by id serves it.
        sources: every field that can be filtered or ordered by.
        filterable: names of fields that conditions may test.
        orderable: names of fields that the answer can be ordered by.
        addresses: columns that can stand in for the id in a URL ("external_key", "token").
    """

    name: str
    table: str
    key: str
    select: str
    listed: Listed
    single: Callable[[Sequence[Any], ReadContext], Json]
    sources: Mapping[str, Source]
    filterable: frozenset[str]
    orderable: frozenset[str]
    joins: str = ""
    addresses: frozenset[str] = frozenset({"external_key", "token"})
    #: other names of fields, e.g. invoice_date for date
    aliases: Mapping[str, str] = field(default_factory=dict)
    #: lists with `expand=NAME`: adds what a single record has beyond a row
    expand: Mapping[str, Callable[[list[Json], ReadContext], None]] = field(default_factory=dict)

    def by(self, column: str) -> str:
        """The condition under which a record is the one of a value of its key, or of one of `addresses`."""
        return f"t.{column} = ?" + (" COLLATE NOCASE" if column == "external_key" else "")

    def source(self, name: str) -> Source:
        """Where the field with this wire name is stored. Raises KeyError where there is no such field."""
        return self.sources[name]


def names(text: str) -> tuple[str, ...]:
    """Names that are written with blanks between them."""
    return tuple(text.split())


def columns(*stored: str, of: str = "t") -> str:
    """A SELECT list of columns of one table."""
    return ", ".join(f"{of}.{name}" for name in stored)


def each(single: Callable[[Sequence[Any], ReadContext], Json]) -> Listed:
    """Serves a list row by row."""
    return lambda rows, context: [single(values, context) for values in rows]


def catalogued(
    resource: Resource,
    table: str,
    stored: Iterable[str],
    derived: Mapping[str, Source],
    *,
    select: str,
    single: Callable[[Sequence[Any], ReadContext], Json],
    listed: Listed | None = None,
    **more: Any,
) -> SandboxObject:
    """An object of the catalogue, which says what can be filtered and ordered by, as far as it is stored.

    Args:
        stored: columns that carry the name of a field.
        derived: sources of fields that are not simply a column.
        listed: as a GET by id serves them, if not given.
        more: further attributes of `SandboxObject`.
    """
    plain = set(stored)
    sources = {
        item.name: Source(f"t.{item.name}", item.type)
        for item in resource.fields
        if item.name in plain and (item.filterable or item.orderable)
    } | dict(derived)
    return SandboxObject(
        name=resource.path,
        table=table,
        key=resource.primary_key,
        select=select,
        listed=listed or each(single),
        single=single,
        sources=sources,
        filterable=frozenset(item.name for item in resource.filterable if item.name in sources),
        orderable=frozenset(item.name for item in resource.orderable if item.name in sources),
        **more,
    )


def labels(column: str, names: Mapping[str, str], other: str | None = None) -> Source:
    """The label of a stored value; `other` for values that have none."""
    whens = " ".join(f"WHEN '{value}' THEN '{name}'" for value, name in names.items())
    rest = "" if other is None else f" ELSE '{other}'"
    return Source(f"CASE {column} {whens}{rest} END", FieldType.TEXT)
