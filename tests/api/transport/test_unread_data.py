"""An answer too many on a kept connection is nobody's: not the next read's, and never a write's."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

from cotui.api import Api, Call, RetryPolicy
from cotui.api.transport.tls import tls_context
from tests.api.loopback import http, read_request, serving
from tests.api.support import connection, settle

#: sizes of answers: what one piece of reading takes in, and more
SIZES = (0, 65_000, 140_000, 300_000)


def answer(number: int, size: int = 0) -> bytes:
    return http(b'{"code":200,"status":"OK","message":"%b","response":%d}' % (b"x" * size, number))


def chunks(number: int, size: int = 0) -> bytes:
    head, body = answer(number, size).split(b"\r\n\r\n", 1)
    head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked", head)
    return head + b"\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


@dataclass
class Server:
    """Answers with the number that it was asked for, and once with more than that."""

    surplus: Callable[[asyncio.StreamWriter, bytes], Any]
    form: Callable[[int, int], bytes] = answer
    size: int = 0
    #: for each connection, the numbers it was asked for
    asked: list[list[int]] = field(default_factory=list)
    _sent: bool = False

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked: list[int] = []
        self.asked.append(asked)
        while True:
            request = await read_request(reader)
            found = re.search(rb"/n/(\d+)", request)
            assert found is not None
            asked.append(int(found[1]))
            own = self.form(int(found[1]), self.size)
            if self._sent:
                writer.write(own)
            else:
                self._sent = True
                await self.surplus(writer, own)
            await writer.drain()


async def together(writer: asyncio.StreamWriter, own: bytes) -> None:
    writer.write(own + answer(999))


async def part_of_one(writer: asyncio.StreamWriter, own: bytes) -> None:
    writer.write(own + b"HTTP/1.1 2")


async def by_itself(writer: asyncio.StreamWriter, own: bytes) -> None:
    writer.write(own)
    await writer.drain()
    await settle()
    writer.write(answer(999))


async def nothing(writer: asyncio.StreamWriter, own: bytes) -> None:
    writer.write(own)


def call(number: int, *, reads: bool = True) -> Call:
    return Call("GET" if reads else "POST", f"n/{number}", reads=reads)


@asynccontextmanager
async def api_to(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[Api]:
    async with serving(server, tls) as port:
        url = f"http{'s' if tls else ''}://localhost:{port}"
        api = Api(connection(url), retry=RetryPolicy(attempts=1))
        try:
            yield api
        finally:
            await api.aclose()


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(tmp_path / "issuer.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "issuer.pem"))
    tls_context.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("localhost").configure_cert(context)
    yield context
    tls_context.cache_clear()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", [answer, chunks])
@pytest.mark.parametrize("surplus", [together, part_of_one, by_itself])
async def test_a_read_gets_its_own_answer(surplus: Any, form: Any, size: int) -> None:
    server = Server(surplus, form, size)
    async with api_to(server) as api:
        for number in range(4):
            assert (await api.call(call(number))).response == number
            await settle(60)  # what comes by itself is here
    assert server.asked == [[0], [1, 2, 3]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("surplus", [together, part_of_one])
async def test_a_read_gets_its_own_answer_over_tls(surplus: Any, size: int, tls: ssl.SSLContext) -> None:
    server = Server(surplus, size=size)
    async with api_to(server, tls) as api:
        for number in range(4):
            assert (await api.call(call(number))).response == number
    assert server.asked == [[0], [1, 2, 3]]


@pytest.mark.parametrize("size", SIZES)
async def test_a_clean_connection_is_kept(size: int) -> None:
    server = Server(nothing, size=size)
    async with api_to(server) as api:
        for number in range(5):
            await api.call(call(number))
    assert server.asked == [[0, 1, 2, 3, 4]]


async def test_a_clean_connection_is_kept_over_tls(tls: ssl.SSLContext) -> None:
    server = Server(nothing, size=140_000)
    async with api_to(server, tls) as api:
        for number in range(5):
            await api.call(call(number))
    assert server.asked == [[0, 1, 2, 3, 4]]


async def test_reads_at_once_keep_their_connections() -> None:
    server = Server(nothing)
    async with api_to(server) as api:
        for begin in range(0, 40, 4):
            found = await asyncio.gather(*(api.call(call(begin + at)) for at in range(4)))
            assert [envelope.response for envelope in found] == [*range(begin, begin + 4)]
    assert len(server.asked) == 4


@pytest.mark.parametrize("surplus", [together, part_of_one, by_itself, nothing])
async def test_a_write_shares_no_connection(surplus: Any) -> None:
    """Neither with what came before it nor with what comes after it."""
    server = Server(surplus)
    async with api_to(server) as api:
        for number in range(6):
            assert (await api.call(call(number, reads=number % 2 == 0))).response == number
            await settle(60)
    for asked in server.asked:
        assert len(asked) == 1 or all(number % 2 == 0 for number in asked)


async def test_connections_of_writes_are_closed() -> None:
    left = asyncio.Event()

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        assert b"\r\nConnection: close\r\n" in request
        writer.write(answer(7))
        assert await reader.read() == b""
        left.set()

    async with serving(server) as port:
        api = Api(connection(f"http://127.0.0.1:{port}"))
        assert (await api.call(call(7, reads=False))).response == 7
        async with asyncio.timeout(10):
            await left.wait()
        await api.aclose()
