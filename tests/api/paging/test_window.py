"""A window's failures and its end, and what it tells."""

from __future__ import annotations

import asyncio

import pytest

from cotui.api.errors import Unreachable
from cotui.api.paging.window import RecordWindow
from cotui.api.transport.budget import Priority
from tests.api.paging.window_server import Listener, Server, idle, shown
from tests.api.paging.windows import opened, scroll


class TestFailures:
    async def test_the_first_page_fails_and_is_asked_for_again(self) -> None:
        server = Server.of(150, instant=False)
        window = await opened(server)
        listener = Listener(window)
        error = Unreachable()
        server.fail(server.pages[0], error)
        await idle()
        assert (window.state, window.error) == ("failed", error)
        assert window.error_at(0) is error
        assert "state" in listener.kinds()
        await scroll(window, 0)
        assert len(server.pages) == 1  # only `retry` asks again
        server.instant = True
        window.retry()
        await idle()
        assert (window.state, window.error, window.error_at(0)) == ("ready", None, None)
        assert shown(window, 0, 99) == list(range(1, 101))

    async def test_a_later_page_fails_in_its_place(self) -> None:
        server = Server.of(500)
        window = await opened(server)
        server.instant = False
        await scroll(window, 300)
        error = Unreachable()
        server.fail(server.waiting[0], error)
        await idle()
        listener = Listener(window)
        assert (window.error_at(310), window.error_at(0), window.state) == (error, None, "ready")
        assert window.row(310) is None
        before = len(server.log)
        await scroll(window, 301)
        assert [asked.offset for asked in server.log[before:]] == []
        server.instant = True
        window.retry()
        await idle()
        assert shown(window, 300, 339) == list(range(301, 341))
        assert "rows" in listener.kinds()

    async def test_looking_again_later_asks_again(self) -> None:
        server = Server.of(1_000)
        window = await opened(server)
        server.instant = False
        await scroll(window, 500)
        server.fail(server.waiting[0])
        await idle()
        server.instant = True
        await scroll(window, 0)
        await scroll(window, 500)
        assert shown(window, 500, 539) == list(range(501, 541))

    async def test_a_page_ahead_that_failed_is_tried_again_once_when_it_is_needed(self) -> None:
        server = Server.of(1_000)
        window = await opened(server)
        server.instant = False
        server.offsets()
        for first in range(10, 30):
            await scroll(window, first)
            for asked in server.waiting:
                server.fail(asked)
            await idle()
        assert server.offsets() == [99]
        for first in range(60, 100):
            await scroll(window, first)
            for asked in server.waiting:
                server.fail(asked)
            await idle()
        assert server.offsets().count(99) == 1
        assert window.error_at(120) is not None

    async def test_a_fault_in_the_program_is_not_swallowed(self) -> None:
        class Broken(Server):
            async def page(self, offset: int, limit: int, priority: Priority) -> object:  # type: ignore[override]
                raise ZeroDivisionError

        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
        window = RecordWindow(Broken.of(3))  # type: ignore[arg-type]
        window.start()
        with pytest.raises(ZeroDivisionError):
            await window.settled()
        assert isinstance(told[0], ZeroDivisionError)

    async def test_a_request_cancelled_by_somebody_else_is_made_again(self) -> None:
        server = Server.of(50, instant=False)
        window = await opened(server)
        server.pages[0].future.cancel()
        await idle()
        server.instant = True
        for asked in server.waiting:
            server.deliver(asked)
        await idle()
        assert shown(window) == list(range(1, 51))


class TestClosing:
    async def test_everything_is_cancelled_and_nothing_told_any_more(self) -> None:
        server = Server.of(500)
        window = await opened(server)
        listener = Listener(window)
        server.instant = False
        await scroll(window, 300)
        waiting = server.waiting
        assert waiting
        await window.aclose()
        assert all(asked.future.cancelled() for asked in waiting)
        await scroll(window, 100)
        window.retry()
        assert await window.refresh(1) is None
        assert not server.waiting
        assert listener.kinds() == []
        assert shown(window, 0, 9) == list(range(1, 11))

    async def test_an_answer_of_a_source_that_ignores_cancelling_is_dropped(self) -> None:
        class Deaf(Server):
            async def page(self, offset: int, limit: int, priority: Priority):  # type: ignore[no-untyped-def]
                try:
                    return await super().page(offset, limit, priority)
                except asyncio.CancelledError:
                    return await Server.of(100).page(0, 100, priority)

        server = Deaf.of(500, instant=False)
        window = await opened(server)
        listener = Listener(window)
        await window.aclose()
        await idle()
        assert (window.state, window.row(0), listener.kinds()) == ("loading", None, [])


class TestListeners:
    async def test_what_is_told_at_the_start(self) -> None:
        window = RecordWindow(Server.of(150))
        listener = Listener(window)
        window.start()
        assert listener.changes == []
        await idle()
        assert listener.changes[0].kind == "state"
        rows = [(change.start, change.stop) for change in listener.changes if change.kind == "rows"]
        assert rows == [(0, 100)]
        assert listener.changes[-1].kind == "length"

    async def test_reading_and_looking_tell_nothing_themselves(self) -> None:
        window = await opened(Server.of(500))
        listener = Listener(window)
        window.view(300, 340)
        window.row(300), window.error_at(300), window.index_of(3), window.repeats(4)
        assert listener.changes == []
        await idle()
        assert listener.kinds() == ["rows"]

    async def test_who_unsubscribed_hears_no_more(self) -> None:
        window = RecordWindow(Server.of(150))
        listener, other = Listener(window), Listener(window)
        window.subscribe(lambda change: other.unsubscribe())
        listener.unsubscribe()
        listener.unsubscribe()
        window.start()
        await idle()
        assert listener.changes == []
        assert len(other.changes) == 1

    async def test_rows_that_came_again_unchanged_are_not_told(self) -> None:
        window = await opened(Server.of(150))
        row = window.row(3)
        listener = Listener(window)
        await window.refresh()
        await window.settled()
        assert "rows" not in listener.kinds()
        assert window.row(3) is row


async def test_a_short_first_page_is_not_taken_for_all_before_the_rows_are_counted() -> None:
    """An account that sends 20 rows at once, and counts slowly."""
    server = Server.of(4000, instant=False, maximum=20)
    window = await opened(server, page_size=100)
    server.deliver(server.pages[0])
    await idle()
    assert window.may_go_on
    server.deliver(server.counts[0])
    await idle()
    assert not window.may_go_on
    assert window.total == 4000
    server.deliver(server.waiting[0])
    await idle()
    assert window.most_at_once == 20
    await window.aclose()


async def test_that_a_short_first_page_was_all_is_told_when_the_count_says_so() -> None:
    server = Server.of(20, instant=False)
    window = await opened(server, page_size=100)
    server.deliver(server.pages[0])
    await idle()
    told: list[str] = []
    window.subscribe(lambda change: told.append(change.kind))
    assert window.may_go_on
    server.deliver(server.counts[0])
    await idle()
    assert (window.may_go_on, window.total, window.most_at_once) == (False, 20, None)
    assert told == ["length"]
    await window.aclose()


@pytest.mark.parametrize("whole", ["paged", "came_whole"])
async def test_what_comes_in_one_piece_is_all(whole: str) -> None:
    server = Server.of(20, instant=False)
    setattr(server, whole, whole == "came_whole")
    window = await opened(server, page_size=100)
    server.deliver(server.pages[0])
    await idle()
    assert not window.may_go_on
    await window.aclose()
