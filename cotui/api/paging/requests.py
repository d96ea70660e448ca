"""A window's requests under way: numbered, cancelled down to the socket, late answers dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from typing import Any

from cotui.api.errors import ApiError
from cotui.api.paging.sources import PageSource
from cotui.api.records import Page
from cotui.api.transport.budget import Priority
from cotui.api.transport.tasks import begin_task


@dataclass(slots=True, eq=False)
class _Request:
    """A page that was asked for."""

    number: int
    offset: int
    limit: int
    sent: int
    priority: Priority
    task: asyncio.Task[None] | None = None


class Requests:
    """Pages and counts asked for, each at most once at a time.

    Args:
        arrived: called with a page's number, the page and the number of the request.
        failed: called with the number of a page that could not be had, and why.
        counted: called with the number of rows (None: not known), why it could not be had, and the number of
            the request.
        abandoned: called when somebody else cancelled a request, so that it is no longer under way.

    Attributes:
        sent: number of the last request; they are numbered in the order in which they are sent.
    """

    def __init__(
        self,
        source: PageSource,
        *,
        arrived: Callable[[int, Page, int], None],
        failed: Callable[[int, ApiError], None],
        counted: Callable[[int | None, ApiError | None, int], None],
        abandoned: Callable[[], None],
    ) -> None:
        self.sent = 0
        self._source = source
        self._arrived = arrived
        self._failed = failed
        self._counted = counted
        self._abandoned = abandoned
        self._pages: dict[int, _Request] = {}
        self._count: asyncio.Task[None] | None = None
        self._dying: set[asyncio.Task[None]] = set()
        self._fault: BaseException | None = None

    @property
    def counting(self) -> bool:
        """Whether a count is under way."""
        return self._count is not None

    def under_way(self, number: int) -> bool:
        """Whether a page is under way."""
        return number in self._pages

    def fetch(self, number: int, offset: int, limit: int, priority: Priority) -> None:
        """Ask for a page that is not under way."""
        self.sent += 1
        self._start(_Request(number, offset, limit, self.sent, priority))

    def hurry(self, number: int, priority: Priority) -> None:
        """Make a page that is under way more urgent, where the source lets requests be joined."""
        old = self._pages[number]
        if priority >= old.priority or not self._source.joins:
            return
        self._start(_Request(number, old.offset, old.limit, old.sent, priority))
        if old.task is not None:
            # The old one leaves only after the new one has joined, or the request would be dropped between.
            self._bury(old.task)
            asyncio.get_running_loop().call_soon(old.task.cancel)

    def count(self) -> None:
        """Ask for the number of rows, unless that is under way."""
        if self._count is None:
            self.sent += 1
            self._count = self._spawn(self._run_count(self.sent))

    def cancel_except(self, wanted: Collection[int]) -> list[int]:
        """Cancel the pages under way that are not wanted; returns which."""
        unwanted = [number for number in self._pages if number not in wanted]
        for number in unwanted:
            self._cancel(self._pages.pop(number).task)
        return unwanted

    def cancel_all(self) -> None:
        """Cancel everything, the count too."""
        self.cancel_except(())
        counting, self._count = self._count, None
        self._cancel(counting)

    async def wait(self, pages: Collection[int] | None = None) -> bool:
        """Wait until something is done of what is under way for these pages.

        Args:
            pages: the pages; None for everything.

        Returns:
            False when there was nothing to wait for.
        """
        tasks = [
            request.task
            for number, request in self._pages.items()
            if request.task is not None and (pages is None or number in pages)
        ]
        if pages is None and self._count is not None:
            tasks.append(self._count)
        if tasks:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)  # lets the tasks' own callbacks run
        if self._fault is not None:
            raise self._fault
        return bool(tasks)

    async def buried(self) -> None:
        """Wait until every cancelled request has ended."""
        if self._dying:
            await asyncio.gather(*self._dying, return_exceptions=True)

    def _start(self, request: _Request) -> None:
        self._pages[request.number] = request
        request.task = task = self._spawn(self._run_page(request))

        def ended(task: asyncio.Task[None]) -> None:
            if self._pages.get(request.number) is request:
                del self._pages[request.number]
                if task.cancelled():
                    self._abandoned()

        task.add_done_callback(ended)

    async def _run_page(self, request: _Request) -> None:
        page: Page | None = None
        failure: ApiError | None = None
        try:
            page = await self._source.page(request.offset, request.limit, request.priority)
        except ApiError as error:
            failure = error
        number = request.number
        if self._pages.get(number) is not request:
            return  # cancelled, but the source answered all the same
        del self._pages[number]
        if page is not None:
            self._arrived(number, page, request.sent)
        elif failure is not None:
            self._failed(number, failure)

    async def _run_count(self, sent: int) -> None:
        total: int | None = None
        failure: ApiError | None = None
        this = asyncio.current_task()
        try:
            total = await self._source.count()
        except ApiError as error:
            failure = error
        except asyncio.CancelledError:
            if self._count is this:
                self._count = None
            raise
        if self._count is this:
            self._count = None
            self._counted(total, failure, sent)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = begin_task(work)
        task.add_done_callback(self._check)
        return task

    def _check(self, task: asyncio.Task[None]) -> None:
        """A fault in the program, or in a subscriber, must not disappear with the task it happened in."""
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            if self._count is task:
                self._count = None
            self._fault = fault
            task.get_loop().call_exception_handler(
                {"message": "fault while loading rows", "exception": fault, "task": task}
            )

    def _cancel(self, task: asyncio.Task[None] | None) -> None:
        if task is not None and task.cancel():
            self._bury(task)

    def _bury(self, task: asyncio.Task[None]) -> None:
        self._dying.add(task)
        task.add_done_callback(self._dying.discard)
