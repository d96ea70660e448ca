"""A small server on a raw socket that answers as badly as a test wants, and counts what it is asked."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.e2e.servers import Account

ROWS = 250


class Mode(Enum):
    """How requests are answered."""

    WELL = "well"
    CLOSED_IN_BODY = "closed in the middle of the body"
    HTML = "a web page instead of JSON"
    TRUNCATED = "JSON that stops in the middle"
    FAILING = "status 500"
    LIMITED = "status 429"
    WRONG_SHAPE = "JSON of another shape"
    SILENT = "no answer at all"
    HELD = "an answer only when told"
    REFUSING = "status 400 with a message"
    UNAUTHORIZED = "status 401"


def customer(number: int) -> dict[str, Any]:
    """One customer as the list and the record page show it."""
    return {
        "customer_id": number,
        "company": f"Company number {number}",
        "external_key": f"key-{number}",
        "superuser_name": f"Person {number}",
        "superuser_email": f"person{number}@example.com",
        "balance": number * 1.5,
        "currency_symbol": "$",
        "currency_iso4217": "USD",
        "customer_status_name": "Current",
        "customer_status_str": "active-current",
    }


class FaultyServer:
    """Customers 1 to 250 over HTTP/1.1; `mode` says how the next requests are answered."""

    def __init__(self) -> None:
        self.mode = Mode.WELL
        #: targets of all requests so far, e.g. "/api/v3/customer/_count"
        self.requests: list[str] = []
        self._asked = threading.Condition()
        #: how many requests to answer badly before all is well again; None for all of them
        self.faults_left: int | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="faulty server", daemon=True)
        self._thread.start()
        self._running: set[asyncio.Task[Any]] = set()
        self._release = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.port = 0
        self.listen()

    @property
    def account(self) -> Account:
        """How to reach it."""
        return Account(f"http://127.0.0.1:{self.port}/api/v3", "public", "private")

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def listen(self) -> None:
        """Accept connections, on the port of last time."""

        async def start() -> None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

        self._call(start())

    @property
    def listening(self) -> bool:
        """Whether connections are accepted."""
        return self._server is not None

    def refuse(self) -> None:
        """Nothing listens at the port any more, and what was connected is cut off."""

        async def stop() -> None:
            if self._server is not None:
                self._server.close()
                self._server = None
            await asyncio.sleep(0)  # whoever has just connected is let in, to be put out
            for task in list(self._running):
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            await asyncio.sleep(0)  # closed transports let go of their sockets in a later turn

        self._call(stop())

    def wait_for_requests(self, number: int, timeout: float = 30.0) -> None:
        """Wait until there were so many."""
        with self._asked:
            assert self._asked.wait_for(lambda: len(self.requests) >= number, timeout), self.requests

    def release(self) -> None:
        """Give the answers that are held."""

        async def let_go() -> None:
            self._release.set()

        self._call(let_go())

    def close(self) -> None:
        """Stop for good."""
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # -- answering ---------------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the server is to stop
        finally:
            self._running.discard(task)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection is to be closed."""
        head = await reader.readuntil(b"\r\n\r\n")
        target = head.split(b" ", 2)[1].decode()
        with self._asked:
            self.requests.append(target)
            self._asked.notify_all()
        mode = self.mode
        if mode is not Mode.WELL and self.faults_left is not None:
            self.faults_left -= 1
            if self.faults_left <= 0:
                self.mode = Mode.WELL
        good = _good_answer(target)
        if mode is Mode.SILENT:
            await reader.read()
            return False
        if mode is Mode.HELD:
            await self._release.wait()
        whole = mode is not Mode.CLOSED_IN_BODY
        status, body, extra = _answer(mode, good)
        length = len(body) if whole else len(body) + 1000
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Type: {'text/html' if mode is Mode.HTML else 'application/json'}\r\n"
            f"Content-Length: {length}\r\n{extra}\r\n".encode()
            + body
        )
        await writer.drain()
        return whole


def _answer(mode: Mode, good: bytes) -> tuple[str, bytes, str]:
    """Status line, body and further headers."""
    match mode:
        case Mode.FAILING:
            return "500 Internal Server Error", _envelope(False, "Something \x1b]0;owned\x07 broke", 500), ""
        case Mode.LIMITED:
            return "429 Too Many Requests", _envelope(False, "Too many requests", 429), "Retry-After: 0\r\n"
        case Mode.REFUSING:
            return "400 Bad Request", _envelope(False, "The column asked for does not exist", 400), ""
        case Mode.UNAUTHORIZED:
            return "401 Unauthorized", _envelope(False, "Invalid or incorrect authorization", 401), ""
        case Mode.HTML:
            return "200 OK", b"<!DOCTYPE html><html><body><h1>Welcome to Hotel WiFi</h1></body></html>", ""
        case Mode.TRUNCATED:
            return "200 OK", good[: len(good) // 2], ""
        case Mode.WRONG_SHAPE:
            return "200 OK", b'{"code":200,"status":"OK","message":"","response":"surprise"}', ""
        case _:
            return "200 OK", good, ""


def _good_answer(target: str) -> bytes:
    address = urlsplit(target)
    parameters = dict(parse_qsl(address.query))
    subject, _, ref = address.path.removeprefix("/api/v3/").partition("/")
    if subject != "customer":
        return _envelope([])
    if ref == "_count":
        return _envelope(ROWS)
    if ref:
        return _envelope(customer(int(ref)))
    offset, limit = int(parameters.get("offset", 0)), int(parameters.get("limit", 10))
    return _envelope([customer(number) for number in range(1, ROWS + 1)[offset : offset + limit]])


def _envelope(response: Any, message: str = "", code: int = 200) -> bytes:
    status = "OK" if code == 200 else "Error"
    return json.dumps({"code": code, "status": status, "message": message, "response": response}).encode()
