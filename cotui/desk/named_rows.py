"""Rows that leave cotui with the names of the customers that their numbers stand for.

What is cheaper is read: the strangers, many in one request where the account has that, or all customers, a page at a
time. Which, and how many requests that takes, is said before. Rows are held back until there are as many strangers as
one request asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from cotui.api import ApiError, Forbidden, ListSource, Priority, Record, Unauthorized, read_all
from cotui.api.abilities import BULK, PAGE_SIZE
from cotui.api.calls import BULK_LIMIT
from cotui.catalog import RESOURCES, Field, FieldType, Resource
from cotui.desk.names import (
    CUSTOMER,
    CustomerNames,
    Ref,
    customer_of,
    customers_in,
    names_customer,
    placeholder,
)
from cotui.query import Query

if TYPE_CHECKING:
    from cotui.api import Api, Reading

#: where JSON has names, by the field that has the number
NAMES: Final = "_names"
#: rows that are held back at most
MOST_HELD: Final = 1_000


def company_field(field: Field, resource: Resource) -> Field:
    """The column that a file has for the names that a field's numbers stand for."""
    stem = field.name.removesuffix("_id")
    name = "company" if stem == CUSTOMER else f"{stem}_company"
    if resource.find(name) is not None and resource.field(name).name == name:
        name = f"{stem}_company_name"
    return Field(
        name, FieldType.TEXT, "Company" if stem == CUSTOMER else f"{field.label}: company", "Its name."
    )


def company_fields(resource: Resource) -> list[Field]:
    """The columns of names that rows of an object can have."""
    return [company_field(field, resource) for field in resource.fields if names_customer(field, resource)]


class Companies(NamedTuple):
    """The fields that are written, and which of them have names."""

    fields: Sequence[Field]
    #: by the name of each field with numbers of customers: the column of their names
    columns: Mapping[str, Field]
    #: JSON has them under `_names`, and the fields as they are
    under: bool = False
    #: a table has them in the place of the numbers, so that a number stands there whose name is not known
    instead: bool = False


def companies(
    fields: Sequence[Field], resource: Resource, form: str, *, chosen: bool = False, single: bool = False
) -> Companies:
    """How a format has names: a table in the place of numbers, CSV beside them, JSON under `_names`.

    Args:
        form: one of `FORMATS`.
        chosen: the fields were asked for, so there are no others; those of names may be among them.
        single: one whole record, whose numbers stay beside the names.
    """
    columns = {
        field.name: company_field(field, resource)
        for field in resource.fields
        if names_customer(field, resource)
    }
    if chosen:
        asked = {name: column for name, column in columns.items() if column in fields}
        return Companies(fields, asked)
    columns = {field.name: columns[field.name] for field in fields if field.name in columns}
    if form in ("json", "jsonl"):
        return Companies(fields, columns, under=True)
    instead = form == "table" and not single
    found: list[Field] = []
    for field in fields:
        column = columns.get(field.name)
        only = (
            instead and not field.customer_where[0]
        )  # else it is the number of something else in other rows
        found += [field] if column is None else [column] if only else [field, column]
    return Companies(found, columns, instead=instead)


class NamedRows:
    """Adds names to rows before they are written.

    Args:
        say: tells the user something.
        most: rows that are wanted; None for all.
    """

    def __init__(
        self,
        api: Api,
        resource: Resource,
        companies: Companies,
        say: Callable[[str], None],
        *,
        most: int | None = None,
    ) -> None:
        self._api = api
        self._resource = resource
        self._companies = companies
        self._say = say
        self._most = most
        self._names = CustomerNames(most=None, raw=True)
        self._names.watch(api)
        self._numbers = [resource.field(name) for name in companies.columns]
        self._held: list[Record] = []
        #: how many rows came first, which is a page
        self._first = 0
        #: what was known of batches when it was decided what to read; None before
        self._decided: tuple[bool | None] | None = None

    async def take(self, rows: Sequence[Record], reading: Reading | None = None) -> list[Record]:
        """Take some rows; gives those whose names are known, in their order."""
        if not self._numbers:
            return list(rows)
        self._held += rows
        self._first = self._first or len(rows)
        strangers = self._strangers()
        if strangers and self._decided != (self._api.abilities.can(BULK),):
            await self._decide(reading)
            strangers = self._strangers()
        if not strangers or len(strangers) >= BULK_LIMIT or len(self._held) >= MOST_HELD:
            return await self.rest(reading)
        return []

    async def rest(self, reading: Reading | None = None) -> list[Record]:
        """The rows that were held back."""
        if (strangers := self._strangers()) and self._api.abilities.can(BULK) is None:
            await self._names.ask(self._api, strangers, priority=Priority.EXPORT, singly=False)
            if self._api.abilities.can(BULK) is False:
                await self._decide(reading)
        if strangers := self._strangers():
            await self._names.ask(self._api, strangers, priority=Priority.EXPORT)
        if refused := self._names.untold_refusal():
            self._say(f"{refused}: their numbers are printed instead")
        held, self._held = self._held, []
        return [self._named(record) for record in held]

    def _strangers(self) -> list[Ref]:
        return self._names.missing(customers_in(self._held, self._numbers, self._resource))

    async def _decide(self, reading: Reading | None) -> None:
        """Read all customers at once where that is cheaper, and say what names will take."""
        abilities = self._api.abilities
        self._decided = (abilities.can(BULK),)
        here = self._strangers()
        total = None if reading is None else reading.total
        rows = min((number for number in (total, self._most) if number is not None), default=None)
        strangers = len(here) + max(0, (len(self._held) if rows is None else rows) - len(self._held))
        at_once = 1 if abilities.can(BULK) is False else BULK_LIMIT
        if -(-strangers // at_once) < 2:
            return
        customers = RESOURCES[CUSTOMER]
        try:
            count = await self._api.count(customers, Query(), priority=Priority.EXPORT)
        except (Unauthorized, Forbidden) as error:  # whoever may not count them may not read them either
            self._names.refuse(self._api, error)
            return
        except ApiError:
            return
        strangers = min(strangers, count)
        singly, pages = -(-strangers // at_once), -(-count // self._page_size(total))
        many = f"at most {strangers:,} customers"
        if singly <= pages:
            self._say(f"the names of {many} take {_requests(singly)}; --no-names leaves them out")
            return
        self._say(
            f"the names of {many} take {_requests(pages)}, for all {count:,} customers of the account; "
            "--no-names leaves them out"
        )
        try:
            async for _ in read_all(
                ListSource(self._api, customers, Query()), trust_count=True, priority=Priority.EXPORT
            ):
                pass  # names are learned from whatever comes
        except ApiError as error:
            self._say(f"{error.what}: the other names are read one after another")

    def _page_size(self, total: int | None) -> int:
        """Rows that this account sends at a time."""
        asked, got = ListSource(self._api, RESOURCES[CUSTOMER], Query()).page_size, self._first
        wanted = asked if self._most is None else min(asked, self._most)
        known = self._api.abilities.number(PAGE_SIZE) or 0
        if got > known and total is not None and total > got and (got < wanted or known):
            self._api.abilities.learn(PAGE_SIZE, got)
        return min(asked, self._api.abilities.number(PAGE_SIZE) or asked)

    def _named(self, record: Record) -> Record:
        if not self._numbers:
            return record
        refs = {field.name: customer_of(record.raw, field) for field in self._numbers}
        names = {name: self._names.known(ref) or None for name, ref in refs.items() if ref is not None}
        if self._companies.under:
            named = {name: names.get(name) for name, ref in refs.items() if ref is not None}
            return record.with_values({NAMES: named}) if named else record
        values = {}
        for name, ref in refs.items():
            unknown = placeholder(ref) if ref is not None and self._companies.instead else ""
            values[self._companies.columns[name].name] = names.get(name) or unknown
        return record.with_values(values)


def _requests(number: int) -> str:
    return "1 request" if number == 1 else f"{number:,} requests"
