"""What a table can list: an object of the catalogue, the reports, the rows of one report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from cotui.api import (
    Api,
    NarrowedSource,
    NotFound,
    Page,
    Priority,
    Record,
    ReportSource,
    WholeSource,
    source_of,
)
from cotui.api.abilities import PAGE_SIZE
from cotui.api.records import MAX_PAGE, MAX_REPORT_PAGE
from cotui.api.report_columns import MOST, columns_in
from cotui.catalog import Resource
from cotui.catalog.objects.report import REPORT
from cotui.catalog.report_table import report_resource
from cotui.desk.one_record import one_record
from cotui.query import Query

if TYPE_CHECKING:
    from cotui.api.calls import Call


class ListSpec(Protocol):
    """Rows of one kind and how to ask for them."""

    #: name under which filter, columns and cursor are remembered
    key: str
    #: what stands before the filter
    title: str
    #: what an empty filter line suggests
    example: str
    resource: Resource
    #: whether the server filters and orders these rows
    filterable: bool
    #: they come whole, and are ordered on this side
    orders_here: bool = False
    page_size: int

    def source(self, query: Query) -> WholeSource:
        """The rows that a query asks for."""

    #: what is to be said of its columns; "" when nothing is
    trouble: str = ""
    #: of a list that is put together from several, those that could not be read: "credit cards and bank accounts";
    #: no row then means nothing
    unread: str = ""

    def learn(self, rows: Sequence[Record]) -> bool:
        """Look at the first rows; True when the resource's columns are known only now."""
        del rows
        return False

    def learn_page_size(self, most: int | None) -> None:
        """The server sends so many rows at once at most; None where that was not seen."""
        del most


class StartListSpec(ListSpec, Protocol):
    """A list that the program can open on."""

    def first_call(self, query: Query) -> Call:
        """What a window over `source` asks for first."""


class ObjectListSpec(StartListSpec):
    """Customers, users, invoices, or any other object of the catalogue."""

    filterable = True

    def __init__(self, api: Api, resource: Resource, *, title: str = "", key: str = "") -> None:
        self._api = api
        self.resource = resource
        self.title = title or "where"
        self.example = f"/ filter, for example: {resource.example}" if resource.example else "/ filters"
        self.key = key or resource.plural.casefold()
        self.page_size = min(api.connection.page_size, MAX_PAGE)
        self.learn_page_size(api.abilities.number(PAGE_SIZE))

    def learn_page_size(self, most: int | None) -> None:
        """More than the account sends at once is not asked for, so that a full page looks like one."""
        if most and most < self.page_size:
            self.page_size = most
            self._api.abilities.learn(PAGE_SIZE, most)

    def source(self, query: Query) -> WholeSource:
        return source_of(self._api, self.resource, query)

    def first_call(self, query: Query) -> Call:
        return self._api.page_call(self.resource, query, 0, self.page_size)


class FewRows:
    """Rows that come whole, so that they can be ordered here; subclasses have them read."""

    joins = paged = came_whole = False
    page_size = MAX_PAGE

    def __init__(self) -> None:
        #: as `TriedSource.tell`; there is nothing to say
        self.tell: Callable[[str, bool], None] = lambda _words, _order: None

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on; see `PageSource`."""
        raise NotImplementedError

    async def count(self) -> int | None:
        """How many rows there are, where that is known before they are here."""
        return None

    def in_order(self, query: Query, resource: Resource) -> WholeSource:
        """These rows in the order of a query, which is made here."""
        return NarrowedSource(self, resource, query) if query.order else self


class _NamedRecords(FewRows):
    """Records that are asked for one by one, in the order in which something names them."""

    paged = True
    page_size = 25

    def __init__(self, api: Api, resource: Resource, refs: Sequence[int | str]) -> None:
        super().__init__()
        self._api = api
        self._resource = resource
        self._refs = refs

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        rows = [await self._one(ref, priority) for ref in self._refs[offset : offset + limit]]
        return Page(rows, total=len(self._refs))

    async def _one(self, ref: int | str, priority: Priority) -> Record:
        try:
            return await one_record(self._api, self._resource, ref, priority=priority)
        except NotFound:  # what names it is older than its end
            return Record({self._resource.primary_key: ref}, self._resource.primary_key)

    async def count(self) -> int | None:
        return len(self._refs)


class NamedRecordsListSpec(ListSpec):
    """Records of which only the ids are known, such as the items of a subscription's lines. They can't be filtered."""

    filterable = False
    orders_here = True
    example = ""
    page_size = 25

    def __init__(self, api: Api, resource: Resource, refs: Sequence[int | str], *, title: str) -> None:
        self._api = api
        self._refs = refs
        self.resource = resource
        self.title = title
        self.key = resource.plural.casefold()

    def source(self, query: Query) -> WholeSource:
        return _NamedRecords(self._api, self.resource, self._refs).in_order(query, self.resource)


class _ReportList(FewRows):
    """All reports of the account, which the server sends at once."""

    page_size = MAX_REPORT_PAGE

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        page = await self._api.reports(priority=priority)
        rows = page.rows[offset : offset + limit]
        return Page(rows, total=len(page.rows))


class ReportsListSpec(StartListSpec):
    """The list of reports: short, and neither filtered nor paged by the server."""

    filterable = False
    orders_here = True
    key = "reports"
    title = "reports"
    example = "/ finds a report by a word of its name"
    resource = REPORT
    page_size = MAX_REPORT_PAGE

    def __init__(self, api: Api) -> None:
        self._api = api

    def source(self, query: Query) -> WholeSource:
        return _ReportList(self._api).in_order(query, self.resource)

    def first_call(self, query: Query) -> Call:
        del query
        return self._api.reports_call()


class ReportRowsListSpec(ListSpec):
    """The rows of one report; which columns it has shows in its first rows."""

    example = "/ filters by the names of the columns; tab completes them"
    filterable = True
    page_size = MAX_REPORT_PAGE

    def __init__(self, api: Api, report_id: int, name: str) -> None:
        self._api = api
        self.report_id = report_id
        self.name = name
        self.key = f"report {report_id}"
        self.title = name
        self.resource = report_resource(report_id, name, ())

    def source(self, query: Query) -> WholeSource:
        return ReportSource(self._api, self.report_id, query)

    def learn(self, rows: Sequence[Record]) -> bool:
        if not rows or self.resource.columns:
            return False
        columns = columns_in(rows)
        self.resource = report_resource(self.report_id, self.name, columns.fields)
        if columns.total:
            self.trouble = (
                f"this report has {columns.total:,} columns or more: the table offers the first {MOST:,}"
            )
        return True
