"""What the sandbox knows about an object beyond the catalogue: where its fields are stored and how rows are served."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cotui.catalog.field import FieldType
from cotui.catalog.model import Resource
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.facts import Facts

#: A record as it is served.
Json = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What serving a record depends on beside the record."""

    connection: sqlite3.Connection
    facts: Facts
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
        actions: actions that read, by lower-case name.
    """

    name: str
    table: str
    key: str
    select: str
    listed: Callable[[Sequence[Sequence[Any]], Context], list[Json]]
    single: Callable[[Sequence[Any], Context], Json]
    sources: Mapping[str, Source]
    filterable: frozenset[str]
    orderable: frozenset[str]
    joins: str = ""
    addresses: frozenset[str] = frozenset({"external_key", "token"})
    #: other names of fields, e.g. invoice_date for date
    aliases: Mapping[str, str] = field(default_factory=dict)
    #: lists with `expand=NAME`: adds what a single record has beyond a row
    expand: Mapping[str, Callable[[list[Json], Context], None]] = field(default_factory=dict)

    def source(self, name: str) -> Source:
        """Where the field with this wire name is stored.

        Raises:
            KeyError: there is no such field.
        """
        return self.sources[name]


def columns(*names: str, of: str = "t") -> str:
    """A SELECT list of columns of one table."""
    return ", ".join(f"{of}.{name}" for name in names)


def catalogue_sources(
    resource: Resource, stored: Iterable[str], derived: Mapping[str, Source]
) -> Mapping[str, Source]:
    """Sources of a catalogued object's fields.

    Args:
        resource: the catalogue's description.
        stored: columns that carry the name of a field.
        derived: sources of fields that are not simply a column.
    """
    plain = set(stored)
    found = {
        item.name: Source(f"t.{item.name}", item.type)
        for item in resource.fields
        if item.name in plain and (item.filterable or item.orderable)
    }
    found.update(derived)
    return found


def catalogue_filters(resource: Resource, sources: Mapping[str, Source]) -> frozenset[str]:
    """The fields the catalogue says can be filtered by, as far as the sandbox stores them."""
    return frozenset(item.name for item in resource.filterable if item.name in sources)


def catalogue_orders(resource: Resource, sources: Mapping[str, Source]) -> frozenset[str]:
    """The fields the catalogue says can be ordered by, as far as the sandbox stores them."""
    return frozenset(item.name for item in resource.orderable if item.name in sources)
