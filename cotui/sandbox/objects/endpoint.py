"""What the sandbox can do at one name in URLs: serve an object's records, write them, and act on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.writing.payload import Payload


class NoRecordError(Exception):
    """An action of one record was called without one; answered as an unsupported command."""


@dataclass(frozen=True)
class Action:
    """A call with a record, or with the whole object.

    Attributes:
        run: (context, id of the record or None, payload) -> the envelope's `response`.
        needs_record: it can only be called with a record.
        creates: `run` answers the id of what it made; answered with 201, as the documentation says of a few.
        reads: it changes nothing, so a key that may only read may call it. A login link is no such thing:
            whoever has it can do more than read.
    """

    run: Callable[[WriteContext, int | None, Payload], Any]
    needs_record: bool = False
    creates: bool = False
    reads: bool = False


def on_record(action: Callable[[WriteContext, int, Payload], Any], *, reads: bool = False) -> Action:
    """An action that needs a record."""

    def run(context: WriteContext, number: int | None, payload: Payload) -> Any:
        if number is None:
            raise NoRecordError
        return action(context, number, payload)

    return Action(run, needs_record=True, reads=reads)


@dataclass(frozen=True)
class Endpoint:
    """What there is at one name; None where the object does not have that verb.

    The id given to `update` and `delete` exists. A payload is what `payload.decode` gives, and not empty. All raise
    BadRequestError for what is missing, makes no sense or is not allowed.

    Attributes:
        name: as in URLs, e.g. "customer".
        served: how records are listed, counted and fetched.
        create: answers the new record's id.
        actions: by lower-case name (`/_action/NAME` and `?action=NAME`). "" is a POST to an object that is not
            a list of records, such as _aggregate.
        older_names: further names that are still served.
    """

    name: str
    served: SandboxObject | None = None
    create: Callable[[WriteContext, Payload], int] | None = None
    update: Callable[[WriteContext, int, Payload], None] | None = None
    delete: Callable[[WriteContext, int], None] | None = None
    actions: Mapping[str, Action] = field(default_factory=dict)
    older_names: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether records can be created, updated or deleted."""
        return bool(self.create or self.update or self.delete)
