"""TLS with certificates of a test's own issuer."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime

import pytest
import trustme

from cotui.api import Api, Call, RetryPolicy, TlsFailure
from cotui.api.transport.tls import tls_context
from tests.api.loopback import http, read_request, serving
from tests.api.support import connection

READ = Call("GET", "customer", reads=True)


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(http(b'{"status":"OK","response":true}'))
    await writer.drain()


async def ask(port: int, host: str = "localhost") -> object:
    api = Api(connection(f"https://{host}:{port}"), retry=RetryPolicy(attempts=1))
    try:
        return (await api.call(READ)).response
    finally:
        await api.aclose()


async def test_a_certificate_of_a_trusted_issuer_is_accepted(issuer: trustme.CA) -> None:
    async with serving(greet, server_context(issuer.issue_cert("localhost"))) as port:
        assert await ask(port) is True


async def test_an_unknown_issuer_is_refused_and_the_way_out_named(issuer: trustme.CA) -> None:
    seen: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))

    async with serving(server, server_context(trustme.CA().issue_cert("localhost"))) as port:
        with pytest.raises(TlsFailure) as caught:
            await ask(port)
    error = caught.value
    assert f"localhost:{port}" in error.what
    assert "SSL_CERT_FILE" in error.todo
    assert "trust store" in error.todo
    assert seen == [], "no key was sent"


async def test_a_certificate_for_another_name_is_refused(issuer: trustme.CA) -> None:
    async with serving(greet, server_context(issuer.issue_cert("elsewhere.example.org"))) as port:
        with pytest.raises(TlsFailure, match="not for localhost"):
            await ask(port)


async def test_a_certificate_that_ran_out_is_refused(issuer: trustme.CA) -> None:
    old = issuer.issue_cert(
        "localhost", not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2020, 2, 1, tzinfo=UTC)
    )
    async with serving(greet, server_context(old)) as port:
        with pytest.raises(TlsFailure, match="not valid today") as caught:
            await ask(port)
    assert "date" in caught.value.todo


async def test_a_server_without_tls_is_said_to_have_none() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with serving(plain) as port:
        with pytest.raises(TlsFailure, match="No encrypted connection"):
            await ask(port, "127.0.0.1")


def test_the_context_is_shared_and_verifies() -> None:
    tls_context.cache_clear()
    context = tls_context()
    assert context is tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
