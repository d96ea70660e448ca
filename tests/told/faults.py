"""What can happen to a write on its way, as data: what travels back, and what may be told of it.

A fault strikes before the write was carried out or after. What an honest client can be told differs: a lie that
fits in every way can't be found out, so there is none among these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from tests.told.answers import Answer, chunked, envelope, http, page, redirect, zipped


class Step(Enum):
    """What the proxy does besides sending bytes."""

    #: lets what was sent arrive by itself
    REST = "rest"
    #: no more, in order
    CLOSE = "close"
    #: no more, by a reset
    RESET = "reset"
    #: nothing more, and the connection stays
    HANG = "hang"
    #: nothing more; the next request that comes on this connection is swallowed
    DEAF = "deaf"


class Point(Enum):
    """How far the proxy lets a request come before it does anything."""

    ACCEPTED = "the connection is made"
    HEAD = "the head of the request is here"
    WHOLE = "all of the request is here"


Script = Callable[[Answer], Sequence[bytes | Step]]


@dataclass(frozen=True)
class Fault:
    """One thing that can happen.

    Attributes:
        name: for people.
        script: what the proxy sends and does instead of, or after, the sandbox's answer.
        told: how the write may be said to have ended.
        executed: the sandbox carries it out first.
        point: how far the request comes before.
        slow: takes as long as the client's patience.
        items: only makes sense for a bulk call.
    """

    name: str
    script: Script
    told: frozenset[str]
    executed: bool
    point: Point = Point.WHOLE
    slow: bool = False
    items: bool = False


UNKNOWN: Final = "unknown"


def _both(name: str, script: Script, told: str = UNKNOWN, **more: Any) -> list[Fault]:
    words = frozenset(told.split("/"))
    return [
        Fault(f"{name}, before", script, words, False, **more),
        Fault(f"{name}, after", script, words, True, **more),
    ]


def _before(name: str, script: Script, told: str, **more: Any) -> list[Fault]:
    return [Fault(f"{name}, before", script, frozenset(told.split("/")), False, **more)]


def _after(name: str, script: Script, told: str = UNKNOWN, **more: Any) -> list[Fault]:
    return [Fault(f"{name}, after", script, frozenset(told.split("/")), True, **more)]


def _half(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _split(data: bytes) -> list[bytes | Step]:
    """Byte by byte where the head ends, in pieces elsewhere."""
    at = data.index(b"\r\n\r\n")
    cuts = sorted({3, 9, at, at + 1, at + 2, at + 3, at + 4, at + 5, len(data) - 1})
    steps: list[bytes | Step] = []
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        steps += [data[start:end], Step.REST]
    return steps


def _misnamed(answer: Answer) -> Answer:
    """The same answer about another record."""
    return answer.with_items(response={"id": 987654})


def _first_item(answer: Answer, **changed: Any) -> bytes:
    items = answer.items or [{}]
    return answer.with_envelope(response={"_bulk": [items[0] | changed, *items[1:]]}).wire


#: an answer to some other write
OTHERS: Final = envelope(202, {"id": 987654})

FAULTS: Final[tuple[Fault, ...]] = (
    *_after("nothing", lambda a: [a.wire], "done"),
    # -- no answer ------------------------------------------------------------------------------
    *_before("closed as soon as it is made", lambda a: [Step.CLOSE], "not sent/unknown", point=Point.ACCEPTED),
    *_before("reset as soon as it is made", lambda a: [Step.RESET], "not sent/unknown", point=Point.ACCEPTED),
    *_before("closed after the head", lambda a: [Step.CLOSE], UNKNOWN, point=Point.HEAD),
    *_before("reset after the head", lambda a: [Step.RESET], UNKNOWN, point=Point.HEAD),
    *_both("closed without an answer", lambda a: [Step.CLOSE]),
    *_both("reset without an answer", lambda a: [Step.RESET]),
    *_both("silence", lambda a: [Step.HANG], "unknown/not sent", slow=True),
    # -- half an answer -------------------------------------------------------------------------
    *_both("half a status line", lambda a: [b"HTTP/1.1 20", Step.CLOSE]),
    *_both("half a head", lambda a: [a.wire[:40], Step.CLOSE]),
    *_both("half a body", lambda a: [_half(a.wire), Step.CLOSE]),
    *_both("half a body, reset", lambda a: [_half(a.wire), Step.REST, Step.RESET]),
    *_both("half a body, then silence", lambda a: [_half(a.wire), Step.HANG], slow=True),
    *_both("chunks without an end", lambda a: [chunked(a, end=b""), Step.CLOSE]),
    *_both("a half JSON of the right length", lambda a: [http(a.status, _half(a.body))]),
    *_both("HTTP/1.0, cut", lambda a: [http(a.status, _half(a.body), version="1.0", length=None), Step.CLOSE]),
    *_both("a damaged compression", lambda a: [zipped(a, damaged=True)]),
    # -- no HTTP, or not as it should be -----------------------------------------------------------
    *_both("another protocol", lambda a: [b"SSH-2.0-OpenSSH_9.6\r\n", Step.CLOSE]),
    *_both("a head without an end", lambda a: [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, Step.CLOSE]),
    *_both("a length too small", lambda a: [http(a.status, a.body, length=len(a.body) - 5)]),
    *_both("a length too large", lambda a: [http(a.status, a.body, length=len(a.body) + 5), Step.CLOSE]),
    *_both("two lengths", lambda a: [http(a.status, a.body, f"Content-Length: {len(a.body) - 7}")]),
    *_both("a length that is none", lambda a: [http(a.status, a.body, length="many")]),
    # -- somebody else ------------------------------------------------------------------------
    *(fault for code in (301, 302, 303, 307, 308) for fault in _both(f"{code}", lambda a, c=code: [redirect(c)])),
    *_both("300 with an envelope", lambda a: [envelope(300, True, code=200)]),
    *_both("304", lambda a: [http(304, length=None)]),
    *(fault for code in (200, 400, 401, 403, 404, 407, 408, 413, 451, 511)
      for fault in _both(f"a web page with {code}", lambda a, c=code: [page(c)])),
    *_both("a gateway's own JSON with 403", lambda a: [http(403, b'{"status": "error", "message": "no"}')]),
    *_both("a gateway's own envelope with 403", lambda a: [http(403, b'{"status": "Error", "message": "no"}')]),
    *(fault for code in (500, 502, 503, 504)
      for fault in _both(f"a web page with {code}", lambda a, c=code: [page(c)])),
    *_both("500 with an envelope", lambda a: [envelope(500)]),
    *_both("503 with an envelope", lambda a: [envelope(503)]),
    *_both("600", lambda a: [envelope(600)]),
    # -- the API's own no ---------------------------------------------------------------------
    *(fault for code in (400, 401, 403, 404, 409, 422)
      for fault in _before(f"{code} with an envelope", lambda a, c=code: [envelope(c)], "refused")),
    *_before("429", lambda a: [envelope(429)], "not sent"),
    *_before("429 with a web page", lambda a: [page(429, "Retry-After: 0")], "not sent"),
    *_before("401 before the body", lambda a: [envelope(401), Step.CLOSE], "refused/unknown", point=Point.HEAD),
    *_both("408 with an envelope", lambda a: [envelope(408)]),
    # -- contradictions ---------------------------------------------------------------------------
    *_both("200 and in it 400", lambda a: [envelope(200, code=400)]),
    *_both("200 and in it 429", lambda a: [envelope(200, code=429)]),
    *_both("200 and in it 500 and OK", lambda a: [envelope(200, True, code=500, word="OK")]),
    *_both("200 and in it an error", lambda a: [envelope(200, False, word="Error")]),
    *_both("400 and in it 200", lambda a: [envelope(400, True, code=200)]),
    *_both("400 and in it 404", lambda a: [envelope(400, code=404)]),
    *_both("400 with an answer", lambda a: [envelope(400, {"id": 5})]),
    *_both("429 and in it 200", lambda a: [envelope(429, True, code=200)]),
    # -- success, but of what? ----------------------------------------------------------------------
    *_both("another's answer", lambda a: [OTHERS if a.items is None else _misnamed(a).wire]),
    *_both("an answer without its code", lambda a: [http(200, b'{"status": "OK", "response": true}')]),
    *_both("a list", lambda a: [a.with_items(response=[]).wire]),
    *_both("null", lambda a: [a.with_items(response=None).wire]),
    *_both("a text", lambda a: [a.with_items(response="done").wire]),
    *_both("an empty answer", lambda a: [http(a.status)]),
    *_both("204", lambda a: [http(204, length=None)]),
    *_both("203", lambda a: [http(203, a.body)]),
    *_both("206", lambda a: [http(206, a.body)]),
    *_both("101", lambda a: [http(101, length=None) + a.body, Step.CLOSE]),
    *_both("100 and no more", lambda a: [b"HTTP/1.1 100 Continue\r\n\r\n", Step.CLOSE]),
    # -- an answer at the wrong time ------------------------------------------------------------
    *_before("an answer before the request", lambda a: [a.wire, Step.DEAF], "not sent/unknown", point=Point.ACCEPTED),
    # -- all is well, in unusual ways ---------------------------------------------------------------
    *_after("100 and 103 first",
            lambda a: [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n" + a.wire], "done"),
    *_after("split", lambda a: _split(a.wire), "done"),
    *_after("chunks with trailers", lambda a: [chunked(a, trailers=b"X-Sum: 1\r\n")], "done"),
    *_after("compressed", lambda a: [zipped(a)], "done"),
    *_after("HTTP/1.0", lambda a: [http(a.status, a.body, version="1.0", length=None), Step.CLOSE], "done"),
    *_after("an answer, then closed", lambda a: [a.wire, Step.CLOSE], "done"),
    *_after("an answer, then a reset", lambda a: [a.wire, Step.RESET], "done/unknown"),
    # -- more answers than requests -------------------------------------------------------------------
    *_after("answered twice", lambda a: [a.wire * 2, Step.DEAF], "done"),
    *_after("answered twice, one later", lambda a: [a.wire, Step.REST, a.wire, Step.DEAF], "done"),
    *_after("answered, and another's answer", lambda a: [a.wire + OTHERS, Step.DEAF], "done"),
    *_after("chunks, and the answer again", lambda a: [chunked(a) + a.wire, Step.DEAF], "done"),
    # -- bulk calls -----------------------------------------------------------------------------
    *_after("one item too few", lambda a: [a.with_envelope(response={"_bulk": (a.items or [])[1:]}).wire], items=True),
    *_after("one item too many", lambda a: [a.with_envelope(response={"_bulk": [*(a.items or []), 1]}).wire], items=True),
    *_after("the first item without a code", lambda a: [_first_item(a, code=None)], "unknown/done", items=True),
    *_after("the first item with 500", lambda a: [_first_item(a, code=500, status="Error")], "unknown/done", items=True),
    *_after("the first item is OK with 400", lambda a: [_first_item(a, code=400)], "unknown/done", items=True),
    *_after("the first item is an error with 200", lambda a: [_first_item(a, status="Error")], "unknown/done", items=True),
    *_both("answered as if it were one write", lambda a: [envelope(200, True)], items=True),
    *_both("items that are no envelopes", lambda a: [envelope(200, {"_bulk": [True] * len(a.items or [])})], items=True),
)  # fmt: skip

#: of single writes, and of bulk calls
SINGLE: Final = tuple(fault for fault in FAULTS if not fault.items)
