"""Sends one request with httpx and says in plain words why it failed. The worker is its only user.

httpx is loaded when the first request is made (or `prepare` is called), not when this module is imported.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from cotui.api.errors import ApiError, Dropped, TimedOut, TooLarge
from cotui.api.transport import httpx_errors
from cotui.api.transport.decompression import DecompressionError, Decompressor, TooLargeError
from cotui.api.transport.envelope import Reply
from cotui.api.transport.http_clients import HttpClients, load_at_leisure
from cotui.api.transport.proxy_errors import RequestProgress, Trace, UnsolicitedAnswerError
from cotui.api.transport.retry import parse_retry_after
from cotui.api.transport.system_errors import local_failure

if TYPE_CHECKING:
    import httpx

    from cotui.api.calls import Call
    from cotui.api.connection import Connection
    from cotui.api.transport.head_start import HeadStart

#: bytes of one answer, packed or not; a full page of the longest records stays far below
MAX_ANSWER = 32 * 1024 * 1024
#: requests under way at once, each on a connection of its own
CONNECTIONS = 4
#: a whole answer may take this many times the profile's timeout, so that a trickle ends as well
WHOLE_ANSWER = 2


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
        self._clients = HttpClients(connection, transport, wall_clock, connections)
        self._client: httpx.AsyncClient | None = None
        #: for writes, which share no connection: an answer left over on one would be taken for theirs
        self._writing: httpx.AsyncClient | None = None
        self._making = threading.Lock()
        self._head_start: HeadStart | None = None
        #: how far the request is that was sent ahead
        self._early_progress = RequestProgress()

    def prepare(self) -> httpx.AsyncClient:
        """Load all that the first request needs and make the client; safe in another thread, and again.

        Raises:
            ProxyFailure: the environment's proxy settings cannot be used.
            BadTrustFile: the environment's list of certificate issuers cannot be used.
        """
        with self._making:
            if self._client is None:
                self._client = self._clients.make()
                if self._transport is None:
                    load_at_leisure()
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

        client = self._clients.make_blocking()
        progress = self._early_progress = RequestProgress(self._clients.proxy)

        def exchange(call: Call, trace: Trace) -> Reply:
            def heard(event: str, info: Mapping[str, Any]) -> None:
                progress.trace(event, info)
                trace(event, info)

            with client:
                return self._exchange_at_once(client, call, heard)

        # where there are too many threads, the request is made when its time comes
        with contextlib.suppress(RuntimeError):
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
        progress = RequestProgress()
        try:
            client = self._client_for(call)
            progress = RequestProgress(self._clients.proxy)
            async with asyncio.timeout(whole):
                early = self._taken(call)
                if early is not None:
                    progress = self._early_progress
                    if (reply := await early) is not None:
                        return reply
                    progress = RequestProgress(self._clients.proxy)
                return await self._exchange(client, call, progress)
        except ApiError:
            raise
        except TimeoutError:
            failure = self._too_slow(whole, progress)
        except DecompressionError as error:
            import httpx

            failure = httpx_errors.explain(httpx.DecodingError(str(error)), self._connection, progress)
        except TooLargeError:
            failure = TooLarge(f"The answer is larger than {self._max_answer // (1024 * 1024)} MB")
        except UnsolicitedAnswerError:
            failure = Dropped(
                f"{self._connection.host} spoke, or broke off, before it was asked",
                meaning="What came can't be about this request, so it was not sent.",
            )
            failure.never_sent = True
        except Exception as error:  # of httpx, sockets, ssl and memory, which have no kind in common
            if not _of_the_network(error):
                raise  # a bug of ours
            failure = httpx_errors.explain(error, self._connection, progress)
        if progress.left:
            failure.never_sent = False  # such as memory that runs out while the answer is read
        raise failure

    def _too_slow(self, whole: float, progress: RequestProgress) -> ApiError:
        import httpx

        if progress.at_proxy:
            return httpx_errors.explain(httpx.ReadTimeout(""), self._connection, progress)
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
                self._writing = self._clients.make(kept=False)
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
            except (ApiError, DecompressionError, TooLargeError):
                raise
            except (RuntimeError, MemoryError):
                return None  # what a thread alone lacks
            except Exception as error:  # of httpx, sockets and ssl, as above
                if not _of_the_network(error):
                    return None  # a bug of the head start: the usual way shows whether it is there too
                raise

        return answer()

    async def _exchange(self, client: httpx.AsyncClient, call: Call, progress: RequestProgress) -> Reply:
        from cotui.api.transport import unread_data

        request = self._request(client, call)
        if progress.proxy is not None or not call.reads:
            request.extensions["trace"] = progress.trace_later
        response = await client.send(request, stream=True)
        unread_data.watch(response)
        body = bytearray()
        try:
            decompressor = self._decompressor(response)
            # its stream is the body as it comes, which httpx would unpack in one go
            async for part in _stream_of(response):
                for number, piece in enumerate(decompressor.decompressed(part)):
                    if number:
                        await asyncio.sleep(0)  # keys come first
                    body += piece
        finally:
            await response.aclose()
        if not progress.whole and response.status_code < 400:
            raise Dropped(f"{self._connection.host} answered before it had the whole request")
        return self._reply(response, body)

    def _exchange_at_once(self, client: httpx.Client, call: Call, trace: Trace) -> Reply:
        """The same as `_exchange`, for a thread that may block."""
        request = self._request(client, call)
        request.extensions["trace"] = trace
        response = client.send(request, stream=True)
        body = bytearray()
        try:
            decompressor = self._decompressor(response)
            for part in _stream_at_once_of(response):
                for piece in decompressor.decompressed(part):
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

    def _decompressor(self, response: httpx.Response) -> Decompressor:
        return Decompressor(response.headers.get("content-encoding", ""), self._max_answer)

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
