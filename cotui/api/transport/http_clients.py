"""Makes the httpx clients of an account: its proxy, certificates and limits, and its keys on every request.

httpx, truststore and ssl are loaded when the first client is made, not when this module is imported.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from cotui import __version__
from cotui.api.errors import ProxyFailure
from cotui.api.transport.decompression import ACCEPTED
from cotui.api.transport.proxy import Proxy, find_proxy
from cotui.api.transport.tls import check_trust, tls_context

if TYPE_CHECKING:
    from types import ModuleType

    import httpx

    from cotui.api.connection import Connection

USER_AGENT = f"cotui/{__version__}"
#: most seconds to wait for a connection to be made, however patient the profile is otherwise
CONNECT_TIMEOUT = 10.0
#: seconds an unused connection is kept; making one costs several round trips on a slow line
KEEP_ALIVE = 30.0

_Client = TypeVar("_Client")


class HttpClients:
    """Makes clients for one account.

    Args:
        transport: instead of the network.
        wall_clock: seconds since 1970, for signatures.
        connections: sockets that a client has open at once, at most.

    Attributes:
        proxy: what requests go through; looked for when a client is made.
    """

    def __init__(
        self,
        connection: Connection,
        transport: httpx.AsyncBaseTransport | None,
        wall_clock: Callable[[], float],
        connections: int,
    ) -> None:
        self.proxy: Proxy | None = None
        self._connection = connection
        self._transport = transport
        self._wall_clock = wall_clock
        self._connections = connections

    def make(self, *, kept: bool = True) -> httpx.AsyncClient:
        """A client for the event loop.

        Args:
            kept: its connections are used again.

        Raises:
            ProxyFailure: the environment's proxy settings cannot be used.
            BadTrustFile: the environment's list of certificate issuers cannot be used.
        """
        _load_httpx()
        import httpx

        return self._made(lambda options: httpx.AsyncClient(transport=self._transport, **options), kept)

    def make_blocking(self) -> httpx.Client:
        """A client for a thread that may block; raises as `make` does."""
        _load_httpx()
        import httpx

        return self._made(lambda options: httpx.Client(**options), kept=True)

    def _made(self, client: Callable[[dict[str, Any]], _Client], kept: bool) -> _Client:
        import httpx

        proxy = None
        # What stays on this machine never goes through a proxy, which could read the keys.
        if self._transport is None and not self._connection.loopback:
            proxy = self.proxy = find_proxy(self._connection.url)
        try:
            return client(self._options(proxy, kept))
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
        import httpx

        connection = self._connection
        if self._transport is None and connection.url.startswith("https:"):
            check_trust()
        proxy_tls = tls_context() if proxy is not None and proxy.scheme == "https" else None
        return {
            "auth": self._authorize,
            # The proxy is found by `find_proxy`, trusted issuers by the context below.
            "trust_env": False,
            "proxy": proxy and httpx.Proxy(proxy.url, auth=proxy.auth, ssl_context=proxy_tls),
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

    def _authorize(self, request: httpx.Request) -> httpx.Request:
        """Put the Authorization header on a request. The keys stand in no attribute or variable of their own."""
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

        connection, nonce, timestamp = self._connection, make_nonce(), int(self._wall_clock())
        signature = sign(
            public_key=connection.username,
            private_key=connection.password,
            url=str(request.url),
            nonce=nonce,
            timestamp=timestamp,
            body=request.content,
        )
        return authorization(
            public_key=connection.username, signature=signature, nonce=nonce, timestamp=timestamp
        )


def load_at_leisure() -> None:
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
    # None, of which typeshed knows nothing, makes Python answer "no such module"; httpx takes that for "not installed".
    sys.modules[command_line] = cast("ModuleType", None)
    try:
        importlib.import_module("httpx")
    finally:
        sys.modules.pop(command_line, None)
