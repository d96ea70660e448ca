"""Proxies from the environment: used for the internet, never for this machine."""

from __future__ import annotations

import asyncio

import pytest

from cotui.api import Api, Call, ProxyFailure, RetryPolicy
from tests.api.loopback import http, read_request, serving
from tests.api.support import connection

READ = Call("GET", "customer", reads=True)
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def test_https_goes_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(http(b"", "403 Forbidden"))
        await writer.drain()

    async with serving(proxy) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        api = Api(connection("acme"), retry=RetryPolicy(attempts=1))
        with pytest.raises(ProxyFailure) as caught:
            await api.call(READ)
        await api.aclose()
    assert seen[0].startswith(b"CONNECT acme.chargeover.com:443 ")
    assert b"Authorization" not in seen[0], "the keys are for the server behind the proxy"
    assert "NO_PROXY" in caught.value.todo


async def test_loopback_goes_around_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise AssertionError("plain http with keys went to the proxy")

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(b'{"status":"OK","response":true}'))
        await writer.drain()

    async with serving(proxy) as proxy_port, serving(server) as port:
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy_port}")
        api = Api(connection(f"http://127.0.0.1:{port}"), retry=RetryPolicy(attempts=1))
        assert (await api.call(READ)).response is True
        await api.aclose()


@pytest.mark.parametrize("value", ["nonsense://u:s3cret@proxy:1", "http://u:s3cret@proxy:port"])
async def test_settings_that_are_no_proxy_are_named_but_not_repeated(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)
    api = Api(connection("acme"), retry=RetryPolicy(attempts=1))
    with pytest.raises(ProxyFailure) as caught:
        await api.call(READ)
    error = caught.value
    assert "HTTPS_PROXY" in error.meaning
    assert "s3cret" not in f"{error} {error.meaning} {error.todo}"
    assert error.__context__ is None
    await api.aclose()
