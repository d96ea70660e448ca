"""Requests as data: what is asked for, apart from how it is sent.

Values are escaped for ChargeOver's grammar by `cotui.query` and percent-encoded here, once. A call can
be compared, which is how identical reads find each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import quote

from cotui.api.connection import ActionStyle
from cotui.api.errors import NoReference
from cotui.safety.text import shortened

Method = Literal["GET", "POST", "PUT", "DELETE"]

#: forms of a reference that name a record by something else than its id
REFERENCE_KINDS = ("external_key", "token")
#: most requests that one bulk call may hold
BULK_LIMIT = 25
#: characters of a reference; what is longer fits no address
_LONGEST_REFERENCE = 1000
_LARGEST_ID = 10**30


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    Attributes:
        method: the HTTP verb.
        path: below /api/v3, without a leading slash, already percent-encoded.
        params: query parameters in the order they are sent, not yet encoded.
        body: the exact bytes of the JSON body, None for none. Not in the repr: it may hold a password.
        reads: nothing changes on the server, so the call may be shared and repeated.
        requests: how many requests it holds; more than one of a batch.
    """

    method: Method
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)
    reads: bool = False
    requests: int = 1

    def target(self, base: str) -> str:
        """The absolute address of this call under `base` (…/api/v3), every parameter encoded once."""
        query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.params)
        return f"{base}/{self.path}" + (f"?{query}" if query else "")

    def with_flags(self, **flags: str) -> Call:
        """The same call with query flags such as `_flag_emails="0"` appended."""
        return replace(self, params=(*self.params, *flags.items()))


def list_rows(
    path: str, where: str = "", order: str = "", *, offset: int, limit: int, expand: str = ""
) -> Call:
    """Some rows of a list.

    Args:
        path: the object's path, e.g. "customer".
        where: conditions as ChargeOver writes them, escaped, not encoded; empty for all.
        order: order keys as ChargeOver writes them; empty for the server's own order.
        offset: index of the first row, from 0.
        limit: rows wanted, at least 1.
        expand: what each row is to hold besides, as far as the server does that (section 5.5 of the API notes).
    """
    if offset < 0 or limit < 1:
        raise ValueError(f"offset {offset} and limit {limit} ask for no rows")
    rows = (("limit", str(limit)), ("offset", str(offset)))
    params = (("where", where), ("order", order), *rows, ("expand", expand))
    return Call("GET", quote(path), _given(params), reads=True)


def count_rows(path: str, where: str = "") -> Call:
    """The number of rows a list has."""
    return Call("GET", f"{quote(path)}/_count", _given((("where", where),)), reads=True)


def get_one(path: str, ref: int | str) -> Call:
    """One record, by id, `external_key:…` or `token:…`."""
    return Call("GET", f"{quote(path)}/{reference(ref)}", reads=True)


def list_reports() -> Call:
    """The account's reports."""
    return Call("GET", "_report", reads=True)


def report_rows(
    report_id: int, conditions: Sequence[str] = (), order: str = "", *, offset: int, limit: int
) -> Call:
    """Some rows of a report: a POST that only reads (section 12 of the API notes).

    The action goes into the query string, which is the one form shown for reports. `offset` is said to
    need an `order`, so callers that page should name one.
    """
    if offset < 0 or limit < 1:
        raise ValueError(f"offset {offset} and limit {limit} ask for no rows")
    at = str(offset) if offset or order else ""
    params = (("action", "reportData"), ("order", order), ("limit", str(limit)), ("offset", at))
    return Call("POST", f"_report/{report_id}", _given(params), encode(list(conditions)), reads=True)


def create(path: str, payload: Any) -> Call:
    """A new record."""
    return Call("POST", quote(path), body=encode(payload))


def update(path: str, ref: int | str, payload: Any) -> Call:
    """Changed fields of one record."""
    return Call("PUT", f"{quote(path)}/{reference(ref)}", body=encode(payload))


def delete(path: str, ref: int | str) -> Call:
    """One record gone for good."""
    return Call("DELETE", f"{quote(path)}/{reference(ref)}")


def act(path: str, ref: int | str | None, name: str, payload: Any = None, *, style: ActionStyle) -> Call:
    """An action on one record, or on the collection when `ref` is None.

    Args:
        path: the object's path, e.g. "invoice".
        ref: id or key of the record.
        name: the action's name in the spelling of `style`.
        payload: JSON value of the body; None sends no body.
        style: `/_action/NAME`, or the older `?action=NAME`.
    """
    target = quote(path) if ref is None else f"{quote(path)}/{reference(ref)}"
    where, params = _action_path(target, name, style)
    return Call("POST", where, params, None if payload is None else encode(payload))


def bulk(requests: Sequence[dict[str, Any]]) -> Call:
    """Up to 25 requests in one (section 7 of the API notes). Where all of them are GETs, it only reads."""
    if not 1 <= len(requests) <= BULK_LIMIT:
        raise ValueError(f"a bulk call holds 1 to {BULK_LIMIT} requests, not {len(requests)}")
    reads = all(request.get("request_method") == "GET" for request in requests)
    return Call("POST", "_bulk", body=encode(list(requests)), reads=reads, requests=len(requests))


def reference(ref: int | str) -> str:
    """A reference as one path segment: the kind's colon stays, everything in the value is encoded.

    Raises:
        NoReference: it names nothing, or is a path of its own (`.` and `..`).
    """
    text = str(ref) if isinstance(ref, str) or abs(ref) < _LARGEST_ID else ""
    kind, colon, value = text.partition(":")
    if not (colon and kind in REFERENCE_KINDS):
        kind, value = "", text
    if value.strip() and (kind or value not in (".", "..")) and len(value) <= _LONGEST_REFERENCE:
        try:
            return f"{kind}{colon if kind else ''}{quote(value, safe='')}"
        except UnicodeEncodeError:  # half of a character
            pass
    raise NoReference(f"{shortened(text, 40) or 'This'} names no record")


def encode(payload: Any) -> bytes:
    """A payload as the bytes that are sent and signed."""
    import msgspec

    return msgspec.json.encode(payload)


def _action_path(target: str, name: str, style: ActionStyle) -> tuple[str, tuple[tuple[str, str], ...]]:
    if style == "path":
        return f"{target}/_action/{quote(name, safe='')}", ()
    return target, (("action", name),)


def _given(params: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in params if value)
