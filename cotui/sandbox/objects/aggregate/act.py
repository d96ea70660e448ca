"""Sums over lists: `POST /_aggregate` with an object, functions of its fields, conditions and groups.

Only one client describes the request, and nobody the answer. Reading: a list of rows, each with what it is
grouped by and one value for each function, named as it was sent: `[{"currency_id": 1, "SUM(total)": 42.5}]`.
Amounts of money are in major units; without a group they are added up whatever their currency.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from cotui.catalog.field import Storage
from cotui.catalog.money import rounded
from cotui.sandbox.database.object_model import SandboxObject, Source
from cotui.sandbox.database.query_sql import BadQueryError, compile_query
from cotui.sandbox.database.served_values import money
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid, shown, unsupported_object
from cotui.sandbox.objects import endpoint
from cotui.sandbox.objects.endpoint import Action
from cotui.sandbox.writing.payload import Payload, object_of, required

_FUNCTION = re.compile(
    r"\s*(sum|count|avg|min|max)\s*\(\s*([a-z0-9_.]+|\*)\s*\)\s*", re.ASCII | re.IGNORECASE
)
#: functions and groups of one request, and rows of its answer, at most
_MOST_FIELDS, _MOST_ROWS = 20, 1000


def _aggregate(context: WriteContext, _: int | None, payload: Payload) -> Any:
    sent = object_of(payload)
    name = sent.get("object")
    if not name:
        raise required("object")
    found = endpoint(name) if isinstance(name, str) else None
    if found is None or (subject := found.served) is None:
        raise unsupported_object("aggregate", str(name)[:80])
    functions, groups = _texts(sent, "fields"), _texts(sent, "group")
    if not functions:
        raise required("fields")
    try:
        query = compile_query(subject, ",".join(_texts(sent, "where")), "", context.lookups, context.clock)
    except BadQueryError as error:
        raise BadRequestError(str(error)) from error
    columns = [_group(subject, group) for group in groups]
    values = [_function(context, subject, text) for text in functions]
    sql = ", ".join([sql for sql, _ in columns] + [sql for sql, _ in values])
    where = f" WHERE {query.where}" if query.where else ""
    by = f" GROUP BY {', '.join(sql for sql, _ in columns)}" if columns else ""
    order = f" ORDER BY {', '.join(sql for sql, _ in columns)}" if columns else ""
    rows = context.connection.execute(
        f"SELECT {sql} FROM {subject.table} t{where}{by}{order} LIMIT {_MOST_ROWS}",  # noqa: S608 - our own names
        query.parameters,
    ).fetchall()
    names = [*groups, *functions]
    kinds = [kind for _, kind in (*columns, *values)]
    return [
        {title: _served(context, value, kind) for title, value, kind in zip(names, row, kinds, strict=True)}
        for row in rows
    ]


def _texts(sent: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts, or one; "" and null are none."""
    value = sent.get(name)
    if value is None or value == "":
        return []
    found = value if isinstance(value, list) else [value]
    if len(found) > _MOST_FIELDS or not all(isinstance(item, str) for item in found):
        raise missing_or_invalid(name, f"not a list of at most {_MOST_FIELDS} texts")
    return [item for item in found if item.strip()]


def _field(subject: SandboxObject, name: str) -> Source:
    wanted = name.strip().casefold()
    wanted = subject.aliases.get(wanted, wanted)
    source = subject.sources.get(wanted)
    if source is None or source.through is not None or wanted not in subject.orderable:
        raise BadRequestError(f"You cannot aggregate by: {name[:80]}.")
    return source


def _group(subject: SandboxObject, name: str) -> tuple[str, Storage]:
    source = _field(subject, name)
    return source.sql, source.type.storage


def _function(context: WriteContext, subject: SandboxObject, text: str) -> tuple[str, Storage]:
    found = _FUNCTION.fullmatch(text)
    if found is None:
        raise missing_or_invalid("fields", f"not a function such as SUM(total): {shown(text)}")
    function, name = found[1].upper(), found[2]
    if function == "COUNT":
        return ("count(*)" if name == "*" else f"count({_field(subject, name).sql})"), "number"
    if name == "*":
        raise missing_or_invalid("fields", f"only COUNT takes *: {shown(text)}")
    source = _field(subject, name)
    if function in ("SUM", "AVG") and source.type.storage not in ("number", "amount"):
        raise BadRequestError(f"You cannot aggregate by: {text[:80]}.")
    sql = _scaled(context, source) if source.type.storage == "amount" else source.sql
    return f"{function}({sql})", source.type.storage


def _scaled(context: WriteContext, source: Source) -> str:
    """Money in the minor units of the currency that has the smallest ones."""
    whens = " ".join(
        f"WHEN {currency_id} THEN {10 ** (context.lookups.decimals - currency.decimals)}"
        for currency_id, currency in context.lookups.currencies.items()
    )
    return f"({source.sql}) * CASE {source.currency} {whens} ELSE 1 END" if whens else source.sql


def _served(context: WriteContext, value: Any, kept: Storage) -> Any:
    if isinstance(value, int | float) and kept == "amount":
        value = money(rounded(Fraction(value)), 10**context.lookups.decimals)
    if isinstance(value, int) and kept == "moment":
        return context.clock.iso(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


ACTIONS = {"": Action(_aggregate, reads=True)}
