"""Creating, updating and deleting customers, with their main contact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.customer import CUSTOMER
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.writing import people
from cotui.sandbox.writing.payload import Payload, object_of, read, required
from cotui.sandbox.writing.references import is_named, resolve, unique_key

_MAIN = "superuser_"
# custtype_id was dropped from the documentation, and nothing is kept of it
_OWN = tuple(
    item
    for item in CUSTOMER.fields
    if not item.references and not item.name.startswith(_MAIN) and item.name != "custtype_id"
)
_CREATED = tuple(item for item in _OWN if item.creatable)
_UPDATED = tuple(item for item in _OWN if item.updatable)
_CONTACT = tuple(
    item for item in CUSTOMER.fields if item.name.startswith(_MAIN) and not item.references and item.creatable
)
#: columns that cannot be unset: null leaves them as they are
_NEVER_NULL = ("invoice_delivery", "dunning_delivery")
#: references on create and update, and whether they can be unset
_REFERENCES = {"language": False, "terms": False, "class": True, "admin": True, "campaign": True}


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a customer, and its main contact from the `superuser_*` keys."""
    sent = object_of(payload)
    values = _values(context, read(sent, _CREATED, context.clock.zone))
    if not values.get("company"):
        raise required("company")
    values |= _references(context, sent)
    values["parent_customer_id"] = resolve(context, sent, "parent_customer", of="customer")
    for name in ("currency", "brand"):
        number = resolve(context, sent, name)
        if number is not None:
            values[f"{name}_id"] = number
    contact, main = _contact(context, sent), _main_contact(context, sent)
    customer_id = context.insert(
        "customers",
        {
            **values,
            "token": context.token(),
            "write_datetime": context.now,
            "write_ipaddr": context.ipaddr or None,
            "mod_datetime": context.now,
            "mod_ipaddr": context.ipaddr or None,
        },
    )
    if main is not None:
        people.attach(context, customer_id, main)
        contact.pop("username", None)
        if contact:
            people.edit(context, main, contact)
    elif any(contact.values()):
        people.add(context, contact, customer_id)
    return customer_id


def update(context: WriteContext, number: int, payload: Payload) -> None:
    """Changes the fields that are sent; `superuser_*` keys change the main contact."""
    sent = object_of(payload)
    stored = context.known_row("customers", "customer_id", number)
    values = _values(context, read(sent, _UPDATED, context.clock.zone), number)
    if "company" in values and not values["company"]:
        raise required("company")
    if resolve(context, sent, "currency") not in (None, stored["currency_id"]):
        raise BadRequestError("The currency of a customer cannot be changed.")
    values |= _references(context, sent)
    context.update(
        "customers",
        "customer_id",
        number,
        {**values, "mod_datetime": context.now, "mod_ipaddr": context.ipaddr or None},
    )
    _update_contact(context, number, stored["superuser_id"], sent)


def _update_contact(
    context: WriteContext, customer_id: int, current: int | None, sent: Mapping[str, Any]
) -> None:
    contact = _contact(context, sent)
    username = contact.pop("username", None)
    if current is not None:
        # In an object that was fetched and put back, what still is as it was says nothing about a new contact.
        stored = context.known_row("users", "user_id", current)
        contact = {
            name: value for name, value in contact.items() if (value or None) != (stored[name] or None)
        }
    main = _main_contact(context, sent)
    if main is not None and main != current:
        people.make_main(context, customer_id, main)
        current = main
    if current is None:
        if any(contact.values()):
            people.add(context, {**contact, "username": username}, customer_id)
    elif contact:
        people.edit(context, current, contact)


def delete(context: WriteContext, number: int) -> None:
    """Removes a customer that nothing was billed to, with the contacts and pay methods that are its alone."""
    for table, what in (
        ("invoices", "invoices"),
        ("transactions", "transactions"),
        ("packages", "subscriptions"),
    ):
        sql = f"SELECT 1 FROM {table} WHERE customer_id = ? LIMIT 1"  # noqa: S608 - our own names
        if context.connection.execute(sql, (number,)).fetchone() is not None:
            raise BadRequestError(f"This customer cannot be deleted: it has {what}.")
    run = context.connection.execute
    run("UPDATE customers SET parent_customer_id = NULL WHERE parent_customer_id = ?", (number,))
    run("UPDATE customers SET superuser_id = NULL WHERE customer_id = ?", (number,))
    for table, key in (
        ("creditcards", "creditcard_id"),
        ("ach_accounts", "ach_id"),
        ("tokenized", "tokenized_id"),
    ):
        sql = f"SELECT {key} FROM {table} WHERE customer_id = ?"  # noqa: S608 - our own names
        for (pay_method,) in run(sql, (number,)).fetchall():
            context.delete(table, key, pay_method)
    contacts = run("SELECT user_id FROM customer_users WHERE customer_id = ?", (number,)).fetchall()
    run("DELETE FROM customer_users WHERE customer_id = ?", (number,))
    for (user_id,) in contacts:
        other = run("SELECT min(customer_id) FROM customer_users WHERE user_id = ?", (user_id,)).fetchone()[0]
        if other is None:
            people.remove(context, user_id)
        else:
            run(
                "UPDATE users SET customer_id = ? WHERE user_id = ? AND customer_id = ?",
                (other, user_id, number),
            )
    context.delete("customers", "customer_id", number)


def _values(context: WriteContext, values: dict[str, Any], own: int | None = None) -> dict[str, Any]:
    if "external_key" in values:
        values["external_key"] = unique_key(context, "customer", values["external_key"], own)
    if "tags" in values:
        values["tags"] = json.dumps(values["tags"], ensure_ascii=False)
    if "company" in values and not (values["company"] or "").strip():
        values["company"] = ""
    return {name: value for name, value in values.items() if value is not None or name not in _NEVER_NULL}


def _references(context: WriteContext, sent: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, optional in _REFERENCES.items():
        if is_named(sent, name):
            number = resolve(context, sent, name)
            if number is not None or optional:
                found[f"{name}_id"] = number
    return found


def _contact(context: WriteContext, sent: Mapping[str, Any]) -> dict[str, Any]:
    values = read(sent, _CONTACT, context.clock.zone)
    return {name.removeprefix(_MAIN): value for name, value in values.items()}


def _main_contact(context: WriteContext, sent: Mapping[str, Any]) -> int | None:
    if sent.get("superuser_id"):
        # the token beside it is what a fetched object holds
        sent = {"superuser_id": sent["superuser_id"]}
    return resolve(context, sent, "superuser", of="user")
