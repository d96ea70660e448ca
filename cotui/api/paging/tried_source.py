"""A list whose query is tried where nothing says that the account heeds it; see `cotui.api.paging.tried_query`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from cotui.api.abilities import filtering
from cotui.api.errors import BadRequest
from cotui.api.paging.sources import ListSource
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority

if TYPE_CHECKING:
    from cotui.api.api import Api
    from cotui.api.paging.tried_query import Plan
    from cotui.catalog.model import Resource
    from cotui.query import Query

#: how a server says that it does not know a field, or not for this
_REFUSED: Final = 400


class TriedSource(ListSource):
    """Objects of one kind that match a query, in whichever way the account lets them be had.

    Attributes:
        tell: called with what is to be said of how they are had, and whether it is about their order: the account
            refuses what was tried, so they come in another order, or all of them were read and looked through here.
    """

    def __init__(self, api: Api, resource: Resource, query: Query) -> None:
        super().__init__(api, resource, query)
        self.tell: Callable[[str, bool], None] = lambda _words, _order: None
        #: the rows, where they had to be looked through here
        self._narrowed: Sequence[Record] | None = None
        self._told: set[str] = set()

    @property
    def _plain(self) -> bool:
        """Whether there is nothing to try."""
        seen = self.resource.filters_seen
        return not self.query.order and not any(item.field in seen for item in self.query.conditions)

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows from `offset` on; see `PageSource`."""
        if self._plain:
            return await super().page(offset, limit, priority)
        return await self._tried(offset, limit, priority)

    async def count(self) -> int | None:
        """The server's `_count` of the query; None where the server can't count what is looked at here."""
        if self._plain:
            return await super().count()
        from cotui.api.paging.tried_query import plan

        tried = plan(self.resource, self.query, self._api.abilities)
        if tried.here:
            return None
        try:
            return await super().count()
        except BadRequest:
            if tried.filters:
                return None
            raise

    async def _tried(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows of a query of which it may not be known yet whether the account heeds it."""
        from cotui.api.paging import tried_query

        resource, abilities = self.resource, self._api.abilities
        tried = tried_query.plan(resource, self.query, abilities)
        if tried.here:
            return await self._looked_through(tried, offset, limit)
        try:
            page = await self._api.page(resource, tried.query, offset, limit, priority=priority)
        except BadRequest as error:
            if error.status != _REFUSED or not tried.tries:
                raise
            return await self._without(tried, error, offset, limit, priority)
        if tried.tries and not tried_query.learn_heeded(resource, tried, page.rows, abilities):
            return await self._tried(offset, limit, priority)
        self._say(tried_query.words_for(resource, self.query, tried)[0], order=True)
        return page

    async def _without(
        self, tried: Plan, error: BadRequest, offset: int, limit: int, priority: Priority
    ) -> Page:
        """Something that was tried is refused: the order, or else a condition; the refusal itself where it is neither."""
        from cotui.api.paging import tried_query

        abilities = self._api.abilities
        if tried.order:
            plain = tried.query._replace(order=())
            try:
                page = await self._api.page(self.resource, plain, offset, limit, priority=priority)
            except BadRequest:
                if not tried.filters:
                    raise error from None
            else:
                tried_query.learn_refused(abilities, [tried.order])
                done = tried._replace(query=plain)
                self._say(tried_query.words_for(self.resource, self.query, done)[0], order=True)
                return page
        here = tuple(
            item
            for item in tried.query.conditions
            if filtering(self.resource.id, item.field) in tried.filters
        )
        rest = tuple(item for item in tried.query.conditions if item not in here)
        done = tried._replace(query=tried.query._replace(conditions=rest), here=here)
        try:
            page = await self._looked_through(done, offset, limit)
        except BadRequest:
            raise error from None
        tried_query.learn_refused(abilities, tried.filters)
        return page

    async def _looked_through(self, done: Plan, offset: int, limit: int) -> Page:
        """Rows that fulfil conditions which are looked at here."""
        from cotui.api.paging import tried_query
        from cotui.api.paging.read_all import read_all
        from cotui.query.matching import holds

        if self._narrowed is None:
            source = TriedSource(self._api, self.resource, done.query)
            source.tell = self.tell
            reading = read_all(source, most=tried_query.MOST_NARROWED)
            rows = await reading.all()
            self._narrowed = [
                row for row in rows if all(holds(row.raw, item, self.resource) is True for item in done.here)
            ]
            words = tried_query.words_for(self.resource, self.query, done)[1]
            read = (
                f"{len(rows):,} rows were read"
                if reading.complete
                else f"the first {len(rows):,} rows were read"
            )
            self._say(f"{words}: {read} and looked through here", order=False)
        return Page(self._narrowed[offset : offset + limit], total=len(self._narrowed))

    def _say(self, words: str, *, order: bool) -> None:
        if words and words not in self._told:
            self._told.add(words)
            self.tell(words, order)
