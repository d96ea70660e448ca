"""Helpers of these tests: time under control, envelopes, and an API whose server is a function."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from cotui.api import Api, Connection, RetryPolicy

PASSWORD = "priv4tekey"

Handler = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]


class ManualTime:
    """A clock that stands still until the test moves it; sleepers wake in order as it passes them."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), woken))
        await woken

    @property
    def sleeping(self) -> list[float]:
        """Seconds until each sleeper wakes."""
        return sorted(due - self.now for due, _, woken in self._sleepers if not woken.done())

    async def advance(self, seconds: float) -> None:
        end = self.now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            due, _, woken = heapq.heappop(self._sleepers)
            self.now = max(self.now, due)
            if not woken.done():
                woken.set_result(None)
            await settle()
        self.now = end
        await settle()


class JumpingTime:
    """A clock that jumps ahead whenever somebody sleeps, and remembers for how long."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


async def settle(turns: int = 25) -> None:
    """Let everything run that can run without time passing."""
    for _ in range(turns):
        await asyncio.sleep(0)


def ok(response: Any, status: int = 200, **headers: str) -> httpx.Response:
    """ChargeOver's answer to a request that succeeded."""
    body = {"code": status, "status": "OK", "message": "", "details": {}, "response": response}
    return httpx.Response(status, json=body, headers=headers)


def refuse(status: int, message: str = "", **headers: str) -> httpx.Response:
    """ChargeOver's answer to a request that it refuses."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {
        "code": status,
        "status": "Error",
        "message": message,
        "response": None if status == 404 else False,
    }
    return httpx.Response(status, json=body, headers=named)


def connection(url: str = "acme", **settings: Any) -> Connection:
    return Connection("test", url, "pub", PASSWORD, **settings)


def api_with(handler: Handler, time: ManualTime | JumpingTime | None = None, **settings: Any) -> Api:
    """An API answered by `handler`; retries wait without jitter."""
    time = time or JumpingTime()
    return Api(
        connection(**settings),
        transport=httpx.MockTransport(handler),
        clock=time.clock,
        sleep=time.sleep,
        wall_clock=lambda: 1_700_000_000.0,
        retry=RetryPolicy(jitter=lambda: 1.0),
    )
