"""The window over a list that changes under it: shifts, repeats, and keeping the user's place."""

from __future__ import annotations

import asyncio

import pytest

from cotui.api.paging.window import RecordWindow
from cotui.api.records import Page, Record
from tests.api.paging.window_server import Asked, Clock, Listener, Server, idle, shown


async def opened(server: Server, **options: object) -> RecordWindow:
    # What is to run later runs at once: jumps are another test's matter.
    loop = asyncio.get_running_loop()
    options["later"] = lambda _seconds, callback: loop.call_soon(callback)
    window = RecordWindow(server, page_size=10, **options)  # type: ignore[arg-type]
    window.start()
    await look(window, 0)
    return window


async def look(window: RecordWindow, first: int, height: int = 5) -> None:
    window.view(first, first + height - 1)
    await idle()


class TestShifts:
    async def test_a_deletion_in_front_is_noticed_at_the_border_and_the_row_between_is_not_lost(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        listener = Listener(window)
        server.ids.remove(3)
        await look(window, 7, 6)  # rows 8, 9, 10 of the old page, then the new one
        assert "shifted" in listener.kinds()
        assert shown(window, 7, 12) == [9, 10, 11, 12, 13, 14]
        assert (window.length, window.total_exact) == (29, True)

    async def test_an_insertion_in_front_shows_no_row_twice(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.ids.insert(0, 99)
        await look(window, 7, 6)
        assert shown(window, 7, 12) == [7, 8, 9, 10, 11, 12]
        assert (window.length, window.total_exact) == (31, True)

    async def test_old_rows_stay_in_view_until_new_ones_come_except_those_shown_elsewhere(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.ids[0:0] = [97, 98, 99]
        server.instant = False
        await look(window, 5, 8)
        server.deliver(server.waiting[0])
        await idle()
        # The new page holds 8, 9 and 10, three places further down.
        assert shown(window, 5, 12) == [6, 7, None, None, None, 8, 9, 10]
        assert [window.repeats(index) for index in range(6, 10)] == [None, 10, 11, 12]
        for _ in range(3):
            for asked in server.waiting:
                server.deliver(asked)
            await idle()
        assert shown(window, 5, 12) == server.ids[5:13]

    async def test_a_page_evicted_and_read_again_different_betrays_a_change(self) -> None:
        server = Server.of(60)
        window = await opened(server, keep_pages=2)
        await look(window, 45)
        await look(window, 20)
        listener = Listener(window)
        server.ids[2], server.ids[40] = server.ids[40], server.ids[2]
        await look(window, 0)
        assert "shifted" in listener.kinds()

    async def test_a_stale_page_is_read_again_only_when_looked_at(self) -> None:
        server = Server.of(100)
        window = await opened(server)
        for first in (10, 20, 30):
            await look(window, first, 9)
        server.ids.remove(1)
        await look(window, 70)
        server.offsets()
        await look(window, 20, 5)
        assert 18 in server.offsets()
        assert shown(window, 20, 24) == server.ids[20:25]

    async def test_an_older_answer_that_comes_late_does_not_win(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.instant = False
        server.offsets()
        await look(window, 12, 12)
        first, second = server.waiting[:2]
        server.look(first)
        server.ids.insert(0, 99)
        server.deliver(second)
        await idle()
        server.deliver(first)
        await idle()
        assert len(set(shown(window)) - {None}) == len([row for row in shown(window) if row is not None])
        for _ in range(6):
            for asked in server.waiting:
                server.deliver(asked)
            await idle()
        assert shown(window, 12, 23) == server.ids[12:24]

    async def test_a_list_that_changes_with_every_request_is_not_read_without_end(self) -> None:
        class Restless(Server):
            def look(self, asked: object) -> None:
                self.ids.insert(0, 1000 + len(self.ids))
                super().look(asked)  # type: ignore[arg-type]

        clock = Clock()
        server = Restless.of(40)
        window = await opened(server, clock=clock)
        server.offsets()
        await look(window, 15, 12)
        for _ in range(100):
            await look(window, 15, 12)
        assert len(server.offsets()) <= 4 * 5
        clock.now += 2
        await look(window, 15, 12)
        assert server.offsets()  # looked at again later, it is read again
        rows = [row for row in shown(window) if row is not None]
        assert len(rows) == len(set(rows))

    async def test_old_pages_are_read_again_when_looked_at(self) -> None:
        clock = Clock()
        server = Server.of(30)
        window = await opened(server, clock=clock, fresh_for=300)
        server.ids[1], server.ids[25] = server.ids[25], server.ids[1]
        await look(window, 1)
        assert window.index_of(26) is None
        clock.now += 301
        await look(window, 0)
        assert shown(window, 0, 4) == [1, 26, 3, 4, 5]


class TestRepeats:
    async def test_a_record_twice_in_one_answer_is_shown_once(self) -> None:
        server = Server(ids=[1, 2, 2, 3])
        window = await opened(server)
        assert shown(window) == [1, 2, None, 3]
        assert (window.repeats(2), window.repeats(1)) == (1, None)

    async def test_a_record_really_listed_on_two_pages_is_shown_once_and_accepted(self) -> None:
        server = Server.of(30)
        server.ids[15] = 5
        window = await opened(server)
        await look(window, 4, 16)
        rows = shown(window, 0, 18)
        assert rows.count(5) == 1
        assert window.repeats(4 if rows[4] is None else 15) in (4, 15)
        server.offsets()
        for _ in range(20):
            await look(window, 4, 16)
        assert server.offsets() == []


class TestRefresh:
    async def test_the_record_is_found_where_it_moved_to(self) -> None:
        server = Server.of(60)
        window = await opened(server)
        await look(window, 20)
        server.ids[0:0] = [101, 102, 103]
        assert await window.refresh(keep=22) == 24
        assert window.index_of(22) == 24
        await window.settled()
        assert window.total == 63

    async def test_even_when_it_moved_to_the_page_beside(self) -> None:
        server = Server.of(60)
        window = await opened(server)
        await look(window, 20)
        server.ids[0:0] = range(101, 109)
        assert await window.refresh(keep=25) == 32
        del server.ids[0:8]
        assert await window.refresh(keep=25) == 24

    @pytest.mark.parametrize("far", [True, False])
    async def test_none_when_it_is_gone_or_far_away(self, far: bool) -> None:
        server = Server.of(60)
        window = await opened(server)
        await look(window, 20)
        server.ids.remove(22)
        if far:
            server.ids.append(22)
        server.offsets()
        assert await window.refresh(keep=22) is None
        assert len([offset for offset in server.offsets() if offset is not None]) <= 4

    async def test_a_list_cut_short_before_the_record(self) -> None:
        server = Server.of(60)
        window = await opened(server)
        await look(window, 50)
        del server.ids[30:]
        assert await window.refresh(keep=52) is None
        await window.settled()
        assert (window.length, window.total_exact) == (30, True)

    async def test_rows_stay_until_the_new_ones_come(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.instant = False
        task = asyncio.get_running_loop().create_task(window.refresh(keep=2))
        await idle()
        assert shown(window, 0, 4) == [1, 2, 3, 4, 5]
        assert [asked.offset for asked in server.waiting] == [0, None]
        server.ids.insert(0, 99)
        for asked in server.waiting:
            server.deliver(asked)
        assert await task == 2
        assert shown(window, 0, 4) == [99, 1, 2, 3, 4]

    async def test_answers_to_requests_from_before_are_dropped(self) -> None:
        server = Server.of(60)
        window = await opened(server)
        server.instant = False
        await look(window, 40)
        before = server.waiting[0]
        task = asyncio.get_running_loop().create_task(window.refresh())
        await idle()
        assert before.future.cancelled()
        server.instant = True
        for asked in server.waiting:
            server.deliver(asked)
        await task

    async def test_a_second_refresh_takes_over(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.instant = False
        loop = asyncio.get_running_loop()
        first = loop.create_task(window.refresh(keep=2))
        await idle()
        second = loop.create_task(window.refresh(keep=3))
        await idle()
        server.instant = True
        for asked in server.waiting:
            server.deliver(asked)
        assert await first is None
        assert await second == 2

    async def test_failing_leaves_the_rows_and_the_place_and_says_so(self) -> None:
        server = Server.of(30)
        window = await opened(server)
        server.instant = False
        task = asyncio.get_running_loop().create_task(window.refresh(keep=2))
        await idle()
        for asked in server.waiting:
            server.fail(asked)
        assert await task == 1
        assert shown(window, 0, 4) == [1, 2, 3, 4, 5]
        assert window.error_at(0) is not None
        assert (window.state, window.total) == ("ready", 30)

    async def test_after_a_failed_start(self) -> None:
        server = Server.of(30, instant=False)
        window = await opened(server)
        for asked in server.waiting:
            server.fail(asked)
        await idle()
        server.instant = True
        await window.refresh()
        await window.settled()
        assert (window.state, window.total) == ("ready", 30)

    async def test_what_stood_behind_the_new_end_is_gone(self) -> None:
        server = Server.of(60)
        window = await opened(server)
        for first in range(0, 55, 5):
            await look(window, first)
        await look(window, 0)
        server.ids = server.ids[:12]
        await window.refresh()
        await idle()
        assert window.length == 12
        assert [window.row(index) for index in range(20, 60)] == [None] * 40


class TestAnswers:
    async def test_more_rows_than_asked_for_are_cut(self) -> None:
        class Generous(Server):
            async def page(self, offset: int, limit: int, priority: object) -> Page:
                rows = [Record({"customer_id": number}, "customer_id") for number in self.ids[offset:]]
                return Page(rows)

        window = await opened(Generous.of(35))
        await look(window, 15)
        assert shown(window, 0, 9) == list(range(1, 11))
        assert shown(window, 15, 19) == list(range(16, 21))

    async def test_keys_sent_as_text_are_the_same_keys(self) -> None:
        class Textual(Server):
            def look(self, asked: object) -> None:
                super().look(asked)  # type: ignore[arg-type]
                if isinstance(answer := asked.answer, Page) and asked.offset:  # type: ignore[attr-defined]
                    answer.rows = [
                        Record({"customer_id": str(row.raw["customer_id"])}, "customer_id")
                        for row in answer.rows
                    ]

        server = Textual.of(30)
        window = await opened(server)
        listener = Listener(window)
        await look(window, 12)
        assert "shifted" not in listener.kinds()
        assert window.index_of(13) == 12

    async def test_a_count_from_before_a_short_first_page_is_asked_for_again(self) -> None:
        """The page may be as much as the server sends at once, though it is the newer answer."""
        server = Server.of(6, maximum=5, instant=False)
        window = await opened(server)
        first, count = server.waiting
        server.fail(first)
        await idle()
        window.retry()
        await idle()
        server.deliver(server.waiting[-1])
        await idle()
        server.deliver(count)
        await idle()
        while server.waiting:
            server.deliver(server.waiting[0])
            await idle()
        await look(window, 0, 6)
        while server.waiting:
            server.deliver(server.waiting[0])
            await idle()
        assert shown(window) == [1, 2, 3, 4, 5, 6]

    async def test_a_page_that_cannot_be_told_from_the_first_one_is_told_of(self) -> None:
        class Shoved(Server):
            """A later page looks like the first one, which cannot be had again."""

            def deliver(self, asked: Asked) -> None:
                super().look(asked)
                if asked.offset == 0 and len(self.pages) > 1:
                    self.fail(asked)
                    return
                if asked.offset:
                    asked.answer = Page([Record({"customer_id": number}) for number in range(1, 11)])
                super().deliver(asked)

        server = Shoved.of(60, keyed=False)
        window = await opened(server)
        listener = Listener(window)
        await look(window, 40)
        assert window.row(40) is None
        assert "skipped" in listener.kinds()
        assert len(server.log) < 30
