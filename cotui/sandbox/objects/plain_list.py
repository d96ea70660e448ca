"""Lists whose rows are served as they are stored: amounts from minor units, moments from Unix seconds, the rest as is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cotui.catalog import FieldType, Resource
from cotui.sandbox.database.object_model import Json, ReadContext, SandboxObject, Source, each
from cotui.sandbox.database.served_values import money, number

ID, TEXT, INTEGER, NUMBER, TIME, FLAG = (
    FieldType.ID,
    FieldType.TEXT,
    FieldType.INTEGER,
    FieldType.NUMBER,
    FieldType.DATETIME,
    FieldType.BOOLEAN,
)
#: what no column holds
_LISTS = (FieldType.OBJECTS, FieldType.TAGS)
_CUSTOMERS_CURRENCY = "(SELECT c.currency_id FROM customers c WHERE c.customer_id = t.customer_id)"


def plain_object(resource: Resource, table: str, **more: Any) -> SandboxObject:
    """An object whose fields are columns of a table, filtered and ordered by as the catalogue says.

    Args:
        more: as for `plain_list`.

    Raises:
        ValueError: the catalogue says something that no plain list can do.
    """
    key = resource.primary_key
    shown = {item.name: item.type for item in resource.fields if item.listed or item.readable}
    for item in (*resource.filterable, *resource.orderable):
        if item.name not in shown:
            raise ValueError(
                f"{resource.id}: {item.name} is to be filtered or ordered by, but is in no record"
            )
    return plain_list(
        resource.path,
        table,
        {key: shown[key], **shown},
        filterable=[item.name for item in resource.filterable],
        orderable=[item.name for item in resource.orderable],
        **more,
    )


def plain_list(
    name: str,
    table: str,
    fields: Mapping[str, FieldType],
    *,
    stored: Mapping[str, str] | None = None,
    filterable: Iterable[str] = (),
    orderable: Iterable[str] | None = None,
    addresses: Iterable[str] = (),
    finish: Callable[[Json], None] | None = None,
    aliases: Mapping[str, str] | None = None,
    spellings: Mapping[str, Mapping[str, str]] | None = None,
) -> SandboxObject:
    """A list; its first field is the key.

    Amounts are in the currency of the row's `currency_id` where that is a field, or else in that of its customer. The
    fields `currency_iso4217` and `currency_symbol` follow from it.

    Args:
        stored: SQL expressions of fields that are not columns of their own name, `t` being the table.
        filterable: fields to filter by; none, if not given.
        orderable: fields to order by; all, if not given.
        addresses: fields that can stand in for the id in a URL, besides `external_key`.
        finish: adds to a row what follows from its fields.
        aliases: older names of fields, for conditions and orders.
        spellings: of a field, older words for its values.

    Raises:
        ValueError: a field can't be kept in a column, or is an amount without a currency.
    """
    names = tuple(fields)
    own = dict(stored or {})
    sql = {item: f't."{item}"' for item in names} | own
    currency = sql.get("currency_id", _CUSTOMERS_CURRENCY if "customer_id" in sql else "NULL")
    for item in {"currency_iso4217", "currency_symbol"}.intersection(names) - own.keys():
        column = item.removeprefix("currency_")
        sql[item] = f"(SELECT m.{column} FROM currencies m WHERE m.currency_id = {currency})"  # noqa: S608 - our own
    for item, type_ in fields.items():
        if "." in item or type_ in _LISTS:
            raise ValueError(f"{name}: {item} is more than a column holds, so it needs a serve.py of its own")
        if type_.storage == "amount" and currency == "NULL":
            raise ValueError(
                f"{name}: {item} is an amount, so a field currency_id or customer_id has to be there"
            )
    served = {item: _SERVED[type_.storage] for item, type_ in fields.items() if type_.storage in _SERVED}

    def single(values: Sequence[Any], context: ReadContext) -> Json:
        row = dict(zip(names, values, strict=False))
        for item, serve in served.items():
            if row[item] is not None:
                row[item] = serve(row[item], context, values[-1])
        if finish is not None:
            finish(row)
        return row

    return SandboxObject(
        name=name,
        table=table,
        key=names[0],
        select=", ".join((*(sql[item] for item in names), currency)),
        listed=each(single),
        single=single,
        sources={
            item: Source(sql[item], type_, currency=currency, spellings=(spellings or {}).get(item, {}))
            for item, type_ in fields.items()
        },
        filterable=frozenset(filterable),
        orderable=frozenset(names if orderable is None else orderable),
        addresses=frozenset({"external_key"}.intersection(names).union(addresses)),
        aliases=aliases or {},
    )


def _amount(value: int, context: ReadContext, currency_id: int) -> int | float:
    return money(value, context.lookups.currency(currency_id).unit)


#: how values that are set are served, by how they are stored; the last argument is the row's currency
_SERVED: Mapping[str, Callable[[Any, ReadContext, Any], Any]] = {
    "amount": _amount,
    "moment": lambda value, context, _: context.time(value),
    "flag": lambda value, *_: value == 1,
    "number": lambda value, *_: number(value) if isinstance(value, float) else value,
}
