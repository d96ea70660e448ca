"""What went wrong at a proxy: it is named with its variable, and the server behind it is not blamed."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from cotui.api.errors import ApiError, ProxyFailure, ProxyUnreachable
from cotui.api.transport.system_errors import causes, no_such_name

if TYPE_CHECKING:
    from cotui.api.connection import Connection
    from cotui.api.transport.proxy import Proxy

#: told by the HTTP library what happens to its connections (httpcore's "trace" extension)
Trace = Callable[[str, Mapping[str, Any]], None]

#: httpcore says so when a proxy has made the way to the server and TLS with that begins
_THROUGH: Final = frozenset({"proxy.start_tls.started", "socks.start_tls.started"})
_STATUS: Final = re.compile(r"(\d{3})\b")


class UnsolicitedAnswerError(Exception):
    """On a new connection there is an answer, or its end, before anything was asked."""


class RequestProgress:
    """How one request goes, and how far it has come.

    Attributes:
        proxy: the proxy it goes through, None where it goes straight to the server.
        at_proxy: it is being connected to the proxy, or asks it for the way on; the server knows nothing of it.
        left: some of it may have left this machine.
        whole: the connection did not end while it was being sent.
    """

    __slots__ = ("_stream", "at_proxy", "left", "proxy", "whole")

    def __init__(self, proxy: Proxy | None = None) -> None:
        self.proxy = proxy
        self.at_proxy = False
        self.left = False
        self.whole = True
        #: the connection, where it was made for this request and is not encrypted
        self._stream: Any = None

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of what the HTTP library does; a connection that is used again passes no proxy anew.

        Raises:
            UnsolicitedAnswerError: an answer is there before anything was asked.
        """
        if event.endswith("connect_tcp.started"):
            self.at_proxy = self.proxy is not None
        elif event.endswith("connect_tcp.complete"):
            self._stream = info["return_value"] if self.proxy is None else None
        elif event.endswith("start_tls.started"):
            self._stream = None  # what can be read there may be TLS's own
            if event in _THROUGH:
                self.at_proxy = False
        elif event.startswith("http11.send_request") and not self.at_proxy:
            self._sending(event)

    def _sending(self, event: str) -> None:
        if event == "http11.send_request_headers.started":
            if self._answered():
                raise UnsolicitedAnswerError
            self.left = True
        elif event.endswith(".failed"):  # what was answered before that is read all the same
            self.whole = False

    def _answered(self) -> bool:
        """Whether an answer, or the connection's end, is there already."""
        return self._stream is not None and bool(self._stream.get_extra_info("is_readable"))

    async def trace_later(self, event: str, info: Mapping[str, Any]) -> None:
        """The same, for the asynchronous client."""
        self.trace(event, info)


def named(proxy: Proxy) -> str:
    """The proxy in words, without its password."""
    return f"the proxy {proxy.address} (set in {proxy.variable})"


def explain(error: BaseException, connection: Connection, proxy: Proxy) -> ApiError:
    """The cause of a request that came no further than a proxy."""
    import httpx

    if isinstance(error, httpx.ProxyError):
        return _refused_by(str(error), connection, proxy)
    if isinstance(error, httpx.ConnectTimeout):
        return _unreached(f"The proxy {proxy.address} does not answer", connection, proxy)
    if isinstance(error, httpx.TimeoutException):
        what = f"The proxy {proxy.address} sent nothing for {connection.timeout:g} seconds"
        return _unreached(what, connection, proxy)
    if isinstance(error, httpx.ConnectError):
        return _not_connected(error, connection, proxy)
    if isinstance(error, UnicodeError | OverflowError | httpx.InvalidURL):
        return _wrong(f"The proxy in {proxy.variable} cannot be used", connection, proxy)
    if isinstance(error, httpx.RemoteProtocolError) and "disconnected" not in str(error):
        return _wrong(f"What answers at {proxy.address} is no {proxy.scheme} proxy", connection, proxy)
    return _unreached(f"The proxy {proxy.address} broke the connection off", connection, proxy)


def _not_connected(error: BaseException, connection: Connection, proxy: Proxy) -> ApiError:
    for cause in causes(error):
        if isinstance(cause, ssl.SSLError):
            return _no_tls(cause, connection, proxy)
        if isinstance(cause, socket.gaierror):
            if no_such_name(cause):
                return _wrong(f"There is no proxy named {proxy.host}", connection, proxy)
            return _unreached(f"The proxy's name {proxy.host} cannot be looked up", connection, proxy)
        if isinstance(cause, ConnectionRefusedError):
            return _unreached(f"The proxy {proxy.address} refuses the connection", connection, proxy)
    return _unreached(f"The proxy {proxy.address} cannot be reached", connection, proxy)


def _no_tls(cause: ssl.SSLError, connection: Connection, proxy: Proxy) -> ApiError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        what = f"The certificate of the proxy {proxy.address} is not trusted"
        todo = "Ask whoever runs the proxy for its issuer's certificate, and put it into the system's trust store."
    else:
        what = f"No encrypted connection to the proxy {proxy.address} is possible"
        todo = f"Most proxies want http:// in {proxy.variable}, for what is inside is encrypted anyway."
    return ProxyFailure(what, meaning=_meaning(connection, proxy), todo=todo)


def _refused_by(words: str, connection: Connection, proxy: Proxy) -> ApiError:
    found = _STATUS.match(words)
    status = int(found[1]) if found else 0
    if status == 407 or "auth" in words.lower():
        given = (
            "does not accept the user name and password" if proxy.auth else "wants a user name and password"
        )
        return ProxyFailure(
            f"The proxy {proxy.address} {given}",
            meaning=f"{_meaning(connection, proxy)} They are not ChargeOver's keys.",
            todo=f"Write them into {proxy.variable}: {proxy.scheme}://USER:PASSWORD@{proxy.address}, special characters "
            "as %XX.",
            status=status or None,
        )
    if 400 <= status < 500:
        return ProxyFailure(
            f"The proxy {proxy.address} does not let us through to {connection.host} ({status})",
            meaning=_meaning(connection, proxy),
            todo=f"Ask whoever runs the proxy to allow {connection.host}, or put that into NO_PROXY.",
            status=status,
        )
    said = f" ({status})" if status else ""
    return ProxyUnreachable(
        f"The proxy {proxy.address} finds no way to {connection.host}{said}",
        meaning=f"The proxy that is set in {proxy.variable} was reached, but says that it can't connect to the server.",
        todo=f"Try again; if it stays, ask whoever runs the proxy, or put {connection.host} into NO_PROXY.",
        status=status or None,
    )


def _unreached(what: str, connection: Connection, proxy: Proxy) -> ApiError:
    return ProxyUnreachable(what, meaning=_meaning(connection, proxy), todo=_todo(connection, proxy))


def _wrong(what: str, connection: Connection, proxy: Proxy) -> ApiError:
    return ProxyFailure(what, meaning=_meaning(connection, proxy), todo=_todo(connection, proxy))


def _meaning(connection: Connection, proxy: Proxy) -> str:
    return f"Requests go through the proxy that is set in {proxy.variable}; {connection.host} was not asked."


def _todo(connection: Connection, proxy: Proxy) -> str:
    return (
        f"Correct {proxy.variable} or unset it, or put {connection.host} into NO_PROXY. "
        "Ask whoever runs the proxy."
    )
