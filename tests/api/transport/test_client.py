"""Over real sockets: what breaks on the way, and that cancelling closes the line."""

from __future__ import annotations

import asyncio
import gzip
import socket
from typing import Any

import pytest

from cotui.api import (
    Api,
    Call,
    ConnectTimedOut,
    Dropped,
    NotJson,
    Refused,
    RetryPolicy,
    TimedOut,
    TooLarge,
    Truncated,
    WrongUrl,
)
from cotui.api.transport.client import HttpClient
from tests.api.loopback import http, read_request, serving
from tests.api.support import connection, settle

READ = Call("GET", "customer", (("limit", "1"),), reads=True)
OK = b'{"code":200,"status":"OK","message":"","response":[]}'


def api_at(port: int, **settings: Any) -> Api:
    return Api(connection(f"http://127.0.0.1:{port}", **settings), retry=RetryPolicy(attempts=1))


async def sent_with(answer: bytes, **settings: Any) -> Any:
    """What a read brings when the server answers these bytes and closes."""

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    async with serving(server) as port:
        api = api_at(port, **settings)
        try:
            return await api.call(READ)
        finally:
            await api.aclose()


async def test_a_request_as_it_arrives() -> None:
    seen: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            seen.append(await read_request(reader))
            writer.write(http(OK))
            await writer.drain()

    async with serving(server) as port:
        api = api_at(port)
        await api.call(READ)
        await api.call(Call("POST", "customer", body=b'{"company":"X"}'))
        await api.aclose()
    get, post = seen
    assert get.startswith(b"GET /api/v3/customer?limit=1 HTTP/1.1\r\n")
    assert b"\r\nContent-" not in get
    assert b"\r\nUser-Agent: cotui/" in get
    assert b"\r\nAccept: application/json\r\n" in get
    assert b"\r\nAuthorization: Basic cHViOnByaXY0dGVrZXk=\r\n" in get
    assert b"\r\nContent-Type: application/json\r\n" in post
    assert post.endswith(b'\r\n\r\n{"company":"X"}')


async def test_connections_are_kept_and_used_again() -> None:
    opened = 0

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        while True:
            await read_request(reader)
            writer.write(http(OK))
            await writer.drain()

    async with serving(server) as port:
        api = api_at(port)
        for _ in range(5):
            await api.call(READ)
        await api.aclose()
    assert opened == 1


async def test_cancelling_before_the_answer_closes_the_socket() -> None:
    arrived, closed = asyncio.Event(), asyncio.Event()

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        arrived.set()
        assert await reader.read() == b""
        closed.set()

    async with serving(server) as port:
        api = api_at(port)
        task = asyncio.create_task(api.call(READ))
        await arrived.wait()
        task.cancel()
        await asyncio.wait_for(closed.wait(), 5)
        assert (await asyncio.gather(task, return_exceptions=True))[0].__class__ is asyncio.CancelledError
        assert api.worker.status.in_flight == 0
        await api.aclose()


async def test_cancelling_within_the_answer_closes_the_socket() -> None:
    arrived, closed = asyncio.Event(), asyncio.Event()

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(b'{"code":200,', length=10_000))
        await writer.drain()
        arrived.set()
        assert await reader.read() == b""
        closed.set()

    async with serving(server) as port:
        api = api_at(port)
        task = asyncio.create_task(api.call(READ))
        await arrived.wait()
        await settle()
        task.cancel()
        await asyncio.wait_for(closed.wait(), 5)
        await asyncio.gather(task, return_exceptions=True)
        await api.aclose()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", Dropped),
        (b"HTTP/1.1 200 OK\r\nContent-Le", Dropped),
        (http(OK[:20], length=len(OK)), Dropped),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}", Dropped),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Dropped),
        (http(OK[:20]), Truncated),
        (http(b"<html>Hello</html>"), NotJson),
        (http(b"garbage", extra="Content-Encoding: gzip\r\n"), NotJson),
        (http(b"", "301 Moved Permanently", extra="Location: https://elsewhere.example.org/\r\n"), WrongUrl),
    ],
)
async def test_answers_that_break(answer: bytes, expected: type[Exception]) -> None:
    with pytest.raises(expected) as caught:
        await sent_with(answer)
    assert type(caught.value) is expected


async def test_compressed_answers_are_read() -> None:
    envelope = await sent_with(http(gzip.compress(OK), extra="Content-Encoding: gzip\r\n"))
    assert envelope.response == []


async def test_a_redirect_takes_no_keys_elsewhere() -> None:
    visited: list[bytes] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.append(await read_request(reader))

    async with serving(elsewhere) as port:
        with pytest.raises(WrongUrl):
            await sent_with(http(b"", "302 Found", extra=f"Location: http://127.0.0.1:{port}/x\r\n"))
    assert visited == []


async def test_a_server_that_says_nothing_times_out() -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(server) as port:
        api = api_at(port, timeout=0.05)
        with pytest.raises(TimedOut) as caught:
            await api.call(READ)
        await api.aclose()
    assert f"127.0.0.1:{port}" in caught.value.what


async def test_a_trickle_ends_as_well() -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(b"", length=1_000_000))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with serving(server) as port:
        api = api_at(port, timeout=0.05)
        with pytest.raises(TimedOut, match="did not finish"):
            await api.call(READ)
        await api.aclose()


@pytest.mark.parametrize("compressed", [False, True])
async def test_an_answer_without_end_is_not_read_to_it(compressed: bool) -> None:
    size = 3 * 1024 * 1024
    body = gzip.compress(b" " * size) if compressed else b" " * size
    answer = http(body, extra="Content-Encoding: gzip\r\n" if compressed else "")

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    async with serving(server) as port:
        client = HttpClient(connection(f"http://127.0.0.1:{port}"), max_answer=1024 * 1024)
        with pytest.raises(TooLarge, match="1 MB"):
            await client.send(READ)
        await client.aclose()


@pytest.mark.parametrize("kind", ["answer", "end"])
async def test_an_answer_that_was_there_before_the_request_is_none(kind: str) -> None:
    """Nothing is sent then."""
    seen: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if kind == "answer":
            writer.write(http(OK))
            await writer.drain()
            seen.append(await reader.read(1))

    async with serving(server) as port:
        api = api_at(port)
        with pytest.raises(Dropped, match="before it was asked") as caught:
            await api.call(Call("POST", "customer/1/_action/setActive"))
        await api.aclose()
        await settle()
    assert caught.value.never_sent
    assert not caught.value.unknown_outcome
    assert b"".join(seen) == b""


async def test_a_success_is_none_when_the_request_was_cut_short() -> None:
    """It was given before all was there, and the rest may have been another change."""

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http(OK))
        await writer.drain()

    async with serving(server) as port:
        api = api_at(port)
        with pytest.raises(Dropped) as caught:
            await api.call(Call("POST", "customer", body=b" " * 30_000_000))
        await api.aclose()
    assert caught.value.unknown_outcome


async def test_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        api = api_at(port)
        with pytest.raises(Refused) as caught:
            await api.call(READ)
        await api.aclose()
    assert f"127.0.0.1:{port}" in caught.value.what


async def test_a_connection_that_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silence(*args: Any, **kwargs: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", silence)
    api = Api(connection("https://127.0.0.1:9", timeout=0.3), retry=RetryPolicy(attempts=1))
    with pytest.raises(ConnectTimedOut) as caught:
        await api.call(READ)
    assert not caught.value.unknown_outcome
    await api.aclose()


async def test_the_client_can_be_made_in_a_thread() -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(OK))
        await writer.drain()

    async with serving(server) as port:
        api = api_at(port)
        await asyncio.to_thread(api.prepare)
        assert (await api.call(READ)).response == []
        await api.aclose()
