"""Requests that change something: creating, updating, deleting and actions, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.write_context import Flags, WriteContext
from cotui.sandbox.errors import DeclinedError, missing_or_invalid, no_such, unsupported_command
from cotui.sandbox.http.address import Address
from cotui.sandbox.objects.endpoint import Action, Endpoint, NoRecordError
from cotui.sandbox.writing import payload as values
from cotui.sandbox.writing.payload import Payload
from cotui.sandbox.writing.references import record_key


@dataclass(frozen=True)
class Success:
    """A successful answer before it is put into its envelope."""

    response: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WriteRequest:
    """A request that may change something.

    Attributes:
        method: HTTP method, upper case.
        verb: what the request wants to do, as messages call it.
        ipaddr: address the request came from; "" when it is not known.
    """

    method: str
    verb: str
    address: Address
    payload: Payload
    base_url: str
    ipaddr: str = ""


def perform(store: Store, clock: Clock, endpoint: Endpoint, write: WriteRequest) -> Success:
    """Carries out a write.

    Args:
        endpoint: the object's; it need not be one that is listed.

    Raises:
        AnswerError: the answer is an error; nothing has changed, except that a `DeclinedError` keeps the
            record of the failed payment.
    """
    address, subject = write.address, endpoint.served
    unsupported = unsupported_command(write.verb, address.subject, address.ref)
    step = _step(endpoint, write)
    if step is None or address.rest or address.command or (address.ref and subject is None):
        raise unsupported
    try:
        with store.write() as connection:
            flags = Flags.read(address.parameters)
            context = WriteContext(connection, store, clock, write.base_url, flags, write.ipaddr)
            number = None
            if address.ref and subject is not None:
                number = find(connection, subject, address.ref)
            before = connection.total_changes
            try:
                outcome = step(context, number)
                if connection.total_changes != before:
                    context.log(_logged(endpoint.name, write.verb, number, outcome))
                return outcome
            except DeclinedError as error:
                declined = error
        raise declined
    except NoRecordError as error:
        raise unsupported from error
    except (sqlite3.IntegrityError, OverflowError) as error:
        # What the tables' own rules refuse; every rule with a message of its own was asked before.
        raise missing_or_invalid() from error
    except sqlite3.OperationalError as error:
        if "integer overflow" not in str(error):
            raise
        raise missing_or_invalid() from error


def _logged(name: str, verb: str, number: int | None, outcome: Success) -> str:
    """What the account's log says of a write, in the words of the service's own messages."""
    if number is None and isinstance(outcome.response, dict):
        number = outcome.response.get("id")
    return f"{verb}({name}, {'' if number is None else number})"


def find(connection: sqlite3.Connection, subject: SandboxObject, ref: str) -> int:
    """The id of the record that an id, "external_key:…" or "token:…" names. Raises NotFoundError where there is none."""
    column, value = record_key(subject, ref)
    sql = f"SELECT {subject.key} FROM {subject.table} WHERE {column} = ?"  # noqa: S608 - our own names
    row = connection.execute(sql, (value,)).fetchone()
    if row is None:
        raise no_such(subject.name)
    return int(row[0])


_Step = Callable[[WriteContext, int | None], Success]


def _step(endpoint: Endpoint, write: WriteRequest) -> _Step | None:
    """What a request asks for; None when its object has no such verb or action."""
    address = write.address
    actions = endpoint.actions
    if address.action or ("" in actions and not address.ref):
        action = actions.get(address.action.casefold())
        return _acting(write, action) if action is not None and write.method == "POST" else None
    if write.method == "POST" and not address.ref:
        return _creation(write, endpoint.create)
    if write.method == "PUT" and address.ref:
        return _update(write, endpoint.update)
    if write.method == "DELETE" and address.ref:
        return _deletion(endpoint.delete)
    return None


def _acting(write: WriteRequest, action: Action) -> _Step:
    def step(context: WriteContext, number: int | None) -> Success:
        response = action.run(context, number, write.payload)
        return Success({"id": response}, 201) if action.creates else Success(response)

    return step


def _creation(write: WriteRequest, create: Callable[[WriteContext, Payload], int] | None) -> _Step | None:
    if create is None:
        return None

    def step(context: WriteContext, _: int | None) -> Success:
        if not write.payload:
            raise values.no_data()
        return _located(write, 201, create(context, write.payload))

    return step


def _update(write: WriteRequest, update: Callable[[WriteContext, int, Payload], None] | None) -> _Step | None:
    if update is None:
        return None

    def step(context: WriteContext, number: int | None) -> Success:
        if number is None:
            raise NoRecordError
        if not write.payload:
            raise values.no_data()
        update(context, number, write.payload)
        return _located(write, 202, number)

    return step


def _deletion(delete: Callable[[WriteContext, int], None] | None) -> _Step | None:
    if delete is None:
        return None

    def step(context: WriteContext, number: int | None) -> Success:
        if number is None:
            raise NoRecordError
        delete(context, number)
        return Success(response=True)

    return step


def _located(write: WriteRequest, status: int, number: int) -> Success:
    place = f"{write.base_url}/api/v3/{write.address.subject}/{number}"
    return Success({"id": number}, status, {"Location": place})
