"""Clients go through the proxy that is wanted, around it on this machine, and put the keys on every request."""

from __future__ import annotations

import asyncio
import sys

import pytest

from cotui.api import Api, ProxyFailure, RetryPolicy
from tests.api.loopback import http, read_request, serving
from tests.api.support import connection
from tests.api.transport.proxies import READ, failure, words

OK = http(b'{"status":"OK","response":true}')


UNUSABLE = [
    "nonsense://u:s3cret@proxy:1", "http://u:s3cret@proxy:port", "http://u:s3cret@proxy:99999", "http://u:s3cret@proxy:0",
    "http://u:s3cret@proxy:-1", "http://u:s3cret@[::1", "http://u:s3cret@[::zz]:1", "http://u:s3cret@", "http://",
    "http://u:s3cret@a..b:1", "http://u:s3cret@pro xy:1", "http://u:s3#cret@proxy:1", "http://s3#cret@proxy:1",
    "http://u:80/s3cret@proxy:1", "http://u:s3cret@" + "x" * 64, "http://u:s3cret@pro\x07xy", "://s3cret@x", "@:@s3cret:x",
]  # fmt: skip


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("value", UNUSABLE)
async def test_settings_that_are_no_proxy_are_named_but_not_repeated(
    monkeypatch: pytest.MonkeyPatch, value: str, early: bool
) -> None:
    monkeypatch.setenv("ALL_PROXY", value)
    api = Api(connection("acme"), retry=RetryPolicy(attempts=1))
    if early:
        with pytest.raises(ProxyFailure):
            api.begin(READ)
    with pytest.raises(ProxyFailure) as caught:
        await api.call(READ)
    error = caught.value
    assert type(error) is ProxyFailure
    assert "ALL_PROXY" in error.what
    assert "ALL_PROXY" in error.todo
    assert "s3" not in words(error)
    assert error.__context__ is None
    await api.aclose()


async def test_socks_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://u:s3cret@127.0.0.1:1080")
    error = await failure()
    assert type(error) is ProxyFailure
    assert "ALL_PROXY names a SOCKS proxy" in error.what
    assert "socksio" in error.todo
    assert "s3cret" not in words(error)


async def test_https_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(http(b"", "403 Forbidden"))
        await writer.drain()

    async with serving(proxy) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:own@127.0.0.1:{port}")
        error = await failure()
    assert seen[0].startswith(b"CONNECT acme.chargeover.com:443 ")
    assert b"Proxy-Authorization: Basic bWU6b3du\r\n" in seen[0]
    assert b"\r\nAuthorization" not in seen[0], "the keys are for the server behind the proxy"
    assert "NO_PROXY" in error.todo


async def test_loopback_goes_around_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(OK)
        await writer.drain()

    async with serving(server) as port:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:99999")
        api = Api(connection(f"http://127.0.0.1:{port}"), retry=RetryPolicy(attempts=1))
        assert (await api.call(READ)).response is True
        await api.aclose()
