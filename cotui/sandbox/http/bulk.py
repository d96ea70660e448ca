"""`POST /api/v3/_bulk`: up to 25 requests in one, each answered for itself.

Readings where the documentation is silent: more than 25 requests, or something else than an array, is an
error of the whole call; the items run in order, each in a transaction of its own; the call counts once
against the rate limit; `DELETE`, query strings and both spellings of actions are served as outside a batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.responses import Response

from cotui.sandbox.errors import AnswerError, missing_or_invalid, not_json, shown, unsupported_command
from cotui.sandbox.http.address import Address, read_address
from cotui.sandbox.http.api_request import ApiRequest
from cotui.sandbox.http.bulk_references import Steps, resolve_references
from cotui.sandbox.http.envelope import failure, success

#: Requests of one batch at most; documented.
MOST = 25
#: What an item may ask for.
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE"})
_NOTHING = msgspec.Raw(b"null")


class _Item(msgspec.Struct):
    request_method: str
    uri: str
    payload: msgspec.Raw = _NOTHING
    id: str | int | None = None


def answer_bulk(
    request: ApiRequest, answer: Callable[[ApiRequest], Response], *, with_queries: bool = True
) -> Response:
    """The answers to the requests of a batch, in their order.

    Args:
        request: the batch.
        answer: answers one request.
        with_queries: the query strings of its items count.

    Raises:
        AnswerError: it is not a batch.
    """
    address = request.address
    if request.method != "POST" or address.ref or address.command or address.action or address.rest:
        raise unsupported_command(request.verb, "_bulk", address.ref)
    items = _decode(request.body, list[msgspec.Raw])
    if len(items) > MOST:
        raise missing_or_invalid("body", f"it holds {len(items)} requests, and a batch {MOST} at most")
    batch = _Batch(request, answer, with_queries)
    return success({"_bulk": [msgspec.Raw(bytes(batch.answer(item).body)) for item in items]})


class _Batch:
    """Answers the items of a batch one after another.

    Args:
        request: the batch.
        answer: answers one request.
    """

    def __init__(
        self, request: ApiRequest, answer: Callable[[ApiRequest], Response], with_queries: bool
    ) -> None:
        self._with_queries = with_queries
        self._request = request
        self._answer = answer
        self._named: dict[str, Response] = {}
        self._steps = Steps()

    def answer(self, raw: msgspec.Raw) -> Response:
        """The answer to one item; whatever is wrong with it concerns this item only."""
        name = ""
        try:
            item = _decode(raw, _Item)
            name = "" if item.id is None else str(item.id)
            response = self._answer(self._read(item))
        except AnswerError as error:
            response = failure(error)
        if name:
            self._named[name] = response
        return response

    def _read(self, item: _Item) -> ApiRequest:
        method = item.request_method.upper()
        address = _address(item.uri if self._with_queries else item.uri.partition("?")[0])
        if address is None:
            raise missing_or_invalid("uri", f"not one of this API: {shown(item.uri)}")
        if method not in _METHODS or address.subject == "_bulk":
            raise unsupported_command(method.lower(), address.subject, address.ref)
        body = bytes(item.payload)
        if body == bytes(_NOTHING):
            body = b""
        if b"_jsonpath" not in body:
            return self._request.item(method, address, body)
        payload = resolve_references(_decode(body, Any), self._envelope, self._steps)
        return self._request.item(method, address, b"", payload)

    def _envelope(self, name: str) -> Any:
        """What an expression selects from; None when that request failed or there is none."""
        response = self._named.get(name)
        if response is None or response.status_code >= 400:
            return None
        return msgspec.json.decode(response.body)


def _address(uri: str) -> Address | None:
    try:
        parts = urlsplit(uri)
        path, query = parts.path.encode(), parts.query.encode()
    except ValueError:
        # brackets that are no IPv6 address, or half a surrogate pair
        return None
    return read_address(path, query)


def _decode(body: bytes | msgspec.Raw, kind: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        _check_json(body)  # the first sign of something else may come before the fault
        raise missing_or_invalid("body", f"it is no batch of requests: {error}") from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise not_json(error, bytes(body)) from error


def _check_json(body: bytes | msgspec.Raw) -> None:
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise not_json(error, bytes(body)) from error
