"""Nobody holds a connection without asking for something: half a request, a slow body, an answer that is not taken."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import uvicorn
from uvicorn.server import ServerState

from cotui.sandbox.database.store import Store
from cotui.sandbox.http import app as sandbox_app
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.server import connections
from cotui.sandbox.http.server.connections import LimitedProtocol
from tests.sandbox.client import BASIC, CREDENTIALS

ASK = f"GET /api/v3/customer/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: {BASIC}\r\n\r\n".encode()
BODY = f"POST /api/v3/customer HTTP/1.1\r\nHost: localhost\r\nAuthorization: {BASIC}\r\nContent-Length: 9\r\n\r\n"


class Connect:
    """Opens connections to a server."""

    def __init__(self, port: int, state: ServerState) -> None:
        self._port = port
        self._state = state
        self.writers: list[asyncio.StreamWriter] = []

    async def __call__(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self.writers.append(writer)
        return reader, writer

    def served(self) -> list[LimitedProtocol]:
        """The connections that the server has."""
        return [item for item in self._state.connections if isinstance(item, LimitedProtocol)]


@pytest.fixture
async def connect(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Connect]:
    """Opens connections to a server whose limits are a fraction of a second and five connections."""
    for name, value in {"HEAD_SECONDS": 0.2, "TAKE_SECONDS": 0.2, "MOST": 5}.items():
        monkeypatch.setattr(connections, name, value)
    monkeypatch.setattr(sandbox_app, "BODY_SECONDS", 0.2)
    config = uvicorn.Config(
        create_app(store, credentials=CREDENTIALS), lifespan="off", ws="none", log_config=None, log_level=100
    )
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: LimitedProtocol(config, state, {}), "127.0.0.1", 0)
    opened = Connect(server.sockets[0].getsockname()[1], state)
    yield opened
    for writer in opened.writers:
        writer.transport.abort()
    server.close()
    for served in opened.served():
        served.transport.abort()
    await asyncio.sleep(0)


async def rest(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the server hangs up."""
    with contextlib.suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), 20)
    return b""


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\n", ASK[:-2]])
async def test_half_a_request(connect: Connect, begun: bytes) -> None:
    reader, writer = await connect()
    writer.write(begun)
    said = await rest(reader)
    assert said == (connections._TOO_SLOW if begun else b"")


async def test_a_trickle_of_headers_gains_no_time(connect: Connect) -> None:
    reader, writer = await connect()
    writer.write(ASK[:-2])
    ended = asyncio.ensure_future(rest(reader))
    for _ in range(400):
        writer.write(b"X: y\r\n")
        if (await asyncio.wait({ended}, timeout=0.05))[0]:
            break
    assert ended.done()


async def test_half_a_request_after_a_whole_one(connect: Connect) -> None:
    reader, writer = await connect()
    writer.write(ASK)
    assert b" 200 " in await reader.readline()
    writer.write(b"GET /api")
    assert (await rest(reader)).endswith(connections._TOO_SLOW)


async def test_a_body_that_does_not_come(connect: Connect) -> None:
    reader, writer = await connect()
    writer.write(BODY.encode() + b"{")
    said = await rest(reader)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"did not arrive in time" in said


async def test_one_after_the_other_on_one_connection(connect: Connect) -> None:
    reader, writer = await connect()
    for _ in range(3):
        writer.write(ASK)
        assert b" 200 " in await reader.readline()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(
            next(line for line in head.split(b"\r\n") if line.startswith(b"content-length")).split()[1]
        )
        await reader.readexactly(length)


async def test_the_longest_waiting_makes_room(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 60)
    held = [await connect() for _ in range(5)]
    for _, writer in held:
        writer.write(b"GET /api/v3")
    reader, writer = await connect()
    assert await rest(held[0][0]) == b""
    writer.write(ASK)
    assert b" 200 " in await reader.readline()
    # the others are still served
    held[4][1].write(ASK[len(b"GET /api/v3") :])
    assert b" 200 " in await held[4][0].readline()


async def test_slow_bodies_make_room_too(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_app, "BODY_SECONDS", 60)
    held = [await connect() for _ in range(5)]
    for reader, writer in held:
        writer.write(BODY.encode().replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        assert b" 100 " in await reader.readline()  # it has begun
    reader, writer = await connect()
    writer.write(ASK)
    assert b" 200 " in await reader.readline()


async def test_an_answer_that_is_not_taken(connect: Connect) -> None:
    """The server lets go of a connection although its other end stays."""
    _, writer = await connect()
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    (served,) = connect.served()
    # many answers, none of which is read: the buffers of both sides fill
    for _ in range(400):
        writer.write(b"GET /api/v3/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
    async with asyncio.timeout(30):
        while served in connect.served():  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.02)
