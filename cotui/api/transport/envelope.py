"""ChargeOver's envelope, read tolerantly: success or one typed error, and the shapes of `response`.

Follows the tolerance checklist (section 19 of the API notes): success is `status == "OK"` together with
an HTTP status of the 2xx class; `details` may be missing or null, `message` null, `response` anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from cotui.api import errors
from cotui.api.records import coerce_id
from cotui.api.transport.decode import decode_json
from cotui.api.transport.refusal_origin import wording

#: what this API answers to what it has done (section 3.2 of the API notes)
_DONE: Final = (200, 201, 202)


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer as it arrived.

    Attributes:
        status: HTTP status.
        headers: by lower-case name.
        body: the bytes, decompressed. Not in the repr: it may hold customers' data or a login link.
        retry_after: seconds the server asked us to wait; None when it did not say.
        local: the server runs on this machine, so it is the sandbox, or somebody's own, and not ChargeOver.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    retry_after: float | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """A successful answer.

    Attributes:
        code: HTTP status.
        message: the server's words, not cleaned; mostly empty.
        details: further facts, empty where the server sends none.
        response: the JSON value of `response`. Not in the repr, as it may hold a login link.
        location: the Location header of a create or update, empty otherwise.
        local: as in `Reply`.
        agrees: the code inside is HTTP's, and one of those that this API has for success. A read may be lenient.
    """

    code: int
    message: str
    details: Mapping[str, Any]
    response: Any = field(repr=False)
    location: str = ""
    local: bool = False
    agrees: bool = True


def read_envelope(reply: Reply) -> Envelope:
    """The envelope of a successful answer. Raises the `ApiError` that fits; see `cotui.api.errors`."""
    if 300 <= reply.status < 400:
        raise _redirected(reply)
    try:
        document = decode_json(reply.body)
    except errors.NotJson as error:
        if 200 <= reply.status < 300:
            error.status = reply.status
            raise
        raise _failure(reply.status, None, reply) from None
    if not isinstance(document, dict) or not isinstance(document.get("status"), str):
        if 200 <= reply.status < 300:
            raise _unlike("an object with a status", document, reply.status)
        raise _failure(reply.status, document, reply)
    if 200 <= reply.status < 300 and document["status"] == "OK":
        if "response" not in document:
            raise errors.WrongShape("The answer holds no response", status=reply.status)
        details = document.get("details")
        return Envelope(
            code=reply.status,
            message=_text(document.get("message")),
            details=details if isinstance(details, dict) else {},
            response=document["response"],
            location=reply.headers.get("location", ""),
            local=reply.local,
            agrees=reply.status in _DONE and _count(document.get("code")) == reply.status,
        )
    raise _failure(reply.status, document, reply)


def rows_of(envelope: Envelope) -> list[dict[str, Any]]:
    """The rows of a list. Raises WrongShape where it is none: an error must never look like an empty list."""
    return _rows(envelope.response, "a list of records", envelope.code)


def record_of(envelope: Envelope) -> dict[str, Any]:
    """The one record of a get; a list of exactly one is accepted. Raises WrongShape where it is no object."""
    response = envelope.response
    if isinstance(response, list) and len(response) == 1:
        response = response[0]
    if not isinstance(response, dict):
        raise _unlike("one record", response, envelope.code)
    return response


def count_of(envelope: Envelope) -> int:
    """The number of a `_count`: an integer, a numeric string, or an object that holds one number.

    Raises:
        WrongShape: no such number.
    """
    response = envelope.response
    number = _count(response)
    if number is None and isinstance(response, dict):
        found = [value for value in map(_count, response.values()) if value is not None]
        if len(found) == 1:
            number = found[0]
    if number is None:
        raise _unlike("a number", response, envelope.code)
    return number


def report_of(envelope: Envelope) -> tuple[list[dict[str, Any]], int | None]:
    """The rows of a report and its `_count`, None where that is missing or no number. Raises WrongShape without rows."""
    response = envelope.response
    if isinstance(response, dict) and "_report" in response:
        return _rows(response["_report"], "rows of a report", envelope.code), _count(response.get("_count"))
    return _rows(response, "rows of a report", envelope.code), None


def bulk_of(envelope: Envelope, expected: int) -> list[Envelope | errors.ApiError]:
    """What each request of a bulk call brought, in order: an envelope or that request's own error.

    Args:
        envelope: the answer of the whole call.
        expected: how many requests were sent.

    Raises:
        WrongShape: no list of `expected` envelopes.
    """
    items = envelope.response.get("_bulk") if isinstance(envelope.response, dict) else None
    if not isinstance(items, list) or len(items) != expected:
        raise _unlike(f"{expected} answers of a bulk call", envelope.response, envelope.code)
    return [_bulk_item(item, envelope) for item in items]


def made_id(envelope: Envelope) -> int | str | None:
    """The id that a create, update or pay answers with: in `response.id`, else at the end of Location."""
    if isinstance(envelope.response, dict):
        found = coerce_id(envelope.response.get("id"))
        if found is not None:
            return found
    tail = envelope.location.split("?", 1)[0].rstrip("/").rpartition("/")[2]
    return coerce_id(tail)


def _rows(value: Any, wanted: str, status: int) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _unlike(wanted, value, status)
    for item in value:
        if not isinstance(item, dict):
            raise _unlike(wanted, item, status)
    return value


def _count(value: Any) -> int | None:
    """A count from an integer, a whole float or a numeric string; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        value = int(value)
    return value if isinstance(value, int) and value >= 0 else None


def _bulk_item(item: Any, whole: Envelope) -> Envelope | errors.ApiError:
    if not isinstance(item, dict) or not isinstance(item.get("status"), str):
        return _unlike("the answer of one request", item, whole.code)
    told = _count(item.get("code"))
    code = told or 200
    if 200 <= code < 300 and item["status"] == "OK":
        details = item.get("details")
        return Envelope(
            code,
            _text(item.get("message")),
            details if isinstance(details, dict) else {},
            item.get("response"),
            agrees=told in _DONE,
        )
    return _failure(code, item, Reply(code, {}, b"", local=whole.local))


def _text(value: Any) -> str:
    """A message; null and other values that say nothing are empty."""
    if isinstance(value, str):
        return value
    if value is None or value is False or value in ([], {}):
        return ""
    import reprlib

    return reprlib.repr(value) if isinstance(value, list | dict) else str(value)


def _failing_status(status: int, code: Any) -> int:
    """The status to judge a failure by: HTTP's, or the envelope's where HTTP claims success."""
    if status >= 400:
        return status
    inner = _count(code)
    return inner if inner is not None and 400 <= inner < 600 else status


def _refuses(status: int, document: Any) -> bool:
    """Whether an answer proves that nothing was done: this API's own no, or the limit of requests.

    A proxy, a firewall and a login page say no as well, but nobody knows what they let through before.
    """
    own = document if isinstance(document, dict) else {}
    code = _count(own.get("code"))
    if status == 429:
        return own.get("status") != "OK" and code in (None, status)
    return (
        400 <= status < 500
        and status != 408  # it gave up waiting, and does not say at what
        and own.get("status") == "Error"
        and code == status
        and not own.get("response", True)
    )


def _failure(http_status: int, document: Any, reply: Reply) -> errors.ApiError:
    """What an answer that brings nothing says, `document` being its JSON, None where it has none."""
    own = document if isinstance(document, dict) else {}
    enveloped = isinstance(own.get("status"), str)
    status = _failing_status(http_status, own.get("code")) if enveloped else http_status
    kind = _BY_STATUS.get(status)
    if kind is None:
        kind = errors.ServerFailure if status >= 500 else errors.BadRequest
    if kind is errors.NotFound and not enveloped:
        kind = errors.WrongUrl
    said = _text(own.get("message"))
    words = wording(kind, status, enveloped=enveloped, local=reply.local, said=said)
    todo = words.todo
    if kind is errors.RateLimited and reply.retry_after is not None:
        todo = f"Try again in {ceil(reply.retry_after)} seconds."
    error = kind(
        words.what,
        meaning=words.meaning,
        todo=todo,
        status=status,
        server_message=said,
        retry_after=reply.retry_after,
    )
    error.never_sent = False  # whoever answered has had it
    error.refusal = _refuses(http_status, document)
    return error


def _redirected(reply: Reply) -> errors.ApiError:
    # The keys must not follow to another server, and a write must not turn into a read.
    target = reply.headers.get("location", "").split("?", 1)[0].split("#", 1)[0]
    return errors.WrongUrl(
        f"The server sends us on to {target[:200]}" if target else "The server sends us somewhere else",
        meaning="The profile's address is not, or no longer, the API's own, or this network wants you to log in "
        "first. cotui sends no keys onwards.",
        status=reply.status,
    )


def contradiction(envelope: Envelope) -> errors.WrongShape | None:
    """Why a success may be none: HTTP and the envelope say different things; None where they agree."""
    if envelope.agrees:
        return None
    return errors.WrongShape("The answer contradicts itself", status=envelope.code)


def _unlike(wanted: str, value: Any, status: int) -> errors.WrongShape:
    kind = _kind(value)
    if wanted.startswith(kind):  # a number, but none that counts anything
        kind = _excerpt(value)
    return errors.WrongShape(f"The answer is {kind} instead of {wanted}", status=status)


def _excerpt(value: Any) -> str:
    """What came where something of the same kind was wanted: a number as it is, what is in a list or an object."""
    if isinstance(value, dict):
        return "an object of other keys" if value else "an empty object"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return f"{value!r}"[:40]


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    names = {dict: "an object", list: "a list", str: "a text", int: "a number", float: "a number"}
    return names.get(type(value), "something else")


_BY_STATUS: Mapping[int, type[errors.ApiError]] = {
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    407: errors.ProxyFailure,
    408: errors.TimedOut,
    410: errors.NotFound,
    429: errors.RateLimited,
}
