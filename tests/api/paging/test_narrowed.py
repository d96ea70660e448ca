"""What the API does not filter or order is read once, and done here."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from cotui.api import ApiError, ListSource, NarrowedSource, Priority, read_all, source_of
from cotui.api.paging import narrowed
from cotui.catalog import RESOURCES
from cotui.query import Condition, Op, Order, Query
from tests.api.support import api_with, ok, refuse

TERMS, CARDS = RESOURCES["terms"], RESOURCES["creditcard"]
NET = [{"terms_id": number, "name": f"Net {number}", "days": 40 - number} for number in range(1, 31)]


class Server:
    """Answers with rows, and keeps what it was asked for."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.asked: list[tuple[str, str, str]] = []
        self.broken = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        at = dict(request.url.params)
        self.asked.append((request.url.path.rpartition("/")[2], at.get("where", ""), at.get("order", "")))
        if self.broken:
            return refuse(500, "down")
        if request.url.path.endswith("_count"):
            return ok(len(self.rows))
        start = int(at.get("offset", 0))
        return ok(self.rows[start : start + int(at["limit"])])


def days(text: str, op: Op = Op.EQUALS) -> Condition:
    return Condition("days", op, text)


async def test_a_list_is_read_once_whatever_part_of_it_is_looked_at() -> None:
    server = Server(NET)
    api = api_with(server)
    source = source_of(api, TERMS, Query((days("20", Op.LT),), (Order("days"),)))
    assert isinstance(source, NarrowedSource)
    assert source.words == ""
    first, last, count = await asyncio.gather(
        source.page(0, 5, Priority.INTERACTIVE), source.page(8, 5, Priority.PREFETCH), source.count()
    )
    assert [row.raw["days"] for row in first.rows] == [10, 11, 12, 13, 14]
    assert [row.raw["days"] for row in last.rows] == [18, 19]
    assert (first.total, count) == (10, 10)
    assert {where for _, where, _ in server.asked} == {""}
    assert source.words == "narrowed from 30"
    before = len(server.asked)
    await source.page(3, 5, Priority.INTERACTIVE)
    assert len(server.asked) == before
    source.renew()
    server.rows = NET[:1]
    assert await source.count() == 0
    await api.aclose()


async def test_the_conditions_that_the_api_knows_are_sent() -> None:
    server = Server([{"creditcard_id": 1, "customer_id": 9, "name": "Jane"}])
    api = api_with(server)
    customer, name = Condition("customer_id", Op.EQUALS, "9"), Condition("name", Op.CONTAINS, "jan")
    source = source_of(api, CARDS, Query((customer, name)))
    assert [row.id for row in await read_all(source).all()] == [1]
    assert {where for _, where, _ in server.asked} == {"customer_id:EQUALS:9"}
    await api.aclose()


@pytest.mark.parametrize(
    ("object_id", "query", "here"),
    [
        ("creditcard", Query((Condition("customer_id", Op.EQUALS, "9"),), (Order("creditcard_id"),)), False),
        ("creditcard", Query((Condition("expdate", Op.LT, "2026"),)), True),
        ("terms", Query(), False),
        ("terms", Query((), (Order("name"),)), True),
        ("log_system", Query((), (Order("log_datetime"),)), True),
        ("customer", Query((Condition("country", Op.EQUALS, "CA"),)), False),
    ],
)
async def test_only_what_the_api_can_not_do_is_done_here(object_id: str, query: Query, here: bool) -> None:
    api = api_with(Server([]))
    source = source_of(api, RESOURCES[object_id], query)
    assert isinstance(source, NarrowedSource if here else ListSource)
    await api.aclose()


async def test_a_reading_that_failed_is_tried_again_and_one_that_nobody_waits_for_ends() -> None:
    server = Server(NET)
    server.broken = True
    api = api_with(server)
    source = source_of(api, TERMS, Query((days("20"),)))
    with pytest.raises(ApiError):
        await source.page(0, 5, Priority.INTERACTIVE)
    server.broken = False
    assert await source.count() == 1
    other = source_of(api, TERMS, Query((days("20"),)))
    assert isinstance(other, NarrowedSource)
    waiting = asyncio.create_task(other.count())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert other._task is not None
    await asyncio.gather(other._task, return_exceptions=True)
    assert other._task.cancelled()
    assert await other.count() == 1
    await api.aclose()


async def test_a_list_without_end_is_read_so_far_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowed, "MOST_READ", 20)
    api = api_with(Server(NET))
    source = source_of(api, TERMS, Query((), (Order("days"),)))
    assert isinstance(source, NarrowedSource)
    assert await source.count() == 20
    assert source.cut
    assert source.words == "ordered here, the first 20 only"
    await api.aclose()
