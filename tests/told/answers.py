"""Answers in bytes, right and wrong."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Answer:
    """An answer to a write: the sandbox's, or the one that it would have given."""

    status: int
    body: bytes

    @property
    def document(self) -> dict[str, Any]:
        """The envelope."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def with_envelope(self, **changed: Any) -> Answer:
        """The same with some of its envelope changed."""
        return replace(self, body=json.dumps(self.document | changed).encode())

    def with_items(self, **changed: Any) -> Answer:
        """The same with its envelope changed, or those of all its items where it answers a bulk call."""
        items = self.items
        if items is None:
            return self.with_envelope(**changed)
        return self.with_envelope(response={"_bulk": [item | changed for item in items]})

    @property
    def items(self) -> list[Any] | None:
        """The envelopes in the answer to a bulk call; None in any other answer."""
        response = self.document["response"]
        return response.get("_bulk") if isinstance(response, dict) else None

    @property
    def wire(self) -> bytes:
        """As it should travel."""
        return http(self.status, self.body)


def http(
    status: int | str,
    body: bytes = b"",
    *headers: str,
    type: str = "application/json",
    version: str = "1.1",
    length: int | str | None = "",
) -> bytes:
    """An answer; `length` is the body's own, another one, or None for none at all."""
    lines = [f"HTTP/{version} {status} X", f"Content-Type: {type}", *headers]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length == '' else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def page(status: int, *headers: str) -> bytes:
    """A web page, as a proxy or a login page of a network answers."""
    return http(status, b"<!DOCTYPE html><html><h1>Log in</h1></html>", *headers, type="text/html")


def redirect(status: int) -> bytes:
    """Somewhere else."""
    return http(status, b"", "Location: https://login.example.org/")


def envelope(status: int, response: Any = False, *, code: int | None = None, word: str = "") -> bytes:
    """An answer in the API's form, which may contradict itself."""
    inner = status if code is None else code
    document = {
        "code": inner,
        "status": word or ("OK" if inner < 300 else "Error"),
        "message": "" if inner < 300 else "No, not this",
        "response": response,
    }
    return http(status, json.dumps(document).encode())


def chunked(answer: Answer, *, trailers: bytes = b"", end: bytes = b"0\r\n") -> bytes:
    """The same answer in two chunks."""
    half = len(answer.body) // 2
    parts = (answer.body[:half], answer.body[half:])
    chunks = b"".join(b"%x;note=1\r\n%b\r\n" % (len(part), part) for part in parts)
    head = http(answer.status, b"", "Transfer-Encoding: chunked", length=None)
    return head + chunks + end + trailers + (b"\r\n" if end else b"")


def zipped(answer: Answer, *, damaged: bool = False) -> bytes:
    """The same answer compressed."""
    body = gzip.compress(answer.body)
    return http(answer.status, b"\x1f\x8b\x08\x00garbage" if damaged else body, "Content-Encoding: gzip")
