"""Pages are asked for once at a time, and answers to what was cancelled are dropped."""

from __future__ import annotations

import asyncio
from typing import Any

from cotui.api.errors import BadRequest
from cotui.api.paging.requests import Requests
from cotui.api.records import Page, Record
from cotui.api.transport.budget import Priority
from tests.api.support import settle

USER, AHEAD = Priority.INTERACTIVE, Priority.PREFETCH


class Source:
    """Answers when the test says so."""

    paged = True
    came_whole = False

    def __init__(self, *, joins: bool = False) -> None:
        self.joins = joins
        self.asked: list[tuple[object, ...]] = []
        self.answers: list[asyncio.Future[Any]] = []
        self.cancelled = 0

    async def page(self, offset: int, limit: int, priority: Priority) -> Page:
        return await self._answer((offset, limit, priority))  # type: ignore[no-any-return]

    async def count(self) -> int | None:
        return await self._answer(("count",))  # type: ignore[no-any-return]

    async def _answer(self, asked: tuple[object, ...]) -> Any:
        self.asked.append(asked)
        answer = asyncio.get_running_loop().create_future()
        self.answers.append(answer)
        try:
            return await answer
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


class Told:
    """Requests, and what is heard of them."""

    def __init__(self, source: Source) -> None:
        self.heard: list[tuple[object, ...]] = []
        self.requests = Requests(
            source,
            arrived=lambda number, page, sent: self.heard.append(("page", number, len(page.rows), sent)),
            failed=lambda number, error: self.heard.append(("failed", number, type(error))),
            counted=lambda total, error, sent: self.heard.append(("count", total, error, sent)),
            abandoned=lambda: self.heard.append(("abandoned",)),
        )


PAGE = Page([Record({"a": 1})], None)


async def test_a_page_arrives_with_the_number_of_its_request() -> None:
    source = Source()
    told = Told(source)
    told.requests.fetch(3, 300, 100, USER)
    assert told.requests.under_way(3)
    assert source.asked == [], "it begins in the loop's next round"
    await settle()
    assert source.asked == [(300, 100, USER)]
    source.answers[0].set_result(PAGE)
    await settle()
    assert told.heard == [("page", 3, 1, 1)]
    assert not told.requests.under_way(3)


async def test_a_failure_is_told_and_the_page_can_be_asked_for_again() -> None:
    source = Source()
    told = Told(source)
    told.requests.fetch(0, 0, 100, USER)
    await settle()
    source.answers[0].set_exception(BadRequest("no"))
    await settle()
    told.requests.fetch(0, 0, 100, USER)
    await settle()
    assert told.heard == [("failed", 0, BadRequest)]
    assert (told.requests.sent, len(source.asked)) == (2, 2)
    told.requests.cancel_all()
    await told.requests.buried()


async def test_what_is_not_wanted_any_more_is_cancelled_and_not_told() -> None:
    source = Source()
    told = Told(source)
    for number in range(3):
        told.requests.fetch(number, number * 100, 100, AHEAD)
    await settle()
    assert told.requests.cancel_except({1}) == [0, 2]
    await told.requests.buried()
    assert source.cancelled == 2
    source.answers[1].set_result(PAGE)
    await settle()
    assert told.heard == [("page", 1, 1, 2)]


async def test_a_count_is_asked_for_once_at_a_time() -> None:
    source = Source()
    told = Told(source)
    for _ in range(3):
        told.requests.count()
    await settle()
    assert (source.asked, told.requests.counting) == ([("count",)], True)
    source.answers[0].set_result(7)
    await settle()
    assert told.heard == [("count", 7, None, 1)]
    assert not told.requests.counting


async def test_a_page_is_hurried_where_requests_can_be_joined_and_keeps_its_number() -> None:
    for joins, asked in ((False, [AHEAD]), (True, [AHEAD, USER])):
        source = Source(joins=joins)
        told = Told(source)
        told.requests.fetch(0, 0, 100, AHEAD)
        await settle()
        told.requests.hurry(0, USER)
        told.requests.hurry(0, USER)
        await settle()
        assert [entry[2] for entry in source.asked] == asked
        source.answers[-1].set_result(PAGE)
        await settle()
        await told.requests.buried()
        assert told.heard == [("page", 0, 1, 1)]


async def test_what_somebody_else_cancelled_is_said_to_be_gone() -> None:
    source = Source()
    told = Told(source)
    told.requests.fetch(0, 0, 100, USER)
    await settle()
    source.answers[0].cancel()
    await settle()
    assert told.heard == [("abandoned",)]
    assert not told.requests.under_way(0)


async def test_waiting_ends_with_the_first_that_is_done() -> None:
    source = Source()
    told = Told(source)
    assert await told.requests.wait() is False
    told.requests.fetch(0, 0, 100, USER)
    told.requests.fetch(1, 100, 100, USER)
    await settle()
    source.answers[1].set_result(PAGE)
    assert await told.requests.wait() is True
    assert told.heard == [("page", 1, 1, 2)]
    told.requests.cancel_all()
    await told.requests.buried()


async def test_an_answer_that_comes_although_it_was_cancelled_is_dropped() -> None:
    class Stubborn(Source):
        async def page(self, offset: int, limit: int, priority: Priority) -> Page:
            try:
                return await super().page(offset, limit, priority)
            except asyncio.CancelledError:
                return PAGE

    told = Told(Stubborn())
    told.requests.fetch(0, 0, 100, USER)
    await settle()
    told.requests.cancel_all()
    await told.requests.buried()
    await settle()
    assert told.heard == []
    assert await told.requests.wait() is False
