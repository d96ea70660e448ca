"""Sends one request with httpx and says in plain words why it failed. The worker is its only user.

httpx, truststore and ssl are loaded when the first request is made (or `prepare` is called), not when
this module is imported.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import importlib
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast, overload

from cotui import __version__
from cotui.api.errors import ApiError, Dropped, ProxyFailure, TimedOut, TooLarge
from cotui.api.transport import faults
from cotui.api.transport.causes import local_failure
from cotui.api.transport.envelope import Reply
from cotui.api.transport.proxy import Proxy, find_proxy
from cotui.api.transport.proxy_faults import SpokeFirstError, Trace, Way
from cotui.api.transport.retry import parse_retry_after
from cotui.api.transport.trust import check_trust
from cotui.api.transport.unpacking import ACCEPTED, PackedError, TooLargeError, Unpacker

if TYPE_CHECKING:
    import ssl

    import httpx

    from cotui.api.calls import Call
    from cotui.api.connection import Connection
    from cotui.api.transport.head_start import HeadStart

USER_AGENT = f"cotui/{__version__}"
#: bytes of one answer, packed or not; a full page of the longest records stays far below
MAX_ANSWER = 32 * 1024 * 1024
#: requests under way at once, each on a connection of its own
CONNECTIONS = 4
#: most seconds to wait for a connection to be made, however patient the profile is otherwise
CONNECT_TIMEOUT = 10.0
#: a whole answer may take this many times the profile's timeout, so that a trickle ends as well
WHOLE_ANSWER = 2
#: seconds an unused connection is kept; making one costs several round trips on a slow line
KEEP_ALIVE = 30.0


class HttpClient:
    """The line to one account.

    Args:
        connection: where to and with which keys.
        transport: instead of the network, for the in-process sandbox and for tests.
        wall_clock: seconds since 1970, for signatures and dates in Retry-After.
        max_answer: bytes of one answer beyond which reading stops.
        connections: sockets open at once, at most.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        wall_clock: Callable[[], float] = time.time,
        max_answer: int = MAX_ANSWER,
        connections: int = CONNECTIONS,
    ) -> None:
        self._connection = connection
        self._transport = transport
        self._wall_clock = wall_clock
        self._max_answer = max_answer
        self._connections = connections
        self._credentials = _Credentials(connection, wall_clock)
        self._client: httpx.AsyncClient | None = None
        #: for writes, which share no connection: an answer left over on one would be taken for theirs
        self._writing: httpx.AsyncClient | None = None
        self._making = threading.Lock()
        self._head_start: HeadStart | None = None
        #: the way of the request that was sent ahead
        self._early_way = Way()
        #: what requests go through; looked for when the first client is made
        self._proxy: Proxy | None = None

    def prepare(self) -> httpx.AsyncClient:
        """Load all that the first request needs and make the client; safe in another thread, and again.

        Raises:
            ProxyFailure: the environment's proxy settings cannot be used.
            BadTrustFile: the environment's list of certificate issuers cannot be used.
        """
        with self._making:
            if self._client is None:
                self._client = self._make_client()
                if self._transport is None:
                    _load_at_leisure()
            return self._client

    def begin(self, call: Call) -> None:
        """Send a request from a thread; `send` takes its answer when it is to make exactly this one.

        A transport of our own has nothing that could be sent ahead; nothing happens then.

        Raises:
            ProxyFailure: the environment's proxy settings cannot be used.
        """
        if self._transport is not None:
            return
        from cotui.api.transport.head_start import HeadStart

        client = self._make_client(sync=True)
        way = self._early_way = Way(self._proxy)

        def exchange(call: Call, trace: Trace) -> Reply:
            def heard(event: str, info: Mapping[str, Any]) -> None:
                way.trace(event, info)
                trace(event, info)

            with client:
                return self._exchange_at_once(client, call, heard)

        with contextlib.suppress(
            RuntimeError
        ):  # there are too many threads: the request is made when its time comes
            self._head_start = HeadStart(call, exchange)

    async def send(self, call: Call) -> Reply:
        """Send one request, once, and read the whole answer.

        A write gets a connection of its own, so that no other request's answer can be taken for its own. Reads
        share connections as long as nothing is left on them. Cancelling closes the socket.

        Raises:
            ApiError: no whole answer arrived; its type names the cause.
        """
        # httpx's errors lead to the request and its headers, so ours are raised outside of the handlers:
        # nothing links back to them.
        failure: ApiError
        whole = self._connection.timeout * WHOLE_ANSWER
        way = Way()
        try:
            client = self._client_for(call)
            way = Way(self._proxy)
            async with asyncio.timeout(whole):
                early = self._taken(call)
                if early is not None:
                    way = self._early_way
                    if (reply := await early) is not None:
                        return reply
                    way = Way(self._proxy)
                return await self._exchange(client, call, way)
        except ApiError:
            raise
        except TimeoutError:
            failure = self._too_slow(whole, way)
        except PackedError as error:
            import httpx

            failure = faults.explain(httpx.DecodingError(str(error)), self._connection, way)
        except TooLargeError:
            failure = TooLarge(f"The answer is larger than {self._max_answer // (1024 * 1024)} MB")
        except SpokeFirstError:
            failure = Dropped(
                f"{self._connection.host} spoke, or broke off, before it was asked",
                meaning="What came can't be about this request, so it was not sent.",
            )
            failure.never_sent = True
        except Exception as error:  # httpx, httpcore, ssl and sockets have no kind in common; others go on
            if not _of_the_network(error):
                raise
            failure = faults.explain(error, self._connection, way)
        if way.left:
            failure.never_sent = False  # such as memory that runs out while the answer is read
        raise failure

    def _too_slow(self, whole: float, way: Way) -> ApiError:
        import httpx

        if way.at_proxy:
            return faults.explain(httpx.ReadTimeout(""), self._connection, way)
        return TimedOut(f"{self._connection.host} did not finish its answer within {whole:g} seconds")

    async def aclose(self) -> None:
        """Close every socket. The client can be used again, with new ones."""
        early, self._head_start = self._head_start, None
        if early is not None:
            early.abandon()
        with self._making:
            clients = (self._client, self._writing)
            self._client = self._writing = None
        for client in clients:
            if client is not None:
                await client.aclose()

    def _client_for(self, call: Call) -> httpx.AsyncClient:
        client = self.prepare()
        if call.reads or self._transport is not None:
            return client
        with self._making:
            if self._writing is None:
                self._writing = self._make_client(kept=False)
            return self._writing

    def _taken(self, call: Call) -> Awaitable[Reply | None] | None:
        """What was sent ahead, where that is this very request; awaiting it brings the answer, or None.

        Faults of the network are handed on: they cost the same wait and are told in the same words as if the
        request had been made now. Only what is no fault of the network, such as a thread that could not be
        started, leaves the request to be made in the usual way.
        """
        early = self._head_start
        if early is None or (early.call != call and not early.stale):
            return None
        self._head_start = None
        if early.stale:
            return None

        async def answer() -> Reply | None:
            try:
                return await early.answer()
            except (ApiError, PackedError, TooLargeError):
                raise
            except Exception as error:  # as above; what the thread alone met is no reason to fail
                if isinstance(error, RuntimeError | MemoryError) or not _of_the_network(error):
                    return None  # the usual way will show whether it is ours
                raise

        return answer()

    async def _exchange(self, client: httpx.AsyncClient, call: Call, way: Way) -> Reply:
        from cotui.api.transport import leftovers

        request = self._request(client, call)
        if way.proxy is not None or not call.reads:
            request.extensions["trace"] = way.trace_later
        response = await client.send(request, auth=self._credentials, stream=True, follow_redirects=False)
        leftovers.watch(response)
        body = bytearray()
        try:
            unpacker = self._unpacker(response)
            # its stream is the body as it comes, which httpx would unpack in one go
            async for part in _stream_of(response):
                for number, piece in enumerate(unpacker.unpack(part)):
                    if number:
                        await asyncio.sleep(0)  # keys come first
                    body += piece
        finally:
            await response.aclose()
        if not way.whole and response.status_code < 400:
            raise Dropped(f"{self._connection.host} answered before it had the whole request")
        return self._reply(response, body)

    def _exchange_at_once(self, client: httpx.Client, call: Call, trace: Trace) -> Reply:
        """The same as `_exchange`, for a thread that may block."""
        request = self._request(client, call)
        request.extensions["trace"] = trace
        response = client.send(request, auth=self._credentials, stream=True, follow_redirects=False)
        body = bytearray()
        try:
            unpacker = self._unpacker(response)
            for part in _stream_at_once_of(response):
                for piece in unpacker.unpack(part):
                    body += piece
        finally:
            response.close()
        return self._reply(response, body)

    def _request(self, client: httpx.AsyncClient | httpx.Client, call: Call) -> httpx.Request:
        headers = {} if call.body is None else {"Content-Type": "application/json"}
        if not call.reads:
            headers["Connection"] = "close"
        return client.build_request(
            call.method, call.target(self._connection.url), content=call.body, headers=headers
        )

    def _unpacker(self, response: httpx.Response) -> Unpacker:
        return Unpacker(response.headers.get("content-encoding", ""), self._max_answer)

    def _reply(self, response: httpx.Response, body: bytearray) -> Reply:
        known = {name.lower(): value for name, value in response.headers.items()}
        return Reply(
            response.status_code,
            known,
            bytes(body),
            self._retry_after(known),
            local=self._connection.loopback,
        )

    def _retry_after(self, headers: dict[str, str]) -> float | None:
        value = headers.get("retry-after")
        if value is None:
            return None
        return parse_retry_after(value, date=headers.get("date", ""), now=self._wall_clock())

    @overload
    def _make_client(self, *, sync: Literal[True]) -> httpx.Client: ...

    @overload
    def _make_client(self, *, sync: Literal[False] = False, kept: bool = True) -> httpx.AsyncClient: ...

    def _make_client(self, *, sync: bool = False, kept: bool = True) -> httpx.AsyncClient | httpx.Client:
        """Args: sync: for a thread that may block. kept: connections are used again."""
        _load_httpx()
        import httpx

        proxy = None
        # What stays on this machine never goes through a proxy, which could read the keys.
        if self._transport is None and not self._connection.loopback:
            proxy = self._proxy = find_proxy(self._connection.url)
        try:
            if sync:
                return httpx.Client(**self._options(proxy, kept))
            return httpx.AsyncClient(transport=self._transport, **self._options(proxy, kept))
        except (ValueError, httpx.InvalidURL):
            pass  # the proxy's address may be in the error: it is not repeated
        except ImportError:  # httpx[socks] is an extra
            if proxy is None:
                raise
        variable = proxy.variable if proxy is not None else "the environment"
        if proxy is not None and proxy.scheme.startswith("socks"):
            raise ProxyFailure(
                f"{variable} names a SOCKS proxy, for which a package is missing",
                meaning="Python speaks SOCKS by the package socksio, which is not installed. Nothing was sent.",
                todo="Install cotui with its extra socks (pip install socksio does the same), or name an http proxy.",
            )
        raise ProxyFailure(
            f"The proxy in {variable} cannot be used", todo=f"Correct {variable}, or unset it."
        )

    def _options(self, proxy: Proxy | None, kept: bool) -> dict[str, Any]:
        """What every client of this account is made with.

        Raises:
            BadTrustFile: the environment's list of certificate issuers cannot be used.
        """
        import httpx

        connection = self._connection
        if self._transport is None and connection.url.startswith("https:"):
            check_trust()
        return {
            # The proxy is found by `find_proxy`, trusted issuers by the context below.
            "trust_env": False,
            "proxy": proxy and httpx.Proxy(proxy.url, auth=proxy.auth, ssl_context=_tls_with(proxy)),
            # A transport of our own brings its own ideas of TLS; httpx then leaves this alone.
            "verify": tls_context() if self._transport is None else True,
            "headers": {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": ACCEPTED},
            "timeout": httpx.Timeout(connection.timeout, connect=min(CONNECT_TIMEOUT, connection.timeout)),
            "limits": httpx.Limits(
                max_connections=self._connections,
                max_keepalive_connections=self._connections if kept else 0,
                keepalive_expiry=KEEP_ALIVE,
            ),
            "follow_redirects": False,
        }


class _Credentials:
    """Puts the Authorization header on a request; keeps the key out of every repr and local variable."""

    __slots__ = ("_connection", "_wall_clock")

    def __init__(self, connection: Connection, wall_clock: Callable[[], float]) -> None:
        self._connection = connection
        self._wall_clock = wall_clock

    def __call__(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = (
            self._signature(request) if self._connection.auth == "signature" else self._basic()
        )
        return request

    def _basic(self) -> str:
        import base64

        pair = f"{self._connection.username}:{self._connection.password}"
        return "Basic " + base64.b64encode(pair.encode()).decode("ascii")

    def _signature(self, request: httpx.Request) -> str:
        from cotui.api.transport.signature import authorization, make_nonce, sign

        nonce, timestamp = make_nonce(), int(self._wall_clock())
        signature = sign(
            public_key=self._connection.username,
            private_key=self._connection.password,
            url=str(request.url),
            nonce=nonce,
            timestamp=timestamp,
            body=request.content,
        )
        return authorization(
            public_key=self._connection.username, signature=signature, nonce=nonce, timestamp=timestamp
        )


def _stream_of(response: httpx.Response) -> httpx.AsyncByteStream:
    return cast("httpx.AsyncByteStream", response.stream)


def _stream_at_once_of(response: httpx.Response) -> httpx.SyncByteStream:
    return cast("httpx.SyncByteStream", response.stream)


def _of_the_network(error: BaseException) -> bool:
    """Whether this is no bug of ours: the network's, or what this machine lacks.

    An address that can't be looked up is a UnicodeError or an OverflowError to Python.
    """
    import httpx

    network = (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, OverflowError)
    return isinstance(error, network) or local_failure(error) is not None


def _tls_with(proxy: Proxy) -> ssl.SSLContext | None:
    """How a proxy proves who it is; most are spoken to without TLS."""
    return tls_context() if proxy.scheme == "https" else None


@functools.cache
def tls_context() -> ssl.SSLContext:
    """The one TLS context of the process: verifies with the system's own trust store.

    On Linux, SSL_CERT_FILE and SSL_CERT_DIR of the environment name other places to look (see
    `cotui.api.transport.trust`).
    """
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _load_at_leisure() -> None:
    """What httpx and the envelope reader would load in the middle of the first request (about 20 ms)."""
    for name in ("msgspec", "anyio._backends._asyncio"):
        with contextlib.suppress(ImportError):  # whoever needs it will say so
            importlib.import_module(name)


@functools.cache
def _load_httpx() -> None:
    """Load httpx without its command line, which it would load as well where click is installed (27 ms)."""
    if "httpx" in sys.modules:
        return
    command_line = "httpx._main"
    # None makes Python answer "no such module", which httpx takes for "not installed".
    sys.modules[command_line] = None  # type: ignore[assignment]  # typeshed knows modules only
    try:
        importlib.import_module("httpx")
    finally:
        sys.modules.pop(command_line, None)
