"""The first request, sent from a thread: its answer is taken once, by exactly the same request, or not at all."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import trustme

from cotui.api import Api, ApiError, Call, Priority, RetryPolicy
from cotui.api.calls import list_rows
from cotui.api.transport.envelope import Reply
from cotui.api.transport.head_start import FRESH, HeadStart
from tests.api.loopback import Answer, http, read_request, serving
from tests.api.support import PASSWORD, JumpingTime, ManualTime, connection, settle

READ = list_rows("customer", offset=0, limit=100)
OTHER = list_rows("customer", offset=100, limit=100)
OK = b'{"code":200,"status":"OK","message":"","response":[]}'


def api_at(port: int, scheme: str = "http", **settings: Any) -> Api:
    # a server's answer is awaited as always; only the pauses between attempts take no time
    time = JumpingTime()
    return Api(
        connection(f"{scheme}://localhost:{port}", **settings),
        retry=RetryPolicy(attempts=1),
        clock=time.clock,
        sleep=time.sleep,
    )


class Server:
    """Keeps what it is asked."""

    def __init__(self, answer: bytes = http(OK)) -> None:
        self.seen: list[bytes] = []
        self.arrived = asyncio.Event()
        self.closed = asyncio.Event()
        self._answer = answer

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                self.seen.append(await read_request(reader))
                self.arrived.set()
                writer.write(self._answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.closed.set()

    @property
    def targets(self) -> list[bytes]:
        return [request.split(b" ")[1] for request in self.seen]


async def test_the_same_request_takes_the_answer_and_the_next_one_asks_anew() -> None:
    server = Server()
    async with serving(server) as port:
        api = api_at(port)
        api.begin(READ)
        await server.arrived.wait()
        assert api.worker.budget.remaining == api.worker.budget.limit, "it counts when it is made"
        assert (await api.call(READ)).response == []
        assert len(server.seen) == 1
        assert api.worker.budget.remaining == api.worker.budget.limit - 1
        await api.call(READ)
        assert len(server.seen) == 2
        await api.aclose()
    early, usual = server.seen
    assert early == usual, "method, address and headers are the same"


async def test_another_request_leaves_it_alone() -> None:
    server = Server()
    async with serving(server) as port:
        api = api_at(port)
        api.begin(READ)
        await server.arrived.wait()
        await api.call(OTHER)
        await api.call(READ)
        await api.aclose()
    assert len(server.seen) == 2


async def test_it_is_taken_while_it_is_under_way() -> None:
    go_on = asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        await go_on.wait()
        writer.write(http(OK))
        await writer.drain()

    async with serving(slow) as port:
        api = api_at(port)
        api.begin(READ)
        asking = asyncio.create_task(api.call(READ))
        await settle()
        assert not asking.done()
        go_on.set()
        assert (await asking).response == []
        await api.aclose()


@pytest.mark.parametrize("close", [True, False], ids=["closing", "cancelling"])
async def test_giving_up_closes_the_line(close: bool) -> None:
    server = Server(answer=b"")
    async with serving(server) as port:
        api = api_at(port)
        api.begin(READ)
        await server.arrived.wait()
        if not close:
            asking = asyncio.create_task(api.call(READ))
            await settle()
            asking.cancel()
        else:
            await api.aclose()
        async with asyncio.timeout(10):
            await server.closed.wait()
        await api.aclose()


async def test_a_connection_that_is_made_after_giving_up_is_closed_as_well() -> None:
    server, connecting, go_on = Server(answer=b""), threading.Event(), threading.Event()
    async with serving(server) as port:

        def send(call: Call, trace: Callable[[str, Any], None]) -> Reply:
            def held(event: str, info: Any) -> None:
                if event == "connection.connect_tcp.complete":
                    connecting.set()
                    go_on.wait(10)
                trace(event, info)

            with httpx.Client(trust_env=False) as client:
                client.get(f"http://127.0.0.1:{port}", extensions={"trace": held})
            raise AssertionError("it was answered")

        early = HeadStart(READ, send)
        await asyncio.to_thread(connecting.wait, 10)
        early.abandon()
        go_on.set()
        with pytest.raises(httpx.HTTPError):
            await early.answer()


async def failure(begin: bool, port: int, scheme: str, **settings: Any) -> ApiError:
    api = api_at(port, scheme, **settings)
    if begin:
        api.begin(READ)
    with pytest.raises(ApiError) as failed:
        await api.call(READ)
    await api.aclose()
    return failed.value


async def hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


async def say_nothing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()


def answering(answer: bytes) -> Answer:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    return server


FAULTS = {
    "hung up": hang_up,
    "silence": say_nothing,
    "no HTTP": answering(b"SSH-2.0\r\n"),
    "cut": answering(http(OK, length=1000)),
    "web page": answering(http(b"<html>")),
    "wrong keys": answering(http(b'{"code":401,"status":"Error","message":"no"}', "401 Unauthorized")),
    "too many": answering(http(b"", "429 Too Many Requests", extra="Retry-After: 3\r\n")),
    "broken": answering(http(b'{"code":500,"message":"oops"}', "500 Internal Server Error")),
    "not packed": answering(http(OK, extra="Content-Encoding: gzip\r\n")),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_faults_are_told_in_the_same_words(fault: str, scheme: str) -> None:
    tls = None
    if scheme == "https":  # by an issuer nobody trusts
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("localhost").configure_cert(tls)
    # short only where it passes: connecting takes long where others work
    timeout = 0.5 if (fault, scheme) == ("silence", "http") else 30.0
    async with serving(FAULTS[fault], tls) as port:
        usual = await failure(False, port, scheme, timeout=timeout)
        early = await failure(True, port, scheme, timeout=timeout)
    assert type(early) is type(usual)
    told = ("what", "meaning", "todo", "server_message", "never_sent", "unknown_outcome", "status")
    assert [getattr(early, name) for name in told] == [getattr(usual, name) for name in told]
    assert early.__cause__ is None
    assert type(early.__context__) is type(usual.__context__), "nothing leads to the request and its headers"
    assert PASSWORD not in repr(early)


async def test_a_refused_connection_is_told_in_the_same_words() -> None:
    async with serving(hang_up) as port:
        pass
    usual, early = await failure(False, port, "http"), await failure(True, port, "http")
    assert (type(early), early.what, early.never_sent) == (type(usual), usual.what, usual.never_sent)


async def test_an_answer_that_is_too_large_is_not_read_to_its_end() -> None:
    server = Server(http(b"x" * 200_000))
    async with serving(server) as port:
        api = api_at(port)
        api._client._max_answer = 100_000
        api.begin(READ)
        with pytest.raises(ApiError, match="larger"):
            await api.call(READ)
        await api.aclose()


async def test_a_trickle_ends_as_well() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(b"", length=1000))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(trickle) as port:
        error = await failure(True, port, "http", timeout=0.2)
    assert "did not finish its answer within 0.4 seconds" in error.what


async def test_what_is_not_the_networks_fault_is_tried_in_the_usual_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    async with serving(server) as port:
        api = api_at(port)
        monkeypatch.setattr(
            "cotui.api.transport.client.HttpClient._exchange_at_once",
            lambda *_: (_ for _ in ()).throw(RuntimeError("bug")),
        )
        api.begin(READ)
        assert (await api.call(READ)).response == []
        await api.aclose()
    assert len(server.seen) == 1


async def test_without_a_thread_the_request_is_made_in_the_usual_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    server = Server()
    async with serving(server) as port:
        api = api_at(port)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", no_thread)
            api.begin(READ)
        assert (await api.call(READ)).response == []
        await api.aclose()


async def test_an_old_answer_is_not_taken() -> None:
    time, read = ManualTime(), threading.Event()

    def send(_call: Call, _trace: object) -> Reply:
        read.wait(10)
        return Reply(200, {}, OK)

    early = HeadStart(READ, send, clock=time.clock)
    time.now += 1000
    assert not early.stale, "it is not here yet"
    read.set()
    await early.answer()
    time.now += FRESH
    assert not early.stale
    time.now += 1
    assert early.stale
    server = Server()
    async with serving(server) as port:
        api = api_at(port)
        api._client._head_start = early
        await api.call(READ)
        await api.aclose()
    assert len(server.seen) == 1


async def test_it_is_not_for_writes_nor_for_transports_of_our_own() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=OK)

    api = Api(connection("http://localhost:1"), transport=httpx.MockTransport(answer))
    threads = threading.active_count()
    api.begin(READ)
    assert threading.active_count() == threads
    assert (await api.call(READ, priority=Priority.INTERACTIVE)).response == []
    with pytest.raises(ValueError, match="changes nothing"):
        api.begin(Call("POST", "customer", body=b"{}"))
    await api.aclose()


async def test_both_clients_share_the_tls_context_and_the_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    from cotui.api.transport.client import HttpClient
    from cotui.api.transport.tls import tls_context

    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    client = HttpClient(connection("https://acme.chargeover.com"))
    with client._clients.make_blocking() as sync:
        pool, other = (
            each._transport_for_url(httpx.URL("https://acme.chargeover.com"))
            for each in (sync, client.prepare())
        )
        assert pool._pool._ssl_context is other._pool._ssl_context is tls_context()
        assert pool._pool._proxy_url == other._pool._proxy_url
        assert sync.headers == client.prepare().headers
        assert sync.timeout == client.prepare().timeout
    await client.aclose()
