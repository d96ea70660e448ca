"""Creating, updating and deleting users (contacts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.user import USER
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.writing import people
from cotui.sandbox.writing.passwords import LONGEST, set_password
from cotui.sandbox.writing.payload import Payload, object_of, read
from cotui.sandbox.writing.references import resolve, unique_key

_OWN = tuple(item for item in USER.fields if not item.references and not item.secret)
_CREATED = tuple(item for item in _OWN if item.creatable)
_UPDATED = tuple(item for item in _OWN if item.updatable)


def create(context: WriteContext, payload: Payload) -> int:
    """Adds a user; the first contact of a customer becomes its main one."""
    sent = object_of(payload)
    values = _values(context, read(sent, _CREATED, context.clock.zone))
    number = people.add(context, values, resolve(context, sent, "customer"))
    _password(context, sent, number)
    return number


def update(context: WriteContext, number: int, payload: Payload) -> None:
    """Changes the fields that are sent."""
    sent = object_of(payload)
    people.edit(context, number, _values(context, read(sent, _UPDATED, context.clock.zone), number))
    _password(context, sent, number)


def delete(context: WriteContext, number: int) -> None:
    """Removes a user who is no customer's main contact."""
    main = context.connection.execute("SELECT 1 FROM customers WHERE superuser_id = ?", (number,)).fetchone()
    if main is not None:
        raise BadRequestError(
            "This user cannot be deleted: it is the main contact of a customer. Choose another one first."
        )
    people.remove(context, number)


def _values(context: WriteContext, values: dict[str, Any], own: int | None = None) -> dict[str, Any]:
    if "external_key" in values:
        values["external_key"] = unique_key(context, "user", values["external_key"], own)
    if "user_type_id" in values and not values["user_type_id"]:
        del values["user_type_id"]
    elif "user_type_id" in values and values["user_type_id"] not in context.lookups.user_types:
        raise missing_or_invalid()
    return values


def _password(context: WriteContext, sent: Mapping[str, Any], number: int) -> None:
    password = sent.get("password")
    if password is None or password == "":
        return
    if not isinstance(password, str) or len(password) > LONGEST:
        raise missing_or_invalid()
    set_password(context.connection, number, password, context.now)
