"""Between client and sandbox: reads and carries out what it is told to, and sends back whatever bytes a fault names."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.told.answers import Answer
from tests.told.faults import Fault, Point, Step


@dataclass(frozen=True)
class Request:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def reads(self) -> bool:
        """Whether nothing changes by it."""
        return self.method == "GET"


@dataclass
class FaultProxy:
    """Attributes:
    app: the sandbox.
    fault: what happens to writes; None for nothing.
    surplus: sent after the answers to reads, whose connections are deaf then.
    surplus_later: by itself.
    writes: every write that arrived, whole.
    accepted: connections so far.
    """

    app: Any
    fault: Fault | None = None
    surplus: bytes = b""
    surplus_later: bool = False
    writes: list[Request] = field(default_factory=list)
    accepted: int = 0
    #: a fault at `Point.ACCEPTED` strikes the next connection
    armed: bool = False

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.accepted += 1
        if self.armed and self.fault is not None:
            self.armed = False
            if not await self._follow(self.fault, _DONE, reader, writer):
                return
        while (request := await self._request(reader, writer)) is not None:
            if request.reads:
                answer = await self._carried_out(request)
                steps: list[bytes | Step] = [answer.wire]
                if self.surplus:
                    steps = (
                        [answer.wire, Step.REST, self.surplus]
                        if self.surplus_later
                        else [answer.wire + self.surplus]
                    )
                    steps.append(Step.DEAF)
                if not await self._act(steps, reader, writer):
                    return
                continue
            self.writes.append(request)
            if self.fault is None:
                writer.write((await self._carried_out(request)).wire)
                continue
            executed = self.fault.executed
            answer = await self._carried_out(request) if executed else forged(request)
            if not await self._follow(self.fault, answer, reader, writer):
                return

    async def _follow(
        self, fault: Fault, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        return await self._act(list(fault.script(answer)), reader, writer)

    async def _act(
        self, steps: list[bytes | Step], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Do what a fault says; False when the connection has no more to say."""
        for step in steps:
            match step:
                case bytes():
                    writer.write(step)
                case Step.REST:
                    await writer.drain()
                    await asyncio.sleep(0.001)
                case Step.CLOSE:
                    return False
                case Step.RESET:
                    await writer.drain()
                    linger = struct.pack("ii", 1, 0)
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    writer.transport.abort()
                    return False
                case Step.HANG | Step.DEAF:
                    await writer.drain()
                    request = await self._request(reader, writer)
                    if request is not None and not request.reads:
                        self.writes.append(request)
                    return False
        return True

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request | None:
        """The next request; None when there is none, or when a fault does not wait for all of it."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _version = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if method != "GET" and self.fault is not None and self.fault.point is Point.HEAD:
            await self._follow(self.fault, _DONE, reader, writer)
            return None
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Request(method, target, headers, body)

    async def _carried_out(self, request: Request) -> Answer:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app), base_url="http://localhost"
        ) as client:
            kept = {
                name: request.headers[name]
                for name in ("authorization", "content-type")
                if name in request.headers
            }
            answer = await client.request(request.method, request.target, content=request.body, headers=kept)
        return Answer(answer.status_code, answer.content)


def forged(request: Request) -> Answer:
    """What the sandbox would have answered."""
    if request.target.endswith("/_bulk"):
        items = [_success(item["request_method"], item["uri"]) for item in json.loads(request.body)]
        return _answer({"code": 200, "status": "OK", "message": "", "response": {"_bulk": items}})
    return _answer(_success(request.method, request.target))


def _success(method: str, target: str) -> dict[str, Any]:
    path = target.partition("?")[0].removeprefix("/api/v3/").split("/")
    code, response = 200, True
    found: Any = response
    if method == "PUT":
        code, found = 202, {"id": int(path[1])}
    elif method == "POST" and len(path) == 1:
        code, found = 201, {"id": 4711}
    return {"code": code, "status": "OK", "message": "", "response": found}


def _answer(document: dict[str, Any]) -> Answer:
    return Answer(document["code"], json.dumps(document).encode())


_DONE = _answer({"code": 200, "status": "OK", "message": "", "response": True})


@asynccontextmanager
async def proxied(app: Any) -> AsyncIterator[tuple[FaultProxy, int]]:
    """A proxy before a sandbox, and its port."""
    proxy = FaultProxy(app)
    running: set[asyncio.Task[Any]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            # the client may go away at any time
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await proxy.accept(reader, writer)
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, limit=1 << 20)
    try:
        yield proxy, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tuple(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()
