"""Why no answer arrived, and who of all on the way is to blame."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import trustme

from cotui.api import (
    Api,
    ApiError,
    Connection,
    Dropped,
    Refused,
    RetryPolicy,
    TimedOut,
    UnknownHost,
    Unreachable,
)
from cotui.api.errors import TlsFailure
from cotui.api.transport import httpx_errors
from cotui.api.transport.proxy_errors import RequestProgress
from tests.api.loopback import Answer, read_request, serving
from tests.api.support import connection
from tests.api.transport.proxies import READ, failure, words


def tunnel(port: int) -> Answer:
    """A proxy that leads to a server on this machine, whatever it is asked for."""

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
        writer.close()

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        upstream = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        ways = [copy(reader, upstream[1]), copy(upstream[0], writer)]
        try:
            await asyncio.gather(*ways, return_exceptions=True)
        finally:
            upstream[1].close()

    return proxy


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(-1)


async def drops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


BEHIND: dict[str, tuple[Answer, Callable[[trustme.CA], trustme.LeafCert], type[ApiError], str]] = {
    "is read along": (
        hangs,
        lambda _: trustme.CA().issue_cert("acme.chargeover.com"),
        TlsFailure,
        "not trusted",
    ),
    "is another": (
        hangs,
        lambda ca: ca.issue_cert("other.example"),
        TlsFailure,
        "not for acme.chargeover.com",
    ),
    "hangs": (
        hangs,
        lambda ca: ca.issue_cert("acme.chargeover.com"),
        TimedOut,
        "acme.chargeover.com sent nothing",
    ),
    "drops": (
        drops,
        lambda ca: ca.issue_cert("acme.chargeover.com"),
        Dropped,
        "to acme.chargeover.com broke off",
    ),
}


@pytest.mark.parametrize("name", BEHIND)
async def test_what_is_behind_a_proxy_is_not_the_proxys(
    monkeypatch: pytest.MonkeyPatch, issuer: trustme.CA, name: str
) -> None:
    answer, certificate, kind, said = BEHIND[name]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate(issuer).configure_cert(context)
    async with serving(answer, context) as behind, serving(tunnel(behind)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        # only one is to be given up soon: a handshake may take its time on a busy machine
        error = await failure(timeout=0.5 if kind is TimedOut else 30)
    assert type(error) is kind
    assert said in error.what
    assert f"the proxy 127.0.0.1:{port} (set in HTTPS_PROXY)" in error.meaning, "who may have done it is said"


async def test_only_what_goes_straight_to_this_machine_may_be_the_sandbox() -> None:
    here = await failure(host="http://127.0.0.1:1")
    assert type(here) is Refused
    assert "`cotui sandbox`" in here.todo


def test_the_sandbox_is_not_named_for_hosts_elsewhere() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = ConnectionRefusedError()
    elsewhere = Connection("x", "https://10.1.2.3:8443", "u", "p")
    assert "sandbox" not in words(httpx_errors.explain(error, elsewhere, RequestProgress()))


def _lookup(code: int) -> Any:
    async def getaddrinfo(*args: Any, **kwargs: Any) -> Any:
        raise socket.gaierror(code, "no")

    return getaddrinfo


@pytest.mark.parametrize(
    ("code", "expected"), [(socket.EAI_NONAME, UnknownHost), (socket.EAI_AGAIN, Unreachable)]
)
async def test_names_that_are_not_found(
    monkeypatch: pytest.MonkeyPatch, code: int, expected: type[Exception]
) -> None:
    for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", _lookup(code))
    api = Api(connection("nobody-here"), retry=RetryPolicy(attempts=1))
    with pytest.raises(expected) as caught:
        await api.call(READ)
    assert type(caught.value) is expected
    assert "nobody-here.chargeover.com" in caught.value.what
    await api.aclose()
