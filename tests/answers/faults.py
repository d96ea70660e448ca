"""The way to the sandbox, on which single parts of what is read go wrong: dropped, refused, cut, shifted.

What goes wrong with a read is decided by the read itself, so that it goes wrong again when it is repeated. What was
done to which read is kept, for a test to know of which sections the whole is not there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

#: all that can happen to a read
KINDS = ("dropped", "refused", "cut", "shifted", "garbled")
_PREFIX = "/api/v3/"


@dataclass
class Faulty(httpx.AsyncBaseTransport):
    """Does to reads of lists what chance decides.

    Args:
        inner: the way on.
        seed: of the chance.
        share: of the reads to which something happens, if it can.
        kinds: what may happen.

    Attributes:
        injected: (kind, read) of all that happened.
        seen: all reads, those within batches one by one.
        requests: requests that went out, a batch as one.
    """

    inner: httpx.AsyncBaseTransport
    seed: int = 0
    share: float = 0.0
    kinds: Collection[str] = KINDS
    injected: list[tuple[str, str]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    requests: int = 0

    @property
    def broken(self) -> list[tuple[str, str]]:
        """Reads of rows that were not answered: (kind, object).

        What is cut or shifted may be noticed and read again. Reads that filter an object by its own key are not meant
        for their rows: they try out what the account can do.
        """
        found = []
        for kind, uri in self.injected:
            path = urlsplit(uri).path.removeprefix(_PREFIX)
            asked = dict(parse_qsl(urlsplit(uri).query))
            where = asked.get("where", "")
            if asked.get("limit") == "1" and asked.get("offset", "0") != "0":
                continue  # a look at a row that the list itself holds too
            if kind not in ("cut", "shifted") and "/" not in path and not where.startswith(f"{path}_id:"):
                found.append((kind, path))
        return found

    @property
    def told(self) -> str:
        """What happened, for people: each kind with the object and the row that the read began with."""
        found = dict.fromkeys(
            (kind, urlsplit(uri).path.removeprefix(_PREFIX), _offset(uri)) for kind, uri in self.injected
        )
        return ", ".join(f"{kind} {path} {offset}" for kind, path, offset in found)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        body = await request.aread()
        if request.url.path == f"{_PREFIX}_bulk":
            return await self._batch(request, json.loads(body))
        uri = request.url.raw_path.decode("ascii")
        if request.method != "GET":
            return await self.inner.handle_async_request(request)
        fault = self._fault(uri)
        if fault == "shifted":
            request = httpx.Request("GET", request.url.join(_shifted(uri)), headers=request.headers)
        answer = await self.inner.handle_async_request(request)
        if fault is None or fault == "shifted":
            return answer
        envelope = self._after(fault, uri, json.loads(await answer.aread()))
        return httpx.Response(envelope["code"] if envelope else 502, json=envelope)

    async def _batch(self, request: httpx.Request, items: list[dict[str, Any]]) -> httpx.Response:
        faults = [self._fault(item["uri"]) for item in items]
        sent = [
            {**item, "uri": _shifted(item["uri"])} if fault == "shifted" else item
            for item, fault in zip(items, faults, strict=True)
        ]
        headers = {name: text for name, text in request.headers.items() if name != "content-length"}
        answer = await self.inner.handle_async_request(
            httpx.Request("POST", request.url, headers=headers, json=sent)
        )
        whole = json.loads(await answer.aread())
        if answer.status_code == 200:
            parts = whole["response"]["_bulk"]
            whole["response"]["_bulk"] = [
                part if fault in (None, "shifted") else self._after(str(fault), item["uri"], part)
                for item, fault, part in zip(items, faults, parts, strict=True)
            ]
        return httpx.Response(answer.status_code, json=whole)

    def _fault(self, uri: str) -> str | None:
        """What is to happen to a read; nothing to what is no list and no count."""
        self.seen.append(uri)
        dice = random.Random(f"{self.seed} {uri}")
        path = urlsplit(uri).path.removeprefix(_PREFIX).rstrip("/")
        if (
            ("/" in path and not path.endswith("/_count"))
            or path == "currency"
            or dice.random() >= self.share
        ):
            return None
        able = [kind for kind in self.kinds if kind != "shifted" or _offset(uri)]
        if path.endswith("/_count"):
            able = [kind for kind in able if kind not in ("cut", "shifted")]
        if not able:
            return None
        kind = dice.choice(able)
        self.injected.append((kind, uri))
        return kind

    def _after(self, fault: str, uri: str, envelope: Mapping[str, Any]) -> Any:
        """The answer to a read after something happened to it."""
        rows = envelope.get("response")
        match fault:
            case "dropped":
                return None
            case "refused":
                return _error(403, "You are not allowed to read this.")
            case "garbled":
                return {**envelope, "response": "busy"}
        if isinstance(rows, list) and len(rows) > 1:
            # not to nothing: that would be a server's word that there is nothing
            keep = random.Random(f"{self.seed} {uri} rows").randint(1, len(rows) - 1)
            return {**envelope, "response": rows[:keep]}
        self.injected.remove((fault, uri))
        return envelope


def _error(code: int, message: str) -> dict[str, Any]:
    return {"code": code, "status": "Error", "message": message, "response": False}


def _offset(uri: str) -> int:
    return int(dict(parse_qsl(urlsplit(uri).query)).get("offset", 0))


def _shifted(uri: str) -> str:
    """The same read a row later: one came to an end before it, and the row between is in no page."""
    path, _, query = uri.partition("?")
    words = dict(parse_qsl(query))
    return f"{path}?{urlencode({**words, 'offset': int(words['offset']) + 1})}"
