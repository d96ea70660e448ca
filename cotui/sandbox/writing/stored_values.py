"""What a payload says of a record as its table keeps it, for objects whose fields are columns."""

from __future__ import annotations

from typing import Any

from cotui.catalog import RESOURCES, Resource
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.objects import served
from cotui.sandbox.writing.payload import Payload, minor, object_of, read, required
from cotui.sandbox.writing.references import is_named, resolve, unique_key


def stored_values(
    context: WriteContext, resource: Resource, payload: Payload, number: int | None = None
) -> dict[str, Any]:
    """The values, by column, for a new record or for a change of the one with the id `number`.

    Keys may be sent as `…_id`, `…_external_key` or `…_token`. Amounts are in minor units, and a new record that says
    nothing of its own currency gets its customer's.

    Raises:
        BadRequestError: a required field is missing or emptied, a value is not of its field's type, a key names no
            record, or another record has the external key.
    """
    sent = object_of(payload)
    fields = [item for item in resource.fields if (item.creatable if number is None else item.updatable)]
    keys = {item.name: item for item in fields if item.references and item.name.endswith("_id")}
    values = read(sent, (item for item in fields if item.name not in keys), context.clock.zone)
    for name, item in keys.items():
        if is_named(sent, name.removesuffix("_id")):
            of = RESOURCES[item.references].path
            values[name] = resolve(context, sent, name.removesuffix("_id"), of=of)
    for item in fields:
        if item.required and (number is None or item.name in values) and values.get(item.name) in (None, ""):
            raise required(item.name)
    if "external_key" in values:
        values["external_key"] = unique_key(context, resource.path, values["external_key"], number)
    if number is None and resource.find("currency_id") and not values.get("currency_id"):
        values["currency_id"] = _one(
            context, "SELECT max(currency_id) FROM customers WHERE customer_id = ?", values.get("customer_id")
        )
    return _scaled(context, resource, values, number)


def _scaled(
    context: WriteContext, resource: Resource, values: dict[str, Any], number: int | None
) -> dict[str, Any]:
    """The values with amounts in minor units."""
    subject = served(resource.path)
    amounts = [
        item
        for item in resource.fields
        if item.type.storage == "amount" and values.get(item.name) is not None
    ]
    if amounts:
        row = values if number is None else context.known_row(subject.table, subject.key, number) | values
        currency = subject.source(amounts[0].name).currency
        # whichever of the two it follows from
        sql = f"SELECT {currency} FROM (SELECT ? AS currency_id, ? AS customer_id) t"  # noqa: S608 - our own names
        unit = context.lookups.currency(
            _one(context, sql, row.get("currency_id"), row.get("customer_id"))
        ).unit
        values |= {item.name: minor(values[item.name], unit, item.name) for item in amounts}
    return values


def _one(context: WriteContext, sql: str, *parameters: object) -> Any:
    return context.connection.execute(sql, parameters).fetchone()[0]
