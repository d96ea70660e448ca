"""Lists whose rows are served as they are stored.

They reject filters, except those that name fields to filter by, and can be ordered by any of their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cotui.catalog import FieldType
from cotui.sandbox.database.object_model import Json, ReadContext, SandboxObject, Source, each
from cotui.sandbox.database.served_values import number

ID, TEXT, INTEGER, NUMBER, TIME, FLAG = (
    FieldType.ID,
    FieldType.TEXT,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.DATETIME,
    FieldType.BOOLEAN,
)


def plain_list(
    name: str,
    table: str,
    fields: Mapping[str, FieldType],
    *,
    stored: Mapping[str, str] | None = None,
    filterable: Iterable[str] = (),
    addresses: frozenset[str] = frozenset(),
    finish: Callable[[Json], None] | None = None,
    new_table: str = "",
    aliases: Mapping[str, str] | None = None,
    spellings: Mapping[str, Mapping[str, str]] | None = None,
) -> SandboxObject:
    """A list; its first field is the key.

    Args:
        stored: SQL expressions of fields that are not columns of their own name, `t` being the table.
        finish: adds to a row what follows from its fields.
        new_table: statement that makes the table, where `database/tables.sql` does not.
        aliases: older names of fields, for conditions and orders.
        spellings: of a field, older words for its values.
    """
    names = tuple(fields)
    times = tuple(item for item, type_ in fields.items() if type_ is TIME)
    numbers = tuple(item for item, type_ in fields.items() if type_ is NUMBER)
    flags = tuple(item for item, type_ in fields.items() if type_ is FLAG)
    sql = {item: f't."{item}"' for item in names} | dict(stored or {})

    def single(values: Sequence[Any], context: ReadContext) -> Json:
        row = dict(zip(names, values, strict=True))
        for item in times:
            row[item] = context.time(row[item])
        for item in numbers:
            row[item] = None if row[item] is None else number(row[item])
        for item in flags:
            row[item] = row[item] == 1
        if finish is not None:
            finish(row)
        return row

    return SandboxObject(
        name=name,
        table=table,
        key=names[0],
        select=", ".join(sql[item] for item in names),
        listed=each(single),
        single=single,
        sources={
            item: Source(sql[item], type_, spellings=(spellings or {}).get(item, {}))
            for item, type_ in fields.items()
        },
        filterable=frozenset(filterable),
        orderable=frozenset(names),
        addresses=addresses,
        new_table=new_table,
        aliases=aliases or {},
    )
