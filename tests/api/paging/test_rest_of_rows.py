"""The rest of a result is read through its window, once, and only where it is short."""

from __future__ import annotations

import pytest

from cotui.api.errors import Unreachable
from cotui.api.paging.rest_of_rows import TOO_MANY
from cotui.api.transport.budget import Priority
from tests.api.paging.window_server import Server, idle, shown
from tests.api.paging.windows import opened, scroll


@pytest.mark.parametrize("rows", [101, 250, 1_774, TOO_MANY - 1])
async def test_as_many_requests_as_were_said_bring_all_rows(rows: int) -> None:
    server = Server.of(rows)
    window = await opened(server)
    server.offsets()
    said = window.rest.requests
    assert window.rest.few
    assert not window.rest.under_way
    window.rest.load()
    await idle()
    assert len(server.offsets()) == said > 0
    assert (window.rest.requests, window.rest.failed, window.rest.under_way) == (0, 0, False)
    assert [row.id for _, row in window.loaded()] == list(range(1, rows + 1))
    for first in range(0, rows, 60):
        await scroll(window, first)
    assert shown(window) == list(range(1, rows + 1))
    assert server.offsets() == []


@pytest.mark.parametrize("rows", [0, 1, 100])
async def test_nothing_is_missing_of_a_result_of_one_page(rows: int) -> None:
    window = await opened(Server.of(rows))
    assert window.rest.few
    assert window.rest.requests == 0


async def test_a_long_result_is_not_read_whole() -> None:
    server = Server.of(TOO_MANY)
    window = await opened(server)
    server.offsets()
    assert not window.rest.few
    window.rest.load()
    await idle()
    assert server.offsets() == []
    assert window.rest.requests == 0


async def test_it_is_not_offered_before_it_is_known_how_many_there_are() -> None:
    server = Server.of(500, countable=False)
    window = await opened(server)
    assert window.total is None
    assert not window.rest.few


async def test_the_rest_gives_way_to_what_is_looked_at() -> None:
    server = Server.of(1_000, instant=True)
    window = await opened(server)
    server.instant = False
    server.log.clear()
    window.rest.load()
    await idle()
    assert {asked.priority for asked in server.pages} == {Priority.PREFETCH}
    assert window.rest.under_way
    window.view(900, 939)
    await idle()
    assert len(server.waiting) == window.rest.requests  # nothing was given up for that
    for asked in server.waiting:
        server.deliver(asked)
    await idle()
    assert not window.rest.under_way


async def test_what_failed_is_said_and_comes_when_it_is_tried_again() -> None:
    server = Server.of(500)
    window = await opened(server)
    server.instant = False
    server.log.clear()
    window.rest.load()
    await idle()
    server.fail(server.waiting[0], Unreachable())
    for asked in server.waiting:
        server.deliver(asked)
    await idle()
    assert (window.rest.requests, window.rest.failed, window.rest.under_way) == (0, 1, False)
    server.instant = True
    window.retry()
    window.rest.load()
    await idle()
    assert window.rest.failed == 0
    assert [row.id for _, row in window.loaded()] == list(range(1, 501))


async def test_a_server_that_sends_fewer_rows_takes_more_requests() -> None:
    server = Server.of(300, maximum=50)
    window = await opened(server)
    server.offsets()
    said = window.rest.requests
    window.rest.load()
    await idle()
    assert len(server.offsets()) == said
    assert [row.id for _, row in window.loaded()] == list(range(1, 301))
