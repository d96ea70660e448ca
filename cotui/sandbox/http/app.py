"""The sandbox as an ASGI application: in-process under `cotui --demo`, behind uvicorn as `cotui sandbox`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cotui.sandbox.database.clock import Clock, NowSource, system_now
from cotui.sandbox.database.moving_clock import MovingClock
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.transactions import LockedError
from cotui.sandbox.errors import (
    AnswerError,
    BadRequestError,
    InUseError,
    NotFoundError,
    SlowError,
    UnauthorizedError,
    missing_or_invalid,
)
from cotui.sandbox.http import control
from cotui.sandbox.http.address import read_address
from cotui.sandbox.http.api_request import ApiRequest
from cotui.sandbox.http.auth import Authenticator
from cotui.sandbox.http.control import Control
from cotui.sandbox.http.envelope import failure, server_fault, success
from cotui.sandbox.http.fault_sending import replacement, send_faulty
from cotui.sandbox.http.faults import HEADER, Fault, Faults
from cotui.sandbox.http.openapi.route import OPENAPI_PATH, Description
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.ratelimit import RateLimit
from cotui.sandbox.http.rendering import Rendering
from cotui.sandbox.http.request_log import Entry, RequestLog, keep_body
from cotui.sandbox.http.routes import Routes
from cotui.sandbox.http.security_headers import hardened
from cotui.sandbox.http.service import Service
from cotui.sandbox.portal.admin_pages import PREFIX as ADMIN_PREFIX
from cotui.sandbox.portal.admin_pages import AdminPages
from cotui.sandbox.portal.portal_request import PortalRequest
from cotui.sandbox.portal.routes import PREFIX as PORTAL_PREFIX
from cotui.sandbox.portal.routes import Portal

#: Bytes of a request body at most.
MAX_BODY = 4 * 1024 * 1024
#: Bytes of a longer one that are still received: a client that is sending does not see an answer before.
_MOST_IGNORED = 128 * 1024 * 1024
#: Requests answered in threads at the same time; more wait. SQLite lets go of Python's lock while it searches.
_THREADS = 4
#: of all applications of the process: a thread keeps the standard error of the moment it began in, and so the screen
#: and all that it holds, which would never go if each application left threads behind
_POOL = ThreadPoolExecutor(_THREADS, thread_name_prefix="sandbox")
#: Seconds in which a body has to arrive.
BODY_SECONDS = 30.0

_Result = TypeVar("_Result")


def create_app(
    store: Store,
    *,
    credentials: Mapping[str, str],
    read_only: Collection[str] = (),
    clock: NowSource = system_now,
    service: Service | None = None,
    rate_limit: int | None = None,
    latency: float = 0.0,
    on_answer: Callable[[Entry], None] | None = None,
    origin_check: OriginCheck | None = None,
) -> Starlette:
    """Makes the application.

    Args:
        store: the account's data; the caller closes it.
        credentials: private keys (passwords) by public key (user name).
        read_only: public keys that may not change anything.
        clock: answers the present moment; signatures follow it. Statuses do too, unless the account's own
            clock is frozen or moved (`PUT /_sandbox/clock`).
        service: how the service behaves; as the vendor documents it by default.
        rate_limit: requests per minute and credential; None for no limit.
        latency: seconds that every request waits before it is answered, until other faults are set.
        on_answer: is told of every request when it has been answered.
        origin_check: which requests are let in; those for loopback names by default.
    """
    service = service or Service()
    account_clock = MovingClock(store, clock)
    faults = Faults(Fault(latency=latency * 1000) if latency else None)
    limit = RateLimit(rate_limit) if rate_limit is not None else None
    log = RequestLog()
    account_time = Clock(store.timezone, account_clock)
    portal = Portal(store, account_time)

    def forget() -> None:
        portal.attempts.forget()
        if limit is not None:
            limit.clear()

    application = _Application(
        origin_check=origin_check or OriginCheck(),
        routes=Routes(store, account_time, service),
        portal=portal,
        admin=AdminPages(store, account_time),
        control=Control(store, account_clock, faults, log, forget),
        gate=Authenticator(credentials, clock),
        read_only=frozenset(read_only),
        limit=limit,
        faults=faults,
        log=log,
        now=clock,
        on_answer=on_answer,
        slow_count=service.slow_count,
        rendering=Rendering(service),
    )
    app = Starlette(exception_handlers={Exception: server_fault})
    # One endpoint instead of routes: clients' URLs are read more tolerantly than Starlette matches them.
    app.router.default = application
    return app


@dataclass(frozen=True)
class _Application:
    """Reads a request, checks who asks, and answers it: at once, or in a thread, so that the loop stays free."""

    origin_check: OriginCheck
    routes: Routes
    portal: Portal
    admin: AdminPages
    control: Control
    gate: Authenticator
    read_only: frozenset[str]
    limit: RateLimit | None
    faults: Faults
    log: RequestLog
    now: NowSource
    on_answer: Callable[[Entry], None] | None
    slow_count: float
    rendering: Rendering
    description: Description = field(default_factory=Description)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        path = raw_path.decode("latin-1")
        if path.rstrip("/") == control.PREFIX or path.startswith(control.PREFIX + "/"):
            with contextlib.suppress(ClientDisconnect):
                response = hardened(await self._controlled(request, raw_path))
                await response(scope, receive, send)
            return
        client = request.client.host if request.client else ""
        entry = self.log.add(
            self.now().timestamp(), request.method, raw_path, scope["query_string"], client, scope["headers"]
        )
        fault = None
        try:
            # in this order: who is not let in learns nothing, who has no keys can ask for nothing, not even a fault
            base_url = self._let_in(request)
            body = await _body(request)
            keep_body(entry, body)
            header = request.headers.get(HEADER)
            if header is not None or _needs_keys(request, raw_path):
                entry.username = self._who(request, base_url, raw_path, body)
            fault = self.faults.pick(request.method, path, header)
            if fault is None:
                response = await self._answer(request, raw_path, body, entry, base_url)
            else:
                entry.fault = fault
                response = await self._faulty(fault, request, raw_path, body, entry, base_url)
        except AnswerError as error:
            response = failure(error)
        except ClientDisconnect:
            return
        hardened(response)
        self.rendering.finish(response)
        if fault is None or not fault.drop:
            entry.status, entry.sent = response.status_code, len(response.body)
        if self.on_answer is not None:
            self.on_answer(entry)
        if fault is None:
            await response(scope, receive, send)
        else:
            await send_faulty(fault, response, scope, receive, send)

    async def _faulty(
        self, fault: Fault, request: Request, raw_path: bytes, body: bytes, entry: Entry, base_url: str
    ) -> Response:
        if delay := fault.delay(self.faults.uniform):
            await asyncio.sleep(delay)
        if not fault.replaces:
            return await self._answer(request, raw_path, body, entry, base_url)
        if fault.executed:
            # what became of it is what the client is not told
            with contextlib.suppress(AnswerError):
                await self._answer(request, raw_path, body, entry, base_url)
        return replacement(fault)

    async def _answer(
        self, request: Request, raw_path: bytes, body: bytes, entry: Entry, base_url: str
    ) -> Response:
        if request.method in ("GET", "HEAD") and raw_path == OPENAPI_PATH:
            return await self._in_thread(self.description.answer)
        if raw_path.startswith(PORTAL_PREFIX):
            cookie = request.headers.get("cookie")
            portal_request = PortalRequest.read(
                request.method, raw_path, base_url, cookie, body, entry.ipaddr
            )
            return await self._in_thread(self.portal.answer, portal_request)
        if raw_path.startswith(ADMIN_PREFIX):
            return await self._in_thread(self.admin.answer, raw_path, base_url)
        address = read_address(raw_path, request.scope["query_string"])
        if address is None:
            raise NotFoundError("This page does not exist.")
        who = entry.username
        if self.limit is not None:
            self.limit.take(who)
        method = "GET" if request.method == "HEAD" else request.method
        api_request = ApiRequest(
            method,
            self.rendering.read(address),
            body,
            base_url,
            entry.ipaddr,
            may_write=who not in self.read_only,
            cuts=entry.cuts,
        )
        if self.slow_count and (
            address.command == "_count" or (address.subject == "_bulk" and b"_count" in body)
        ):
            await asyncio.sleep(self.slow_count)
        # a thread would take longer to begin than most answers take
        at_once = self.routes.answer_at_once(api_request)
        return at_once if at_once is not None else await self._in_thread(self.routes.answer, api_request)

    async def _controlled(self, request: Request, raw_path: bytes) -> Response:
        try:
            base_url = self._let_in(request)
            body = await _body(request)
            who = self._who(request, base_url, raw_path, body)
            method = "GET" if request.method == "HEAD" else request.method
            if method != "GET" and who in self.read_only:
                raise UnauthorizedError("Invalid or incorrect authorization [This key may only read.]")
            path = raw_path.decode("latin-1").removeprefix(control.PREFIX).strip("/")
            answer = await self._in_thread(self.control.answer, method, path, body, base_url)
            return answer if isinstance(answer, Response) else success(answer)
        except AnswerError as error:
            return failure(error)

    def _let_in(self, request: Request) -> str:
        scope = request.scope
        return self.origin_check.base_url(
            request.method, scope["scheme"], scope["headers"], scope.get("server")
        )

    def _who(self, request: Request, base_url: str, raw_path: bytes, body: bytes) -> str:
        query: bytes = request.scope["query_string"]
        url = base_url.encode() + raw_path + (b"?" + query if query else b"")
        header = request.headers.get("authorization")
        return self.gate.admit(header.encode("latin-1") if header is not None else None, url, body)

    async def _in_thread(self, call: Callable[..., _Result], *words: object) -> _Result:
        try:
            return await asyncio.get_running_loop().run_in_executor(_POOL, call, *words)
        except LockedError as error:
            raise InUseError(error.reason) from error


def _needs_keys(request: Request, raw_path: bytes) -> bool:
    """Whether a path is answered to holders of keys only; those of browsers and what does not exist are not."""
    if raw_path == OPENAPI_PATH and request.method in ("GET", "HEAD"):
        return False
    if raw_path.startswith(PORTAL_PREFIX):
        return False
    return raw_path.startswith(ADMIN_PREFIX) or (
        read_address(raw_path, request.scope["query_string"]) is not None
    )


def _too_long() -> BadRequestError:
    return missing_or_invalid("body", f"it is longer than {MAX_BODY:,} bytes")


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "")
    if (
        announced.isascii()
        and announced.isdigit()
        and (
            len(announced) > 12
            or int(announced) > (MAX_BODY if request.headers.get("expect") else _MOST_IGNORED)
        )
    ):
        # a client that expects "100 Continue" has not begun to send
        raise _too_long()
    pieces = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > _MOST_IGNORED:
                    break
                if size <= MAX_BODY:
                    pieces.append(piece)
    except TimeoutError:
        raise SlowError from None
    if size > MAX_BODY:
        raise _too_long()
    return b"".join(pieces)
