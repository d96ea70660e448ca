"""Where a window takes its pages from: a list of objects, or the rows of a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from cotui.api.records import MAX_PAGE, MAX_REPORT_PAGE, Page
from cotui.api.transport.budget import Priority
from cotui.query.model import FIELD_NAME

if TYPE_CHECKING:
    from cotui.api.api import Api
    from cotui.catalog.model import Resource
    from cotui.query import Query


class PageSource(Protocol):
    """A result that can be read from any row on.

    Attributes:
        joins: asking again for a page that is still on its way joins the request under way, and only makes it
            more urgent.
        paged: its rows have an order and come in pages; if not, one answer holds them all.
        came_whole: the first rows came, and nothing can be read behind them that would fit.
    """

    @property
    def joins(self) -> bool: ...

    @property
    def paged(self) -> bool: ...

    @property
    def came_whole(self) -> bool: ...

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on, at most `limit`.

        Raises:
            ApiError: they could not be had.
        """
        ...

    async def count(self) -> int | None:
        """How many rows there are in all; None where the source cannot tell.

        Raises:
            ApiError: they could not be counted.
        """
        ...


class ListSource:
    """Objects of one kind that match a query.

    Args:
        expand: what each row is to hold besides, as far as the server does that.
    """

    joins = True
    came_whole = False

    def __init__(self, api: Api, resource: Resource, query: Query, *, expand: str = "") -> None:
        self.expand = expand
        self.resource = resource
        self.query = query
        self._api = api

    @property
    def page_size(self) -> int:
        """Rows to ask for at a time where all are read."""
        return min(self._api.connection.page_size, MAX_PAGE)

    @property
    def paged(self) -> bool:
        """Whether the rows have an order and come in pages."""
        return self.resource.paged and bool(self.query.order or self.resource.default_order)

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on; see `PageSource`."""
        return await self._api.page(
            self.resource, self.query, offset, limit, expand=self.expand, priority=priority
        )

    async def count(self) -> int | None:
        """The server's `_count` of the query."""
        return await self._api.count(self.resource, self.query, priority=Priority.INTERACTIVE)


class ReportSource:
    """Rows of one report. They have no key, and their number comes with the rows, if at all.

    ChargeOver asks for an order wherever an offset is sent (section 5.3 of the API notes). A query without
    one is ordered by the report's first column. Where that is not known yet, the first rows tell it;
    if there are more than those they are read again in that order, so that all pages fit together.

    Args:
        first_column: the name of the report's first column, where known.
    """

    joins = True
    #: rows to ask for at a time where all are read
    page_size = MAX_REPORT_PAGE

    def __init__(self, api: Api, report_id: int, query: Query, *, first_column: str = "") -> None:
        self.report_id = report_id
        self.query = query
        self.first_column = first_column
        #: the first rows came in the report's own order, and fewer than asked for
        self.came_whole = False
        self._api = api

    @property
    def paged(self) -> bool:
        """Whether there is a column to order the rows by, without which no pages can be asked for."""
        return bool(self.query.order or self.first_column)

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on; see `PageSource`."""
        known = self.query.order or (self.first_column and not (self.came_whole and offset == 0))
        if known:
            return await self._in_order(offset, limit, priority)
        page = await self._api.report_page(self.report_id, self.query, offset, limit, priority=priority)
        if page.rows:
            self.first_column = column_to_order_by(page.rows[0].raw)
            more = len(page.rows) >= limit or (page.total or 0) > len(page.rows)
            self.came_whole = not (more or offset)
            if self.first_column and not self.came_whole:
                return await self._in_order(offset, limit, priority)
        return page

    async def _in_order(self, offset: int, limit: int, priority: Priority) -> Page:
        self.came_whole = False
        query = self.query if self.query.order else self.query.ordered_by(self.first_column, False)
        return await self._api.report_page(self.report_id, query, offset, limit, priority=priority)

    async def count(self) -> int | None:
        """None: there is no request that counts a report's rows."""
        return None


def column_to_order_by(names: Iterable[str]) -> str:
    """The first of a report's columns that can be named in an order; "" when none can."""
    return next((name for name in names if FIELD_NAME.fullmatch(name)), "")
