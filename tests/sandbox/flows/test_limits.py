"""What no client may do: bodies, URLs and headers that are too long, too deep or no text at all. And credentials."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cotui.sandbox.http.app import MAX_BODY
from cotui.sandbox.http.security_headers import HEADERS
from tests.sandbox.client import Client
from tests.sandbox.http.server.test_serve import ask, sandbox


@pytest.mark.parametrize("size", [MAX_BODY + 1, 50 * 1024 * 1024])
async def test_long_bodies_are_refused_and_not_kept(live: Client, size: int) -> None:
    body = b'{"company":"' + b"x" * size
    before = (await live.get("customer/_count")).response
    tracemalloc.start()
    answer = await live.send("POST", "/api/v3/customer", body=body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (answer.status, answer.message) == (400, "Missing or invalid parameter.")
    assert peak < 2 * MAX_BODY
    assert (await live.get("customer/_count")).response == before


@pytest.mark.parametrize(
    "url",
    [
        "customer?limit=" + "9" * 4000,
        "customer?limit=0&offset=" + "9" * 4000,
        "customer?limit=1e3",
        "customer?offset=-1",
        "customer?where=" + "company:EQUALS:x," * 3000,
        "customer?where=customer_id:EQUALS:" + "9" * 4000,
        "customer?order=" + "company:ASC," * 3000,
        "customer/" + "9" * 4000,
        "customer/external_key:" + "x" * 4000,
        "customer?where=company:CONTAINS:%25%25%25%5C",
        "customer?where=company%27%20OR%201=1--:EQUALS:1",
        "customer?order=company;DROP%20TABLE%20customers:ASC",
        "customer?where=company:EQUALS:x%0d%0aSet-Cookie:%20a=b",
        "customer/%0d%0aSet-Cookie:%20a=b",
    ],
    ids=lambda url: url[:40],
)
async def test_urls_that_break_programs(live: Client, url: str) -> None:
    answer = await live.get(url)

    assert answer.status in (200, 400, 404)
    assert set(answer.headers) <= {"content-type", "content-length", *map(str.casefold, HEADERS)}
    assert (await live.get("customer/_count")).response == 14


@pytest.mark.parametrize("count", [101, 5000])
async def test_reports_with_very_many_conditions(live: Client, count: int) -> None:
    body = json.dumps(["customer_customer_id:GTE:1"] * count).encode()
    for path in ("_report/4?action=reportData", f"_report/4?action=reportData&order={'a:ASC,' * 500}"):
        answer = await live.send("POST", f"/api/v3/{path}", body=body)
        assert answer.status == 400


@pytest.mark.parametrize("host", ["evil\r\nX-Bad: 1", "a/b", "<script>", "a b", "x" * 5000, "user@host", ""])
async def test_links_are_not_made_of_any_host(live: Client, host: str) -> None:
    before = (await live.get("customer/_count")).response
    made = await live.send("POST", "/api/v3/customer", body=b'{"company":"A"}', headers={"host": host})

    assert made.status == 421
    assert "location" not in made.headers
    assert "x-bad" not in made.headers
    assert (await live.get("customer/_count")).response == before


@pytest.mark.parametrize("name", ["customer", "invoice", "user"])
async def test_links_are_made_of_the_host_asked_for(live: Client, name: str) -> None:
    made = await live.get(f"{name}/1", headers={"host": "[::1]:8080"})

    assert "http://[::1]:8080/" in json.dumps(made.response) or name == "user"


def _exchange(said: dict[str, str], request: bytes, body: Sequence[bytes] = ()) -> bytes:
    url = urlsplit(said["url"])
    received = b""
    with socket.create_connection((str(url.hostname), url.port or 0), timeout=60) as connection:
        connection.sendall(request)
        for piece in body:
            connection.sendall(piece)
        while piece := connection.recv(65536):
            received += piece
    return received


def _head(said: dict[str, str], method: str, *headers: str) -> bytes:
    basic = base64.b64encode(f"{said['username']}:{said['password']}".encode()).decode()
    lines = (
        f"{method} /api/v3/customer HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        f"Authorization: Basic {basic}",
    )
    return "\r\n".join((*lines, *headers, "", "")).encode()


@pytest.mark.long
def test_fifty_megabytes_over_http() -> None:
    megabyte = b"x" * 1024 * 1024
    with sandbox("--customers", "0", "--quiet") as (process, said):
        before = _peak(process)
        plain = _exchange(said, _head(said, "POST", f"Content-Length: {50 * len(megabyte)}"), [megabyte] * 50)
        chunk = b"100000\r\n" + megabyte + b"\r\n"
        chunked = _exchange(
            said, _head(said, "POST", "Transfer-Encoding: chunked"), [chunk] * 50 + [b"0\r\n\r\n"]
        )
        for answer in (plain, chunked):
            assert answer.startswith(b"HTTP/1.1 400 ")
            assert b'"message":"Missing or invalid parameter."' in answer
        # not sent at all where the client asks first
        answer = _exchange(said, _head(said, "POST", "Content-Length: 50000000", "Expect: 100-continue"))
        assert answer.startswith(b"HTTP/1.1 400 ")
        answer = _exchange(said, _head(said, "POST", f"Content-Length: {10**15}"))
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert ask(said, "customer")[0] == 200
        assert _peak(process) - before < 24 * 1024


def _peak(process: subprocess.Popen[str]) -> int:
    """Most memory that a process has held, in KiB."""
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    pytest.skip("this system does not say how much memory a process holds")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /api/v3/customer HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
        b"GET /api/v3/customer\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v3/customer HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
        b"POST /api/v3/customer HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/v3/customer HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST /api/v3/customer HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\nabc",
    ],
    ids=lambda request: repr(request[:30]),
)
def test_what_is_not_http_does_not_stop_the_server(server: dict[str, str], request_: bytes) -> None:
    url = urlsplit(server["url"])
    with socket.create_connection((str(url.hostname), url.port or 0), timeout=20) as connection:
        received = b""
        try:
            # the server may have hung up before all of it is sent
            connection.sendall(request_)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                received += piece
        except OSError:
            pass
    assert not received or received.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))
    assert ask(server, "customer/_count")[0] == 200


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with _quiet_server() as said:
        yield said


@contextmanager
def _quiet_server() -> Iterator[dict[str, str]]:
    with sandbox("--customers", "0", "--quiet", "--rate-limit", "off") as (process, said):
        yield said
        process.terminate()
        _, err = process.communicate(timeout=20)
        # uvicorn warns of requests that are not HTTP; nothing else may be said
        assert "Traceback" not in err
