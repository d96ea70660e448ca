"""The sandbox as an ASGI application: in-process under `cotui --demo`, behind uvicorn as `cotui sandbox`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cotui.sandbox.address import read_address
from cotui.sandbox.auth import Gate
from cotui.sandbox.clock import Clock, NowSource, system_now
from cotui.sandbox.envelope import AnswerError, NotFoundError, failure, missing_or_invalid
from cotui.sandbox.ratelimit import RateLimit
from cotui.sandbox.routes import Ask, Routes
from cotui.sandbox.store import Store

#: Bytes of a request body at most.
MAX_BODY = 4 * 1024 * 1024
#: Requests answered at the same time; more wait. SQLite lets go of Python's lock while it searches.
_THREADS = 4


def create_app(
    store: Store,
    *,
    credentials: Mapping[str, str],
    clock: NowSource = system_now,
    max_page_size: int = 100,
    rate_limit: int | None = None,
    latency: float = 0.0,
) -> Starlette:
    """Makes the application.

    Args:
        store: the account's data; the caller closes it.
        credentials: private keys (passwords) by public key (user name).
        clock: answers the present moment; statuses and signatures follow it. A clock frozen in the
            database wins.
        max_page_size: rows of a list at most; larger limits are cut to it.
        rate_limit: requests per minute and credential; None for no limit.
        latency: seconds that every request waits before it is answered.
    """
    frozen = store.meta("frozen_clock")
    if frozen is not None:
        moment = datetime.fromtimestamp(int(frozen), UTC)
        clock = lambda: moment  # noqa: E731 - the shortest way to say "always this"
    endpoint = _Endpoint(
        routes=Routes(store, Clock(store.timezone, clock), max_page_size),
        gate=Gate(credentials, clock),
        limit=RateLimit(rate_limit) if rate_limit is not None else None,
        latency=latency,
    )
    app = Starlette()
    # One endpoint instead of routes: clients' URLs are read more tolerantly than Starlette matches them.
    app.router.default = endpoint
    return app


class _Endpoint:
    """Reads a request, checks who asks, and has it answered in a thread, so that the loop stays free."""

    def __init__(self, routes: Routes, gate: Gate, limit: RateLimit | None, latency: float) -> None:
        self._routes = routes
        self._gate = gate
        self._limit = limit
        self._latency = latency
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="sandbox")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._answer(Request(scope, receive))
        except AnswerError as fault:
            response = failure(fault)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        scope = request.scope
        raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        query: bytes = scope["query_string"]
        base_url = _base_url(scope, request.headers)
        body = await _body(request)
        if self._latency:
            await asyncio.sleep(self._latency)
        address = read_address(raw_path, query)
        if address is None:
            raise NotFoundError("This page does not exist.")
        url = base_url.encode() + raw_path + (b"?" + query if query else b"")
        header = request.headers.get("authorization")
        who = self._gate.admit(header.encode("latin-1") if header is not None else None, url, body)
        if self._limit is not None:
            self._limit.take(who)
        method = "GET" if request.method == "HEAD" else request.method
        ask = Ask(method, address, body, base_url)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._routes.answer, ask)


def _base_url(scope: Scope, headers: Headers) -> str:
    host = headers.get("host")
    if host is None:
        # HTTP/1.0
        name, port = scope.get("server") or ("localhost", None)
        host = f"{name}:{port}" if port else name
    return f"{scope['scheme']}://{host}"


async def _body(request: Request) -> bytes:
    pieces = []
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > MAX_BODY:
            raise missing_or_invalid()
        pieces.append(piece)
    return b"".join(pieces)
