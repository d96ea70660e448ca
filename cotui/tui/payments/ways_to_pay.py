"""All that a customer can pay with in one list: cards, bank accounts and tokens."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from cotui.api import ApiError, ListSource, Page, Priority, Record, WholeSource, read_all
from cotui.api.records import MAX_PAGE
from cotui.catalog import RESOURCES, Relation
from cotui.catalog.pay_methods import KINDS, WAYS_TO_PAY
from cotui.query import Condition, Op, Query
from cotui.tui.lists.list_spec import FewRows, ListSpec

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.tui.base.frame_screen import FrameScreen

#: fields of the list -> where the three kinds have them
_FIELDS: Final = {
    "type": ("type_name", "mask_bank", "type_hint", "paymethod_hint", "type"),
    "number": ("mask_number",),
    "name": ("name",),
    "expires": ("expdate",),
    "write_datetime": ("write_datetime",),
    "customer_id": ("customer_id",),
}


def show(screen: FrameScreen[Any], relation: Relation, record: Record, customer: int | str) -> None:
    """Show what a customer can pay with."""
    whose = record.shown.get("company") or f"customer {customer}"
    listing = WaysToPayListSpec(screen.cotui.api, customer, f"{relation.label} of {whose}")
    screen.cotui.open_list(listing, tab=screen.tab)


class WaysToPayListSpec(ListSpec):
    """The ways to pay of one customer. They are few, come at once, and can't be filtered."""

    filterable = False
    orders_here = True
    key = "ways to pay"
    example = ""
    resource = WAYS_TO_PAY
    page_size = MAX_PAGE

    def __init__(self, api: Api, customer: int | str, title: str) -> None:
        self._api = api
        self._customer = customer
        self._source: _WaysToPay | None = None
        self.title = title

    def source(self, query: Query) -> WholeSource:
        self._source = _WaysToPay(self._api, self._customer)
        return self._source.in_order(query, self.resource)

    def learn(self, rows: Sequence[Record]) -> bool:
        """True where there is something to say of what could not be read."""
        del rows
        found = self._source.trouble if self._source is not None else ""
        new, self.trouble = found != self.trouble, found
        self.unread = self._source.unread if self._source is not None else ""
        return new


class _WaysToPay(FewRows):
    def __init__(self, api: Api, customer: int | str) -> None:
        super().__init__()
        self._api = api
        self._customer = customer
        self.trouble = self.unread = ""

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        kinds = [choice.value for choice in KINDS]
        lists = await asyncio.gather(*(self._of(kind, priority) for kind in kinds), return_exceptions=True)
        failed = [found for found in lists if isinstance(found, BaseException)]
        for failure in failed:
            if not isinstance(failure, ApiError) or len(failed) == len(kinds):
                raise failure
        unread = {
            RESOURCES[kind].plural.casefold(): found.what
            for kind, found in zip(kinds, lists, strict=True)
            if isinstance(found, ApiError)
        }
        said = "; ".join(f"{plural}: {what}" for plural, what in unread.items())
        self.trouble = f"not all could be read: {said}" if unread else ""
        self.unread = " and ".join(unread)
        rows = [row for found in lists if not isinstance(found, BaseException) for row in found]
        return Page(rows[offset : offset + limit], total=len(rows))

    async def _of(self, kind: str, priority: Priority) -> list[Record]:
        resource = RESOURCES[kind]
        query = Query((Condition("customer_id", Op.EQUALS, str(self._customer)),))
        rows = await read_all(ListSource(self._api, resource, query), priority=priority).all()
        return [_way(kind, row) for row in rows]


def _way(kind: str, row: Record) -> Record:
    """A card, account or token as a row of the list."""
    values: dict[str, Any] = {"kind": kind, "record_id": row.ref}
    for name, sources in _FIELDS.items():
        values[name] = next((value for source in sources if (value := row.raw.get(source))), None)
    if kind == "tokenized" and not values["number"]:  # "Visa x4111"
        values["number"], values["name"] = values["name"], None
    return Record(values)
