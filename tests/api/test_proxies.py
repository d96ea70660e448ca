"""Proxies from the environment: used for the internet, never for this machine, and blamed for what is theirs."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import Api, ApiError, Call, Connection, ProxyFailure, ProxyUnreachable, RetryPolicy
from cotui.api.errors import Dropped, Refused, TimedOut, TlsFailure
from cotui.api.transport.proxy import bypasses, find_proxy, read_proxy
from cotui.api.transport.tls import tls_context
from tests.api.loopback import Answer, http, read_request, serving
from tests.api.support import connection

READ = Call("GET", "customer", reads=True)
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
URL = "https://acme.chargeover.com/api/v3"
OK = http(b'{"status":"OK","response":true}')


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


async def failure(early: bool = False, host: str = "acme", **settings: Any) -> ApiError:
    """What a read fails with: made in the usual way, or sent ahead of the screens."""
    api = Api(connection(host, **settings), retry=RetryPolicy(attempts=1))
    try:
        if early:
            api.begin(READ)
        with pytest.raises(ApiError) as caught:
            await api.call(READ)
        return caught.value
    finally:
        await api.aclose()


def words(error: ApiError) -> str:
    return f"{error.what} {error.meaning} {error.todo}"


# -- whether and which ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "host", "port", "means"),
    [
        ("*", "acme.chargeover.com", 443, True),
        ("acme.chargeover.com", "acme.chargeover.com", 443, True),
        ("ACME.ChargeOver.com.", "acme.chargeover.com", 443, True),
        ("chargeover.com", "acme.chargeover.com", 443, True),
        (".chargeover.com", "acme.chargeover.com", 443, True),
        (".chargeover.com", "chargeover.com", 443, True),
        ("*.chargeover.com", "acme.chargeover.com", 443, True),
        ("*geover.com", "acme.chargeover.com", 443, True),
        ("acme.*", "acme.chargeover.com", 443, True),
        ("over.com", "acme.chargeover.com", 443, False),
        ("other.com", "acme.chargeover.com", 443, False),
        ("chargeover.com:443", "acme.chargeover.com", 443, True),
        ("chargeover.com:8443", "acme.chargeover.com", 443, False),
        ("chargeover.com:*", "acme.chargeover.com", 443, True),
        ("https://chargeover.com", "acme.chargeover.com", 443, True),
        ("https://chargeover.com/", "acme.chargeover.com", 443, True),
        ("all://chargeover.com", "acme.chargeover.com", 443, True),
        ("http://chargeover.com", "acme.chargeover.com", 443, False),
        ("müller.example", "xn--mller-kva.example", 443, True),
        ("MÜLLER.example", "xn--mller-kva.example", 443, True),
        ("*.müller.example", "billing.xn--mller-kva.example", 443, True),
        ("xn--mller-kva.example", "xn--mller-kva.example", 443, True),
        ("muller.example", "xn--mller-kva.example", 443, False),
        ("10.1.2.3", "10.1.2.3", 443, True),
        ("10.1.2.3:443", "10.1.2.3", 443, True),
        ("10.1.2.3:80", "10.1.2.3", 443, False),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.9.9.9/8", "10.1.2.3", 443, True),
        ("10.0.0.0/255.0.0.0", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.0.0.0/8", "acme.chargeover.com", 443, False),
        ("10.*", "10.1.2.3", 443, True),
        ("::1", "::1", 443, True),
        ("[::1]", "::1", 443, True),
        ("[::1]:443", "::1", 443, True),
        ("[::1]:80", "::1", 443, False),
        ("0:0:0:0:0:0:0:1", "::1", 443, True),
        ("fd00::/8", "fd12::1", 443, True),
        ("[fd00::]/8", "fd12::1", 443, True),
        ("fd00::/8", "fe80::1", 443, False),
        ("fd00::/8", "10.1.2.3", 443, False),
        ("10.0.0.0/8", "::ffff:10.1.2.3", 443, True),
        ("[::1", "::1", 443, True),
        ("10.0.0.0/99", "10.1.2.3", 443, False),
        ("[]", "::1", 443, False),
        ("a..b", "acme.chargeover.com", 443, False),
        (".", "acme.chargeover.com", 443, False),
        (":", "acme.chargeover.com", 443, False),
    ],
)
def test_no_proxy(entry: str, host: str, port: int, means: bool) -> None:
    assert bypasses(entry, host, port) is means


@given(
    st.text(max_size=40), st.sampled_from(["acme.chargeover.com", "10.1.2.3", "::1", "xn--mller-kva.example"])
)
def test_no_entry_is_a_fault(entry: str, host: str) -> None:
    assert isinstance(bypasses(entry, host, 443), bool)


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({}, None),
        ({"HTTPS_PROXY": ""}, None),
        ({"HTTPS_PROXY": "  "}, None),
        ({"HTTP_PROXY": "http://p:1"}, None),
        ({"HTTP_PROXY": "not a proxy://"}, None),
        ({"HTTPS_PROXY": "http://p:1"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": " http://p:1 "}, ("HTTPS_PROXY", "http://p:1")),
        ({"https_proxy": "http://q:2", "HTTPS_PROXY": "http://p:1"}, ("https_proxy", "http://q:2")),
        ({"https_proxy": "", "HTTPS_PROXY": "http://p:1"}, None),
        ({"https_proxy": "", "ALL_PROXY": "http://p:1"}, ("ALL_PROXY", "http://p:1")),
        ({"all_proxy": "socks://p", "HTTPS_PROXY": "http://q:2"}, ("HTTPS_PROXY", "http://q:2")),
        ({"all_proxy": "p:1"}, ("all_proxy", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.b, acme.chargeover.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "a.b chargeover.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": " , ,"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "[::1],fd00::/8,müller"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:1", "no_proxy": "", "NO_PROXY": "*"}, ("HTTPS_PROXY", "http://p:1")),
        ({"HTTPS_PROXY": "http://p:99999", "NO_PROXY": "*"}, None),
    ],
)
def test_which_variable_is_taken(env: dict[str, str], found: tuple[str, str] | None) -> None:
    proxy = find_proxy(URL, env)
    assert (proxy and (proxy.variable, proxy.url)) == found


@pytest.mark.parametrize(
    ("value", "url", "auth"),
    [
        ("proxy", "http://proxy:80", None),
        ("proxy:3128", "http://proxy:3128", None),
        ("http://proxy:3128/", "http://proxy:3128", None),
        ("HTTPS://Proxy", "https://proxy:443", None),
        ("socks5://proxy", "socks5://proxy:1080", None),
        ("socks5h://proxy:9", "socks5h://proxy:9", None),
        ("socks://127.0.0.1:9/", "socks5://127.0.0.1:9", None),
        ("http://[::1]:3128", "http://[::1]:3128", None),
        ("my_proxy:1", "http://my_proxy:1", None),
        ("http://müller.example:1", "http://xn--mller-kva.example:1", None),
        ("http://u:p%40ss@proxy:1", "http://proxy:1", ("u", "p@ss")),
        ("u:p@proxy:1", "http://proxy:1", ("u", "p")),
        ("http://u:p@ss@proxy:1", "http://proxy:1", ("u", "p@ss")),
        ("http://u@proxy:1", "http://proxy:1", ("u", "")),
        ("http://:@proxy:1", "http://proxy:1", None),
    ],
)
def test_addresses_of_proxies(value: str, url: str, auth: tuple[str, str] | None) -> None:
    proxy = read_proxy(value, "HTTPS_PROXY")
    assert (proxy.url, proxy.auth) == (url, auth)
    assert "p@ss" not in f"{proxy} {proxy.address}"


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


@given(st.text(min_size=1, max_size=60))
def test_whatever_is_set_is_a_proxy_or_is_refused_in_words(value: str) -> None:
    proxy, refusal = None, ""
    try:
        proxy = find_proxy(URL, {"HTTPS_PROXY": value})
    except ProxyFailure as error:
        refusal = error.what
    assert not refusal or "HTTPS_PROXY" in refusal
    assert proxy is None or (proxy.url.isascii() and proxy.url.isprintable() and 0 < proxy.port < 65536)


async def test_socks_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://u:s3cret@127.0.0.1:1080")
    error = await failure()
    assert type(error) is ProxyFailure
    assert "ALL_PROXY names a SOCKS proxy" in error.what
    assert "socksio" in error.todo
    assert "s3cret" not in words(error)


# -- what goes through ---------------------------------------------------------------------


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


# -- who is to blame -----------------------------------------------------------------------


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
        error = await failure(early, timeout=0.2)
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


# -- behind a proxy that does its work -------------------------------------------------------


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


@pytest.fixture
def issuer(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "issuer.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "issuer.pem"))
    tls_context.cache_clear()
    yield made
    tls_context.cache_clear()


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
        error = await failure(timeout=0.5)
    assert type(error) is kind
    assert said in error.what
    assert f"the proxy 127.0.0.1:{port} (set in HTTPS_PROXY)" in error.meaning, "who may have done it is said"


async def test_only_what_goes_straight_to_this_machine_may_be_the_sandbox() -> None:
    here = await failure(host="http://127.0.0.1:1")
    assert type(here) is Refused
    assert "`cotui sandbox`" in here.todo


def test_the_sandbox_is_not_named_for_hosts_elsewhere() -> None:
    from cotui.api.transport import httpx_errors
    from cotui.api.transport.proxy_errors import RequestProgress

    httpx = pytest.importorskip("httpx")
    error = httpx.ConnectError("x")
    error.__cause__ = ConnectionRefusedError()
    elsewhere = Connection("x", "https://10.1.2.3:8443", "u", "p")
    assert "sandbox" not in words(httpx_errors.explain(error, elsewhere, RequestProgress()))
