"""A list whose query is tried where nothing says that the account heeds it; see `cotui.api.paging.tried_query`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from cotui.api.abilities import filtering
from cotui.api.errors import BadRequest
from cotui.api.paging.narrowed import NarrowedSource, divided
from cotui.api.paging.sources import ListSource
from cotui.api.records import Page
from cotui.api.transport.budget import Priority
from cotui.query.model import Query

if TYPE_CHECKING:
    from cotui.api.api import Api
    from cotui.api.paging.tried_query import Plan
    from cotui.catalog.model import Resource

#: how a server says that it does not know a field, or not for this
_REFUSED: Final = 400


def source_of(api: Api, resource: Resource, query: Query) -> NarrowedSource | TriedSource:
    """The rows of an object that a query asks for, whoever filters and orders them."""
    asked, here = divided(resource, query)
    source = TriedSource(api, resource, asked)
    return NarrowedSource(source, resource, here) if here != Query() else source


class TriedSource(ListSource):
    """Objects of one kind that match a query, in whichever way the account lets them be had.

    Attributes:
        tell: called with what is to be said of how they are had, and whether it is about their order: the account
            refuses what was tried, so they come in another order, or all of them were read and looked through here.
    """

    def __init__(self, api: Api, resource: Resource, query: Query) -> None:
        super().__init__(api, resource, query)
        self.tell: Callable[[str, bool], None] = lambda _words, _order: None
        #: the rows, where they have to be looked through here
        self._narrowed: NarrowedSource | None = None
        self._told: set[str] = set()

    @property
    def words(self) -> str:
        """What was done here, once it was; see `NarrowedSource.words`."""
        return "" if self._narrowed is None else self._narrowed.words

    def renew(self) -> None:
        """Read anew when rows are asked for the next time, where they are kept here."""
        if self._narrowed is not None:
            self._narrowed.renew()

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
        """How many rows there are; None where the server can't count what it is asked for.

        A server that ignores a filter counts all rows. So rows show first whether it is heeded: the first page, which
        whoever shows rows has asked for as well.
        """
        if self._plain:
            return await super().count()
        from cotui.api.paging.tried_query import plan

        tried = plan(self.resource, self.query, self._api.abilities)
        if tried.filters:
            await self.page(0, self.page_size, Priority.INTERACTIVE)
            tried = plan(self.resource, self.query, self._api.abilities)
        if tried.reads_all:
            return (await self._looked_through(tried, 0, 1, Priority.INTERACTIVE)).total
        try:
            return await super().count()
        except BadRequest:
            if tried.filters:
                return None
            if not plan(self.resource, self.query, self._api.abilities, anew=True).filters:
                raise
            await self.page(
                0, self.page_size, Priority.INTERACTIVE
            )  # where rows are refused too, they are read here
            tried = plan(self.resource, self.query, self._api.abilities)
            return (
                (await self._looked_through(tried, 0, 1, Priority.INTERACTIVE)).total
                if tried.reads_all
                else None
            )

    async def _tried(self, offset: int, limit: int, priority: Priority) -> Page:
        """Rows of a query of which it may not be known yet whether the account heeds it."""
        from cotui.api.paging import tried_query

        resource, abilities = self.resource, self._api.abilities
        tried = tried_query.plan(resource, self.query, abilities)
        if tried.reads_all:
            return await self._looked_through(tried, offset, limit, priority)
        # What was heeded before is judged by the first rows, whenever they come, and by refusals: an account may change.
        judged = tried_query.plan(resource, self.query, abilities, anew=True)
        try:
            page = await self._api.page(
                resource, tried.query, offset, limit, expand=self.expand, priority=priority
            )
        except BadRequest as error:
            if error.status != _REFUSED or not judged.tries:
                raise
            return await self._without(judged, error, offset, limit, priority)
        if offset:
            judged = tried
        if judged.tries and not tried_query.learn_heeded(resource, judged, page.rows, abilities):
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
                page = await self._api.page(
                    self.resource, plain, offset, limit, expand=self.expand, priority=priority
                )
            except BadRequest:
                if not tried.filters:
                    raise error from None
            else:
                tried_query.learn_refused(abilities, [tried.order])
                if self.resource.narrowed:
                    return await self._tried(offset, limit, priority)
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
            page = await self._looked_through(done, offset, limit, priority)
        except BadRequest:
            self._narrowed = None
            raise error from None
        tried_query.learn_refused(abilities, tried.filters)
        return page

    async def _looked_through(self, done: Plan, offset: int, limit: int, priority: Priority) -> Page:
        """Rows that fulfil conditions which are looked at here, or come in an order that is made here."""
        from cotui.api.paging import tried_query

        if self._narrowed is None:
            listed = TriedSource(self._api, self.resource, done.query)
            listed.tell = lambda words, order: self.tell(words, order)
            here = Query(done.here, done.sorts)
            self._narrowed = NarrowedSource(listed, self.resource, here, most=tried_query.MOST_NARROWED)
        source = self._narrowed
        page = await source.page(offset, limit, priority)
        words = tried_query.words_for(self.resource, self.query, done)[1]
        first = "the first " * source.cut
        how = "looked through" if done.here else "ordered"
        self._say(f"{words}: {first}{source.looked_at:,} rows were read and {how} here", order=False)
        return page

    def _say(self, words: str, *, order: bool) -> None:
        if words and words not in self._told:
            self._told.add(words)
            self.tell(words, order)
