"""What an action is done to, read afresh: the record, and how to speak of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cotui.api import Api, Forbidden, NotFound, Record, Unauthorized, Write
from cotui.api.abilities import reading
from cotui.catalog import RESOURCES, Resource
from cotui.desk.one_record import one_record

if TYPE_CHECKING:
    from cotui.catalog import Action


class ChosenRecords(NamedTuple):
    """What an action that is asked for now would be done to.

    `record` is None where there are several, or it is not on the screen; `marked` ones are not under the cursor.
    """

    resource: Resource
    refs: Sequence[int | str]
    record: Record | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ActionTarget:
    """One record that something is about to be done to, as it was a moment ago. Clean its words to show them."""

    resource: Resource
    record: Record
    customer: Record | None = None
    #: what it was asked for by
    asked: int | str | None = None
    #: number of its customer, who is gone, or whom these keys may not read
    unread: int | str | None = None

    @property
    def ref(self) -> int | str:
        found = self.record.ref
        if found is None:  # the server's answer does not say
            found = self.asked
        assert found is not None  # it was read by it, or marked by it
        return found

    @property
    def name(self) -> str:
        """What names it to people: an invoice's number, a company, a person; the id where it has no name."""
        return _text(self.record.raw, self.resource.title_field) or str(self.ref)

    @property
    def words(self) -> str:
        """It in words: "Jane Doe, user 12 of Acme, Inc."."""
        kind = self.resource.label_of(self.record.raw).casefold()
        said = f"{self.name}, {kind} {self.ref}" if self.name != str(self.ref) else f"{kind} {self.ref}"
        if self.customer is not None and (company := _text(self.customer.raw, "company")):
            said += f" of {company}"
        elif self.unread is not None:
            said += f" of customer {self.unread}"
        return said

    def write_of(
        self, action: Action, payload: Mapping[str, object] | None = None, emails: Sequence[str] = ()
    ) -> Write:
        """An action on it, as it would be sent, with the e-mails that it sends by itself."""
        return Write(
            self.resource,
            action,
            self.ref,
            dict(payload) if payload is not None else None,
            target=self.words,
            name=self.name,
            emails=tuple(emails),
        )

    @property
    def email(self) -> str:
        """Where ChargeOver writes to by default: the user's address, or that of the customer's main contact."""
        own = self.resource.email_field
        record = self.record if own or self.customer is None else self.customer
        return _text(record.raw, own or RESOURCES["customer"].email_field)

    @property
    def recipient(self) -> str:
        """`email`, or that there is none, as far as that is known."""
        unread = self.unread is not None and not self.resource.email_field
        return self.email or ("an address that can't be read" if unread else "no address is on record")


async def read_target(api: Api, resource: Resource, ref: int | str) -> ActionTarget:
    """Read a record, and the customer it belongs to, before something is done to it.

    A customer that is gone, or that these keys may not read, keeps nobody from that: its number stands for it.

    Raises:
        ApiError: one of them could not be read.
    """
    record = await one_record(api, resource, ref)
    relation = resource.relation("customer")
    key, customer = relation.source(record.raw) if relation is not None else None, None
    if key is not None and api.abilities.can(reading("customer")) is not False:
        with suppress(NotFound, Unauthorized, Forbidden):
            customer = await api.get(RESOURCES["customer"], key)
    return ActionTarget(resource, record, customer, asked=ref, unread=key if customer is None else None)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""
