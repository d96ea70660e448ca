"""Creating, updating and deleting users (contacts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.objects.user import USER
from cotui.sandbox.database.change import Change
from cotui.sandbox.http.envelope import BadRequestError, missing_or_invalid
from cotui.sandbox.portal.passwords import LONGEST, set_password
from cotui.sandbox.writing import people
from cotui.sandbox.writing.payload import Payload, object_of, read
from cotui.sandbox.writing.references import resolve, unique_key

_OWN = tuple(item for item in USER.fields if not item.references and not item.secret)
_CREATED = tuple(item for item in _OWN if item.creatable)
_UPDATED = tuple(item for item in _OWN if item.updatable)


def create(change: Change, payload: Payload) -> int:
    """Adds a user; the first contact of a customer becomes its main one.

    Raises:
        BadRequestError: a value makes no sense, or a unique one is taken.
    """
    sent = object_of(payload)
    values = _values(change, read(sent, _CREATED, change.clock.zone))
    number = people.add(change, values, resolve(change, sent, "customer"))
    _password(change, sent, number)
    return number


def update(change: Change, number: int, payload: Payload) -> None:
    """Changes the fields that are sent.

    Raises:
        BadRequestError: a value makes no sense, or a unique one is taken.
    """
    sent = object_of(payload)
    people.edit(change, number, _values(change, read(sent, _UPDATED, change.clock.zone), number))
    _password(change, sent, number)


def delete(change: Change, number: int) -> None:
    """Removes a user.

    Raises:
        BadRequestError: it is a customer's main contact.
    """
    main = change.connection.execute("SELECT 1 FROM customers WHERE superuser_id = ?", (number,)).fetchone()
    if main is not None:
        raise BadRequestError(
            "This user cannot be deleted: it is the main contact of a customer. Choose another one first."
        )
    people.remove(change, number)


def _values(change: Change, values: dict[str, Any], own: int | None = None) -> dict[str, Any]:
    if "external_key" in values:
        values["external_key"] = unique_key(change, "user", values["external_key"], own)
    if "user_type_id" in values and not values["user_type_id"]:
        del values["user_type_id"]
    elif "user_type_id" in values and values["user_type_id"] not in change.facts.user_types:
        raise missing_or_invalid()
    return values


def _password(change: Change, sent: Mapping[str, Any], number: int) -> None:
    password = sent.get("password")
    if password is None or password == "":
        return
    if not isinstance(password, str) or len(password) > LONGEST:
        raise missing_or_invalid()
    set_password(change.connection, number, password, change.now)
