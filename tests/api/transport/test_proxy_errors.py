"""What a proxy does is the proxy's: it is named with its variable, and the server behind it is not blamed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cotui.api import ApiError, ProxyFailure, ProxyUnreachable
from tests.api.loopback import Answer, http, read_request, serving
from tests.api.transport.proxies import failure, words


def says(status: str, body: bytes = b"") -> Answer:
    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(http(body, status))
        await writer.drain()

    return proxy


def raw(answer: bytes) -> Answer:
    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    return proxy


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(-1)


AT_PROXY: dict[str, tuple[Answer, type[ApiError], str]] = {
    "wants a login": (
        says("407 Proxy Authentication Required"),
        ProxyFailure,
        "wants a user name and password",
    ),
    "forbids": (says("403 Forbidden", b"<html>no</html>"), ProxyFailure, "does not let us through to acme"),
    "does not know CONNECT": (says("405 Method Not Allowed"), ProxyFailure, "does not let us through"),
    "finds no way": (says("502 Bad Gateway", b"<html>sad</html>"), ProxyUnreachable, "finds no way to acme"),
    "is late": (says("504 Gateway Timeout"), ProxyUnreachable, "finds no way to acme"),
    "redirects": (says("302 Found"), ProxyUnreachable, "finds no way to acme"),
    "hangs up": (raw(b""), ProxyUnreachable, "broke the connection off"),
    "is no proxy": (raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), ProxyFailure, "is no http proxy"),
    "says nothing": (silent, ProxyUnreachable, "sent nothing for 0.2 seconds"),
}


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("name", AT_PROXY)
async def test_what_a_proxy_does_is_the_proxys(
    monkeypatch: pytest.MonkeyPatch, name: str, early: bool
) -> None:
    answer, kind, said = AT_PROXY[name]
    async with serving(answer) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{port}")
        # only who says nothing is given up soon: an answer may take its time on a busy machine
        error = await failure(early, timeout=0.2 if answer is silent else 30)
    blames_the_proxy(error, f"127.0.0.1:{port}", "HTTPS_PROXY")
    assert type(error) is kind
    assert said in error.what
    assert "Chargeover" not in error.what


async def test_a_login_that_a_proxy_does_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(says("407 x")) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:s3cret@127.0.0.1:{port}")
        error = await failure()
    assert "does not accept the user name and password" in error.what
    assert "s3cret" not in words(error)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("http://127.0.0.1:1", ProxyUnreachable, "127.0.0.1:1 refuses the connection"),
        ("http://proxy.invalid:3128", ProxyFailure, "There is no proxy named proxy.invalid"),
    ],
)
async def test_a_proxy_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, value: str, kind: type[ApiError], said: str, early: bool
) -> None:
    import socket

    real = socket.getaddrinfo

    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host in ("proxy.invalid", b"proxy.invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setenv("all_proxy", value)
    error = await failure(early)
    assert type(error) is kind
    assert said in error.what
    blames_the_proxy(error, value.removeprefix("http://").split(":")[0], "all_proxy")


async def test_a_proxy_that_should_speak_tls_and_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:

        async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()

        async with serving(plain) as port:
            monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{port}")
            error = await failure()
    blames_the_proxy(error, f"127.0.0.1:{port}", "HTTPS_PROXY")
    assert "http:// in HTTPS_PROXY" in error.todo


def blames_the_proxy(error: ApiError, address: str, variable: str) -> None:
    assert isinstance(error, ProxyFailure)
    assert error.never_sent
    assert address in error.what
    assert variable in words(error)
    assert "cotui sandbox" not in words(error)
    assert "status page" not in words(error)
    assert "proxy" in error.what
