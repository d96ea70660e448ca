"""A client for tests that sends URLs just as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette

USER, PASSWORD = "pub", "priv"
CREDENTIALS = {USER: PASSWORD}
BASIC = "Basic cHViOnByaXY="
HOST = "127.0.0.1:8080"


class Answer:
    """What came back: status, headers (lower case) and the decoded body."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        is_json = headers.get("content-type", "application/json") == "application/json"
        self.envelope: dict[str, Any] = msgspec.json.decode(body) if is_json and body else {}

    @property
    def response(self) -> Any:
        """The envelope's `response`."""
        return self.envelope["response"]

    @property
    def message(self) -> str:
        """The envelope's `message`."""
        return str(self.envelope["message"])


class Client:
    """Calls an application without a network and without tidying up the URL."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    async def get(self, url: str, **options: Any) -> Answer:
        """GET a URL below /api/v3, such as "customer/1"."""
        return await self.send("GET", f"/api/v3/{url}", **options)

    async def post(self, url: str, value: Any = None, **options: Any) -> Answer:
        """POST a JSON value; no body at all when there is none."""
        return await self._write("POST", url, value, options)

    async def put(self, url: str, value: Any = None, **options: Any) -> Answer:
        """PUT a JSON value."""
        return await self._write("PUT", url, value, options)

    async def delete(self, url: str, **options: Any) -> Answer:
        """DELETE a record."""
        return await self._write("DELETE", url, None, options)

    async def _write(self, method: str, url: str, value: Any, options: dict[str, Any]) -> Answer:
        body = b"" if value is None else msgspec.json.encode(value)
        return await self.send(method, f"/api/v3/{url}", body=body, **options)

    async def made(self, url: str, value: Any) -> int:
        """The id of a record that is created; it must succeed."""
        answer = await self.post(url, value)
        assert answer.status == 201, answer.envelope
        return int(answer.response["id"])

    async def rows(self, subject: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a list; it must succeed."""
        query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in parameters.items())
        answer = await self.get(f"{subject}?{query}")
        assert answer.status == 200, answer.envelope
        return list(answer.response)

    async def send(
        self,
        method: str,
        target: str | bytes,
        *,
        body: bytes = b"",
        authorization: str | None = BASIC,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Sends one request; `target` is the path and query as they stand in the request line."""
        raw = target.encode() if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        sent = {"host": HOST, **(headers or {})}
        if authorization is not None:
            sent["authorization"] = authorization
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": "/" + path.decode("latin-1").lstrip("/"),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
            "server": ("127.0.0.1", 8080),
            "client": ("127.0.0.1", 5000),
        }
        messages = [{"type": "http.request", "body": body, "more_body": False}]
        received: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def keep(message: Any) -> None:
            received.append(message)

        await self.app(scope, receive, keep)
        start = received[0]
        found = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Answer(start["status"], found, b"".join(part.get("body", b"") for part in received[1:]))
