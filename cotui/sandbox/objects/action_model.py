"""What an action is: a call with a record, or with the whole object, that answers a JSON value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.writing.payload import Payload

#: (change, id of the record or None, payload) -> the envelope's `response`, or a `Created`. An action with the
#: name "" is a POST to an object that is not a list of records, such as _aggregate.
Action = Callable[[WriteContext, int | None, Payload], Any]


@dataclass(frozen=True)
class Created:
    """What the few actions answer that are documented with 201: the id of what they made."""

    id: int


_ON_RECORD: set[Action] = set()


class NoRecordError(Exception):
    """An action of one record was called without one; answered as an unsupported command."""


def on_record(action: Callable[[WriteContext, int, Payload], Any]) -> Action:
    """An action that needs a record."""

    def call(context: WriteContext, number: int | None, payload: Payload) -> Any:
        if number is None:
            raise NoRecordError
        return action(context, number, payload)

    _ON_RECORD.add(call)
    return call


def needs_record(action: Action) -> bool:
    """Whether an action can only be called with a record."""
    return action in _ON_RECORD
