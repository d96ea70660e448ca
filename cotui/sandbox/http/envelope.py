"""The envelope around every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from cotui.sandbox.errors import AnswerError, TooManyRequestsError

_encoder = msgspec.json.Encoder()


def success(response: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An envelope with status OK."""
    return _answer(
        {"code": status, "status": "OK", "message": "", "details": {}, "response": response}, headers
    )


def failure(fault: AnswerError) -> Response:
    """The envelope of an error."""
    body = {
        "code": fault.status,
        "status": "Error",
        "message": str(fault),
        "details": {},
        "response": fault.response,
    }
    if isinstance(fault, TooManyRequestsError):
        # documented without it
        del body["details"]
    return _answer(body, fault.headers)


def server_fault(_request: Request, _fault: Exception) -> Response:
    """The envelope of a mistake of the sandbox itself; what it was is for its own log."""
    body = {
        "code": 500,
        "status": "Error",
        "message": "Internal server error.",
        "details": {},
        "response": False,
    }
    return _answer(body, None)


def _answer(body: Mapping[str, Any], headers: Mapping[str, str] | None) -> Response:
    return Response(
        _encoder.encode(body),
        status_code=body["code"],
        headers=dict(headers) if headers else None,
        media_type="application/json",
    )
