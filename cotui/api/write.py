"""A write as data: what is to be done to which record, with all that is shown of it before it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cotui.api import calls
from cotui.api.connection import API_PATH
from cotui.catalog import Action, Effect, Field, Resource

if TYPE_CHECKING:
    from cotui.api.connection import ActionStyle

#: what stands for a secret wherever a payload is shown or kept
HIDDEN: Final = "•••"


def new_request_id() -> str:
    """A name for one write, unique for all time; it stands in the audit file."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Write:
    """One write, complete but not sent.

    Attributes:
        resource: the object's kind.
        action: what is done: an action of the catalogue, or `catalog.editing`'s create and update.
        ref: id of the record; None when one is made.
        payload: JSON value of the body; None sends none. Not in the repr: it may hold a password.
        target: who or what it is done to, in words ("Jane Doe, user 12 of Acme, Inc."); as it came from the
            server, so clean it before showing.
        name: the record's name or number, which has to be typed before something is destroyed.
        emails: every e-mail that goes out because of it, in words, with its recipient.
        send_emails: False asks ChargeOver to send none (`_flag_emails=0`).
        on_behalf_addr: IP address of the customer who asked for this one write, else "".
        on_behalf_details: name, e-mail or id of that customer, else "".
        customer: the customer whose record it is, where that is known.
        request_id: its name in the audit file; no two sendings share one.
    """

    resource: Resource
    action: Action
    ref: int | str | None
    payload: Any = field(default=None, repr=False)
    target: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    send_emails: bool = True
    on_behalf_addr: str = field(default="", repr=False)
    on_behalf_details: str = field(default="", repr=False)
    customer: int | str | None = field(default=None, repr=False)
    request_id: str = field(default_factory=new_request_id)

    @property
    def destroys(self) -> bool:
        """Whether something is gone for good afterwards."""
        return self.action.effect is Effect.DESTROYS

    @property
    def flags(self) -> dict[str, str]:
        """Query parameters beside the action's own."""
        given = {
            "_flag_emails": "" if self.send_emails else "0",
            "on_behalf_addr": self.on_behalf_addr,
            "on_behalf_details": self.on_behalf_details,
        }
        return {name: value for name, value in given.items() if value}

    def call(self, style: ActionStyle) -> calls.Call:
        """The request, exactly as it is sent."""
        return self._call(self.payload, style).with_flags(**self.flags)

    def shown_call(self, style: ActionStyle) -> calls.Call:
        """The same request with every secret replaced by `HIDDEN`."""
        return self._call(self.shown_payload, style).with_flags(**self.flags)

    @property
    def shown_payload(self) -> Any:
        """The payload with every secret replaced by `HIDDEN`."""
        return hide_secrets(self.payload, (*self.action.payload, *self.resource.fields))

    @property
    def secrets(self) -> frozenset[str]:
        """The secret values of the payload as texts: what the server may repeat and nobody may show."""
        found = _hidden_values(self.payload, _all_secret_names((*self.action.payload, *self.resource.fields)))
        return frozenset(text for text in map(str, found) if text)

    def _call(self, payload: Any, style: ActionStyle) -> calls.Call:
        path, action = self.resource.path, self.action
        if action.name == "create":
            return calls.create(path, payload)
        if self.ref is None:
            raise ValueError(f"{action.name} needs a record")
        if action.method == "PUT":
            return calls.update(path, self.ref, payload)
        if action.method == "DELETE":
            return calls.delete(path, self.ref)
        name = action.wire_name if style == "path" else action.older or action.wire_name
        return calls.act(path, self.ref, name, payload, style=style)

    def bulk_request(self, style: ActionStyle) -> dict[str, Any]:
        """This write as one entry of a bulk call (section 7 of the API notes)."""
        call = self.call(style)
        return {
            "request_method": call.method,
            "uri": call.target(API_PATH),
            "payload": self.payload,
            "id": None,
        }


def hide_secrets(value: Any, fields: Sequence[Field]) -> Any:
    """A payload with every secret field's value replaced by `HIDDEN`, at any depth.

    Args:
        fields: where secrets are marked; parts of fields count as well.
    """
    return _hidden(value, _all_secret_names(fields))


def _all_secret_names(fields: Sequence[Field]) -> set[str]:
    return {name for item in fields for name in _secret_names(item)}


def _secret_names(item: Field) -> set[str]:
    names = {item.name} if item.secret else set()
    return names.union(*(_secret_names(part) for part in item.parts))


def _hidden(value: Any, secret: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {
            key: HIDDEN if key in secret and item not in (None, "") else _hidden(item, secret)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_hidden(item, secret) for item in value]
    return value


def _hidden_values(value: Any, secret: set[str]) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in secret and item is not None:
                yield item
            else:
                yield from _hidden_values(item, secret)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _hidden_values(item, secret)
