"""The worker: order, sharing, cancelling, limits, retries; with a server that is a function."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from cotui.api import (
    Api,
    ApiError,
    BadRequest,
    Call,
    Closed,
    NotFound,
    Priority,
    RateLimited,
    ServerFailure,
    TimedOut,
    Unauthorized,
    Unreachable,
)
from tests.api.support import JumpingTime, ManualTime, api_with, ok, refuse, settle


def read(name: str) -> Call:
    return Call("GET", name, reads=True)


class Gated:
    """A server that answers a request only when the test lets it."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.gone: list[str] = []
        self._doors: dict[str, asyncio.Event] = {}

    def door(self, name: str) -> asyncio.Event:
        return self._doors.setdefault(name, asyncio.Event())

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        self.seen.append(name)
        try:
            await self.door(name).wait()
        except asyncio.CancelledError:
            self.gone.append(name)
            raise
        return ok(name)


def submit(api: Api, name: str, priority: Priority = Priority.INTERACTIVE) -> asyncio.Task[Any]:
    return asyncio.create_task(api.worker.submit(read(name), priority))


async def cancel(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await settle()


# --- sharing ---


async def test_identical_reads_under_way_share_one_request() -> None:
    server = Gated()
    api = api_with(server)
    tasks = [submit(api, "a") for _ in range(3)]
    await settle()
    server.door("a").set()
    answers = await asyncio.gather(*tasks)
    assert [answer.response for answer in answers] == ["a", "a", "a"]
    assert server.seen == ["a"]
    await submit(api, "a")
    assert server.seen == ["a", "a"], "only reads under way are shared, answers are not kept"
    await api.aclose()


async def test_a_shared_failure_reaches_everybody() -> None:
    api = api_with(lambda request: refuse(404, "gone"))
    results = await asyncio.gather(submit(api, "a"), submit(api, "a"), return_exceptions=True)
    assert [type(result) for result in results] == [NotFound, NotFound]
    await api.aclose()


async def test_writes_are_never_shared() -> None:
    seen: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        return ok(True)

    api = api_with(server)
    write = Call("POST", "customer", body=b"{}")
    await asyncio.gather(api.call(write), api.call(write))
    assert seen == ["POST", "POST"]
    await api.aclose()


async def test_a_post_that_only_reads_is_shared() -> None:
    seen: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        return ok({"_report": []})

    api = api_with(server)
    report = Call("POST", "_report/3", body=b"[]", reads=True)
    await asyncio.gather(api.call(report), api.call(report))
    assert seen == ["POST"]
    await api.aclose()


# --- cancelling ---


async def test_the_last_waiter_takes_the_request_with_it() -> None:
    server = Gated()
    api = api_with(server)
    first, second = submit(api, "a"), submit(api, "a")
    await settle()
    await cancel(first)
    assert server.gone == []
    await cancel(second)
    assert server.gone == ["a"]
    assert (api.worker.status.in_flight, api.worker.status.waiting) == (0, 0)
    third = submit(api, "a")
    await settle()
    assert server.seen == ["a", "a"], "nobody joins a request that is being cancelled"
    server.door("a").set()
    assert (await third).response == "a"
    await api.aclose()


async def test_a_read_that_waits_in_the_queue_is_simply_dropped() -> None:
    server = Gated()
    api = api_with(server)
    tasks = [submit(api, name) for name in "abcde"]
    await settle()
    assert server.seen == ["a", "b", "c", "d"]
    await cancel(tasks[4])
    for name in "abcd":
        server.door(name).set()
    await asyncio.gather(*tasks[:4])
    await settle()
    assert server.seen == ["a", "b", "c", "d"]
    assert api.worker.budget.used == 4
    await api.aclose()


async def test_cancelling_in_the_very_moment_of_being_let_in() -> None:
    server = Gated()
    api = api_with(server)
    tasks = [submit(api, name) for name in "abcdef"]
    await settle()
    server.door("a").set()
    tasks[4].cancel()
    await asyncio.gather(tasks[0], tasks[4], return_exceptions=True)
    await settle()
    assert server.seen[4:] == ["f"] or server.seen[4:] == ["e", "f"]
    for name in "bcdf":
        server.door(name).set()
    await asyncio.gather(*tasks[1:4], tasks[5])
    assert api.worker.status.in_flight == 0
    await api.aclose()


async def test_a_write_that_was_sent_is_not_broken_off() -> None:
    done: list[str] = []
    door = asyncio.Event()

    async def server(request: httpx.Request) -> httpx.Response:
        await door.wait()
        done.append(request.method)
        return ok(True)

    api = api_with(server)
    task = asyncio.create_task(api.call(Call("POST", "customer", body=b"{}")))
    await settle()
    await cancel(task)
    assert api.worker.status.in_flight == 1
    door.set()
    await settle()
    assert done == ["POST"]
    assert api.worker.status.in_flight == 0
    await api.aclose()


async def test_a_write_that_still_waits_is_dropped() -> None:
    server = Gated()
    api = api_with(server)
    reads = [submit(api, name) for name in "abcd"]
    await settle()
    write = asyncio.create_task(api.call(Call("POST", "w", body=b"{}")))
    await settle()
    await cancel(write)
    for name in "abcd":
        server.door(name).set()
    await asyncio.gather(*reads)
    await settle()
    assert "w" not in server.seen
    await api.aclose()


# --- order ---


async def test_the_user_overtakes_and_keeps_a_connection() -> None:
    server = Gated()
    api = api_with(server)
    background = [submit(api, f"p{number}", Priority.PREFETCH) for number in range(5)]
    export = submit(api, "export", Priority.EXPORT)
    await settle()
    assert server.seen == ["p0", "p1", "p2"], "background never takes the last connection"
    user = submit(api, "user")
    await settle()
    assert server.seen[3:] == ["user"]
    waiting = submit(api, "user2")
    await settle()
    server.door("p0").set()
    await settle()
    assert server.seen[4:] == ["user2"], "the user goes before prefetch that came earlier"
    for name in ("user", "user2", "p1", "p2", "p3", "p4", "export"):
        server.door(name).set()
    await asyncio.gather(*background, export, user, waiting)
    assert server.seen[5:] == ["p3", "p4", "export"]
    await api.aclose()


async def test_joining_raises_the_priority() -> None:
    server = Gated()
    api = api_with(server)
    tasks = [submit(api, f"p{number}", Priority.PREFETCH) for number in range(6)]
    await settle()
    tasks.append(submit(api, "p5", Priority.INTERACTIVE))
    await settle()
    assert server.seen == ["p0", "p1", "p2", "p5"]
    for number in range(6):
        server.door(f"p{number}").set()
    await asyncio.gather(*tasks)
    assert server.seen == ["p0", "p1", "p2", "p5", "p3", "p4"]
    await api.aclose()


async def test_joining_never_lowers_the_priority() -> None:
    server = Gated()
    api = api_with(server)
    blockers = [submit(api, name) for name in "abcd"]
    await settle()
    urgent, later = submit(api, "x"), submit(api, "y")
    also = submit(api, "x", Priority.EXPORT)
    await settle()
    for name in "abcdxy":
        server.door(name).set()
    await asyncio.gather(*blockers, urgent, also, later)
    assert server.seen[4:] == ["x", "y"]
    await api.aclose()


# --- the budget ---


async def test_an_empty_budget_counts_down_and_then_goes_on() -> None:
    time = ManualTime()
    api = api_with(lambda request: ok(1), time, rate_limit=2)
    await api.call(read("a"))
    await time.advance(10)
    await api.call(read("b"))
    third = submit(api, "c")
    await settle()
    status = api.worker.status
    assert not third.done()
    assert status.pause is not None
    assert status.pause.reason == "budget"
    assert status.paused_for == pytest.approx(50)
    assert status.waiting == 1
    await time.advance(30)
    assert status.paused_for == pytest.approx(20)
    assert not third.done()
    await time.advance(20)
    assert third.done()
    assert status.pause is None
    assert status.paused_for == 0.0
    await api.aclose()


async def test_prefetch_waits_while_the_user_uses_the_rest_of_the_budget() -> None:
    time = ManualTime()
    api = api_with(lambda request: ok(1), time, rate_limit=10)
    for number in range(9):
        await api.call(read(str(number)))
    background = submit(api, "p", Priority.PREFETCH)
    await settle()
    assert not background.done()
    assert api.worker.status.pause is None, "the user is not held up, so there is nothing to show"
    await api.call(read("user"))
    assert api.worker.budget.remaining == 0
    await time.advance(61)
    assert background.done()
    await api.aclose()


async def test_a_request_that_never_arrived_costs_nothing() -> None:
    def server(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no")

    api = api_with(server)
    with pytest.raises(Unreachable):
        await api.call(read("a"))
    assert api.worker.budget.used == 0
    await api.aclose()


# --- retries ---


def failing(times: int, fault: Callable[[httpx.Request], httpx.Response]) -> tuple[list[str], Any]:
    seen: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        seen.append(request.method)
        return fault(request) if len(seen) <= times else ok("at last")

    return seen, server


def broken(error: Exception) -> Callable[[httpx.Request], httpx.Response]:
    def fault(request: httpx.Request) -> httpx.Response:
        raise error

    return fault


TRANSIENT = [
    broken(httpx.ConnectError("x")),
    broken(httpx.ConnectTimeout("x")),
    broken(httpx.ReadTimeout("x")),
    broken(httpx.ReadError("x")),
    broken(httpx.RemoteProtocolError("x")),
    lambda request: refuse(500),
    lambda request: refuse(503),
    lambda request: httpx.Response(502, text="<html>Bad gateway</html>"),
    lambda request: httpx.Response(200, text='{"code":200,"status":"OK","resp'),
]


@pytest.mark.parametrize("fault", TRANSIENT)
async def test_reads_are_sent_again_with_growing_waits(fault: Any) -> None:
    time = JumpingTime()
    seen, server = failing(3, fault)
    api = api_with(server, time)
    assert (await api.call(read("a"))).response == "at last"
    assert len(seen) == 4
    assert time.slept == [0.5, 1.0, 2.0]
    assert api.worker.status.last_error is None
    await api.aclose()


async def test_a_storm_of_500s_ends_in_the_error() -> None:
    time = JumpingTime()
    seen, server = failing(99, lambda request: refuse(500, "boom"))
    api = api_with(server, time)
    with pytest.raises(ServerFailure) as caught:
        await api.call(read("a"))
    assert len(seen) == 4
    assert caught.value.server_message == "boom"
    assert api.worker.status.last_error is caught.value
    assert api.worker.status.connection == "online"
    await api.aclose()


@pytest.mark.parametrize("fault", [*TRANSIENT, lambda request: refuse(429)])
async def test_writes_are_never_sent_again(fault: Any) -> None:
    for method in ("POST", "PUT", "DELETE"):
        time = JumpingTime()
        seen, server = failing(1, fault)
        api = api_with(server, time)
        with pytest.raises(ApiError):
            await api.call(Call(method, "customer/5", body=b"{}"))
        assert seen == [method]
        await api.aclose()


@pytest.mark.parametrize(
    ("fault", "unknown"),
    [
        (broken(httpx.ConnectError("x")), False),
        (broken(httpx.ConnectTimeout("x")), False),
        (broken(httpx.ReadTimeout("x")), True),
        (broken(httpx.ReadError("x")), True),
        (broken(httpx.RemoteProtocolError("x")), True),
        (lambda request: refuse(500), True),
        (lambda request: httpx.Response(200, text="<html>"), True),
        (lambda request: httpx.Response(200, text='{"code":'), True),
        (lambda request: httpx.Response(200, json=[]), True),
        (lambda request: refuse(400, "no"), False),
        (lambda request: refuse(401), False),
        (lambda request: refuse(404), False),
        (lambda request: refuse(429), False),
        (lambda request: refuse(408), True),
        (lambda request: httpx.Response(302, headers={"Location": "https://x/"}), True),
        (lambda request: httpx.Response(403, text="<html>"), True),
        (lambda request: httpx.Response(407, text="<html>"), True),
        (lambda request: ok(True, 203), True),
    ],
)
async def test_a_write_says_when_its_outcome_is_unknown(fault: Any, unknown: bool) -> None:
    api = api_with(failing(1, fault)[1])
    with pytest.raises(ApiError) as caught:
        await api.call(Call("POST", "customer", body=b"{}"))
    assert caught.value.unknown_outcome is unknown
    assert ("repeat" in caught.value.todo) is unknown
    await api.aclose()


async def test_reads_have_no_unknown_outcome() -> None:
    api = api_with(failing(99, lambda request: refuse(500))[1])
    with pytest.raises(ApiError) as caught:
        await api.call(read("a"))
    assert not caught.value.unknown_outcome
    await api.aclose()


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_a_refusal_is_final(status: int) -> None:
    seen, server = failing(99, lambda request: refuse(status))
    api = api_with(server)
    with pytest.raises(ApiError):
        await api.call(read("a"))
    assert len(seen) == 1
    await api.aclose()


async def test_a_check_is_sent_once() -> None:
    seen, server = failing(99, broken(httpx.ConnectError("x")))
    api = api_with(server)
    with pytest.raises(Unreachable):
        await api.check()
    assert len(seen) == 1
    await api.aclose()


async def test_a_503_with_advice_is_waited_for() -> None:
    time = JumpingTime()
    _, server = failing(1, lambda request: refuse(503, Retry_After="7"))
    api = api_with(server, time)
    await api.call(read("a"))
    assert time.slept == [7.5]
    await api.aclose()


async def test_more_patience_than_we_have_is_not_waited_for() -> None:
    time = JumpingTime()
    _, server = failing(1, lambda request: refuse(503, Retry_After="3600"))
    api = api_with(server, time)
    with pytest.raises(ServerFailure):
        await api.call(read("a"))
    assert time.slept == []
    await api.aclose()


# --- 429 ---


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, 5.0),
        ({"Retry_After": "20"}, 20.5),
        ({"Retry_After": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30.5),
        ({"Retry_After": "Tue, 14 Nov 2023 22:14:20 GMT", "Date": "Tue, 14 Nov 2023 22:14:00 GMT"}, 20.5),
        ({"Retry_After": "nonsense"}, 5.0),
    ],
)
async def test_a_429_pauses_everybody(headers: dict[str, str], wait: float) -> None:
    time = ManualTime()
    seen, server = failing(1, lambda request: refuse(429, "Rate limit exceeded", **headers))
    api = api_with(server, time)
    first = submit(api, "a")
    await settle()
    others = [submit(api, name) for name in "bcd"]
    await settle()
    status = api.worker.status
    assert len(seen) == 1
    assert status.pause is not None
    assert status.pause.reason == "server"
    assert status.paused_for == pytest.approx(wait)
    assert isinstance(status.last_error, RateLimited)
    await time.advance(wait - 0.1)
    assert len(seen) == 1
    await time.advance(0.2)
    assert len(seen) == 5
    assert (await first).response == "at last"
    await asyncio.gather(*others)
    assert status.pause is None
    assert status.last_error is None
    await api.aclose()


async def test_a_storm_of_429s_ends_in_the_error() -> None:
    time = JumpingTime()
    seen, server = failing(99, lambda request: refuse(429, "Rate limit exceeded"))
    api = api_with(server, time)
    with pytest.raises(RateLimited) as caught:
        await api.call(read("a"))
    assert len(seen) == 6
    assert sum(time.slept) == pytest.approx(5 + 10 + 20 + 40 + 60)
    assert caught.value.server_message == "Rate limit exceeded"
    await api.aclose()


async def test_an_absurd_retry_after_fails_at_once_and_pauses_for_bounded_time() -> None:
    time = ManualTime()
    api = api_with(failing(1, lambda request: refuse(429, Retry_After="86400"))[1], time)
    with pytest.raises(RateLimited, match=r".") as caught:
        await api.call(read("a"))
    assert "86400 seconds" in caught.value.todo
    later = submit(api, "b")
    await settle()
    assert api.worker.status.paused_for == pytest.approx(180)
    await time.advance(180)
    assert later.done()
    await api.aclose()


async def test_a_write_refused_by_the_limit_pauses_the_others_too() -> None:
    time = ManualTime()
    seen, server = failing(1, lambda request: refuse(429, Retry_After="10"))
    api = api_with(server, time)
    with pytest.raises(RateLimited):
        await api.call(Call("POST", "customer", body=b"{}"))
    other = submit(api, "b")
    await settle()
    assert seen == ["POST"]
    await time.advance(10.5)
    assert other.done()
    await api.aclose()


# --- status ---


async def test_the_status_is_observable() -> None:
    server = Gated()
    api = api_with(server)
    status = api.worker.status
    heard: list[tuple[int, int]] = []
    stop = status.subscribe(lambda: heard.append((status.in_flight, status.waiting)))
    assert status.connection == "untried"
    tasks = [submit(api, name) for name in "abcde"]
    await settle()
    assert (status.in_flight, status.waiting) == (4, 1)
    for name in "abcde":
        server.door(name).set()
    await asyncio.gather(*tasks)
    assert status.connection == "online"
    assert heard[-1] == (0, 0)
    stop()
    before = len(heard)
    await submit(api, "a")
    assert len(heard) == before
    await api.aclose()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (lambda request: refuse(401), "refused"),
        (lambda request: refuse(403), "refused"),
        (broken(httpx.ConnectError("x")), "offline"),
        (broken(httpx.ReadTimeout("x")), "offline"),
        (lambda request: httpx.Response(200, text="<html>"), "offline"),
        (lambda request: httpx.Response(404, text="<html>"), "offline"),
        (lambda request: httpx.Response(200, text='{"code":'), "online"),
        (lambda request: refuse(404), "online"),
        (lambda request: refuse(400), "online"),
        (lambda request: refuse(500), "online"),
    ],
)
async def test_the_state_of_the_connection(fault: Any, expected: str) -> None:
    api = api_with(failing(99, fault)[1])
    with pytest.raises(ApiError):
        await api.call(read("a"))
    assert api.worker.status.connection == expected
    await api.aclose()


async def test_the_counts_are_never_negative() -> None:
    server = Gated()
    api = api_with(server)
    status = api.worker.status
    heard: list[int] = []
    status.subscribe(lambda: heard.append(min(status.waiting, status.in_flight)))
    tasks = [submit(api, name) for name in "abcdef"]
    await settle()
    for task in reversed(tasks):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await settle()
    assert min(heard) == 0
    assert (status.waiting, status.in_flight) == (0, 0)
    await api.aclose()


# --- the end ---


async def test_closing_waits_for_what_is_being_cancelled() -> None:
    ended: list[str] = []

    async def server(request: httpx.Request) -> httpx.Response:
        try:
            await asyncio.Event().wait()
        finally:
            await settle()
            ended.append(request.url.path)
        raise AssertionError

    api = api_with(server)
    task = submit(api, "a")
    await settle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await api.aclose()
    assert ended == ["/api/v3/a"]


async def test_closing_frees_everybody() -> None:
    server = Gated()
    api = api_with(server)
    tasks = [submit(api, name) for name in "abcdef"]
    write = asyncio.create_task(api.call(Call("POST", "w", body=b"{}")))
    await settle()
    await api.aclose()
    results = await asyncio.gather(*tasks, write, return_exceptions=True)
    assert {type(result) for result in results} == {Closed}
    assert sorted(server.gone) == ["a", "b", "c", "d"]
    with pytest.raises(Closed):
        await api.call(read("a"))


async def test_closing_breaks_off_a_write_and_says_that_it_may_be_done() -> None:
    server = Gated()
    api = api_with(server)
    write = asyncio.create_task(api.call(Call("POST", "w", body=b"{}")))
    await settle()
    await api.aclose()
    with pytest.raises(Closed) as caught:
        await write
    assert caught.value.unknown_outcome


async def test_a_bug_reaches_whoever_waits_and_the_worker_goes_on() -> None:
    calls = 0

    def server(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ZeroDivisionError("a bug in an in-process server")
        return ok(1)

    api = api_with(server)
    with pytest.raises(ZeroDivisionError):
        await api.call(read("a"))
    assert (await api.call(read("a"))).response == 1
    assert api.worker.status.in_flight == 0
    await api.aclose()


async def test_the_errors_of_a_read_are_of_one_type_per_cause() -> None:
    causes: dict[type[ApiError], Callable[[httpx.Request], httpx.Response]] = {
        BadRequest: lambda request: refuse(400, "Malformed WHERE clause."),
        Unauthorized: lambda request: refuse(401),
        TimedOut: broken(httpx.ReadTimeout("x")),
    }
    for expected, fault in causes.items():
        api = api_with(failing(99, fault)[1])
        with pytest.raises(expected):
            await api.call(read("a"))
        await api.aclose()


@pytest.mark.long
async def test_many_requests_at_once_all_arrive() -> None:
    order: list[str] = []

    async def server(request: httpx.Request) -> httpx.Response:
        order.append(request.url.path)
        await asyncio.sleep(0)
        return ok(request.url.path)

    api = api_with(server, rate_limit=5000)
    urgent: list[Awaitable[Any]] = [submit(api, f"u{number}") for number in range(50)]
    rest: list[Awaitable[Any]] = [submit(api, f"e{number}", Priority.EXPORT) for number in range(450)]
    answers = await asyncio.gather(*rest, *urgent)
    assert len({answer.response for answer in answers}) == 500
    assert api.worker.budget.used == 500
    await api.aclose()
