"""Subscriptions (packages) as clients create and change them.

A new one takes from its customer what is not sent: currency, terms, brand, class, worker, addresses. Its first
invoice is due at once, at the end of the trial of its lines, or on `holduntil_datetime`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.package import PACKAGE
from cotui.sandbox.billing.cycles import days_after
from cotui.sandbox.billing.package_money import refresh_mrr
from cotui.sandbox.billing.stored_methods import chosen_method
from cotui.sandbox.database.served_values import ADDRESSES
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.objects.package.write_lines import Owner, add_line, lines_of
from cotui.sandbox.writing.payload import Payload, object_of, objects, read, required
from cotui.sandbox.writing.references import is_named, resolve, unique_key

_OWN = tuple(item for item in PACKAGE.fields if not item.references and item.name != "paymethod")
_CREATE = tuple(item for item in _OWN if item.creatable)
_UPDATE = tuple(item for item in _OWN if item.updatable)
#: what can be referred to on create and on update, and whether null takes it away
_REFERENCES = {"terms": False, "class": True, "admin": True}


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a subscription with its lines; it may have none yet. Answers its id."""
    sent = object_of(payload)
    customer_id = resolve(context, sent, "customer")
    if customer_id is None:
        raise required("customer_id")
    customer = context.row("customers", "customer_id", customer_id) or {}
    values = read(sent, _CREATE, context.clock.zone)
    values["external_key"] = unique_key(context, "package", values.get("external_key"))
    values["paycycle"] = values.get("paycycle") or "mon"
    if values["paycycle"] == "evy":
        raise missing_or_invalid()
    if not any(values.get(name) for name in ADDRESSES):
        values |= {name: customer[name] for name in ADDRESSES}
    for name in ("terms", "class", "admin", "brand"):
        number = resolve(context, sent, name)
        values[f"{name}_id"] = number if number is not None else customer[f"{name}_id"]
    values |= chosen_method(context, customer_id, sent)
    first = values.get("holduntil_datetime") or context.now
    number = context.insert(
        "packages",
        {
            **values,
            "customer_id": customer_id,
            "currency_id": customer["currency_id"],
            "token": context.token(),
            "start_datetime": context.now,
            "next_invoice_datetime": first,
            **context.written,
        },
    )
    owner = Owner(number, customer["currency_id"], values["paycycle"])
    for line in lines_of(sent):
        add_line(context, owner, line)
    _begin_trial(context, number, held="holduntil_datetime" in values)
    refresh_mrr(context, customer_id)
    return number


def _begin_trial(context: WriteContext, number: int, *, held: bool) -> None:
    """A subscription all of whose lines are free at first is a trial until the first of them is not."""
    days = context.connection.execute(
        "SELECT min(trial_days) FROM package_lines WHERE package_id = ?", (number,)
    ).fetchone()[0]
    if days:
        values: dict[str, Any] = {"package_status_str": "active-trial"}
        if not held:
            values["next_invoice_datetime"] = days_after(context.now, days, context.clock.zone)
        context.update("packages", "package_id", number, values)


def update(context: WriteContext, number: int, payload: Payload) -> None:
    """Changes those values of a subscription that are sent. Lines and prices are changed by `upgrade`.

    Of `line_items` only names, keys and custom fields of lines that are there are taken, since a fetched
    subscription that is sent back holds them all.
    """
    sent = object_of(payload)
    values = read(sent, _UPDATE, context.clock.zone)
    if "external_key" in values:
        values["external_key"] = unique_key(context, "package", values["external_key"], number)
    for name, optional in _REFERENCES.items():
        if is_named(sent, name):
            found = resolve(context, sent, name, together=True)
            if found is not None or optional:
                values[f"{name}_id"] = found
    context.update("packages", "package_id", number, {**values, "mod_datetime": context.now})
    _rename_lines(context, number, sent)


_LINE = tuple(
    item
    for item in PACKAGE.field("line_items").parts
    if item.name
    in ("line_item_id", "external_key", "nickname", "descrip", "custom_1", "custom_2", "custom_3")
)


def _rename_lines(context: WriteContext, number: int, sent: Mapping[str, Any]) -> None:
    for line in objects(sent, "line_items") or []:
        values = read(line, _LINE, context.clock.zone)
        line_item_id = values.pop("line_item_id", None)
        row = context.row("package_lines", "line_item_id", line_item_id) if line_item_id else None
        if row is not None and row["package_id"] == number and not row["is_replaced"]:
            context.update("package_lines", "line_item_id", row["line_item_id"], values)
